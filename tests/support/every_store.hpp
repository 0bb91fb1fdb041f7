#pragma once

#include <functional>
#include <memory>
#include <vector>

#include <catch2/catch.hpp>

#include "store/store.hpp"
#include "tests/support/files.hpp"

namespace xmppfed::test {

/// A way to keep a partner book.
struct Implementation {
    const char* name;

    /// An empty store, made at `some_time`, that may use the directory.
    std::function<std::unique_ptr<store::Store>(const TemporaryDirectory&)> make;
};

/// All that keep the contract of store/store.hpp.
[[nodiscard]] const std::vector<Implementation>& implementations();

/// An empty store of the implementation whose turn it is: a test case that makes one runs once for each. One a test case.
class EmptyStore {
  public:
    EmptyStore() : which_{GENERATE(range(std::size_t{0}, implementations().size()))} {}

    store::Store& operator*() { return *store_; }
    store::Store* operator->() { return store_.get(); }
    [[nodiscard]] const char* name() const { return implementations()[which_].name; }

  private:
    std::size_t which_;
    TemporaryDirectory directory_;
    std::unique_ptr<store::Store> store_ = implementations()[which_].make(directory_);
};

}  // namespace xmppfed::test
