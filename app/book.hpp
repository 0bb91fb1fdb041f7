#pragma once

#include <functional>
#include <memory>
#include <string>

#include "app/circumstances.hpp"
#include "core/diagnostic.hpp"
#include "store/site.hpp"

namespace xmppfed::app {

/// How to come to where a store is.
using FindSite = std::function<std::unique_ptr<store::Site>(const store::Location& location)>;

/// The partner book that a use case works with, and under which circumstances. Its store is opened when it is first
/// needed, and stays open as long as this lives; a missing one counts as empty, and is none until somebody makes it.
class Book {
  public:
    /// `path` is that of the store, absolute, and `find_site` how to come to it. What `circumstances` points to must
    /// outlive this.
    Book(Circumstances circumstances, std::string path, FindSite find_site = store::site_of)
        : circumstances_{std::move(circumstances)}, path_{std::move(path)}, find_site_{std::move(find_site)} {}

    [[nodiscard]] const Circumstances& circumstances() const { return circumstances_; }
    [[nodiscard]] std::chrono::sys_seconds now() const { return circumstances_.now(); }
    [[nodiscard]] const std::string& path() const { return path_; }

    /// Where its store is, or will be.
    [[nodiscard]] std::unique_ptr<store::Site> site() const { return site_at(now()); }
    [[nodiscard]] bool exists() const { return site()->has_store(); }

    [[nodiscard]] store::Store& store();

    /// Makes the store, which does not exist, and opens it. It is created at `now`.
    void create(std::chrono::sys_seconds now, store::Reach reach = store::Reach::owner);

  private:
    [[nodiscard]] std::unique_ptr<store::Site> site_at(std::chrono::sys_seconds now) const {
        return find_site_({.path = path_, .wait = circumstances_.wait, .now = now});
    }

    Circumstances circumstances_;
    std::string path_;
    FindSite find_site_;
    std::unique_ptr<store::Store> store_;
};

/// Throws not-found when there is no store.
void refuse_missing_store(const Book& book);

/// A warning when there is no store: whoever expects one has probably mistyped its path.
[[nodiscard]] core::Diagnostics missing_store(const Book& book);

}  // namespace xmppfed::app
