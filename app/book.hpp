#pragma once

#include <memory>
#include <string>

#include "app/circumstances.hpp"
#include "core/diagnostic.hpp"
#include "store/open.hpp"

namespace xmppfed::app {

/// The partner book that a use case works with, and under which circumstances. Its store is opened when it is first
/// needed, and stays open as long as this lives; a missing one counts as empty, and is none until somebody makes it.
class Book {
  public:
    /// `path` is that of the store, absolute. What `circumstances` points to must outlive this.
    Book(Circumstances circumstances, std::string path)
        : circumstances_{std::move(circumstances)}, path_{std::move(path)} {}

    [[nodiscard]] const Circumstances& circumstances() const { return circumstances_; }
    [[nodiscard]] std::chrono::sys_seconds now() const { return circumstances_.now(); }
    [[nodiscard]] store::Location location() const {
        return {.path = path_, .wait = circumstances_.wait, .now = now()};
    }
    [[nodiscard]] bool exists() const { return store::exists(path_); }

    [[nodiscard]] store::Store& store();

    /// Makes the store, which does not exist, and opens it. It is created at `now`.
    void create(std::chrono::sys_seconds now);

  private:
    Circumstances circumstances_;
    std::string path_;
    std::unique_ptr<store::Store> store_;
};

/// Throws not-found when there is no store at `path`.
void refuse_missing_store(const std::string& path);

/// A warning when there is no store at `path`: whoever expects one has probably mistyped it.
[[nodiscard]] core::Diagnostics missing_store(const std::string& path);

}  // namespace xmppfed::app
