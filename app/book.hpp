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
    /// `name` is what names the store, an absolute path or an address (`store::location_of`), and `find_site` how to come
    /// to it. What `circumstances` points to must outlive this.
    Book(Circumstances circumstances, std::string name, FindSite find_site = store::site_of)
        : circumstances_{std::move(circumstances)}, name_{std::move(name)}, find_site_{std::move(find_site)} {}

    [[nodiscard]] const Circumstances& circumstances() const { return circumstances_; }
    [[nodiscard]] std::chrono::sys_seconds now() const { return circumstances_.now(); }
    [[nodiscard]] const std::string& name() const { return name_; }

    /// Where its store is, or will be.
    [[nodiscard]] std::shared_ptr<const store::Site> site() const;
    [[nodiscard]] bool exists() const { return site()->has_store(); }

    /// What this host is called where others use the store too; empty for a store that is only here.
    [[nodiscard]] std::string host() const;

    /// Throws not-found for a missing one that nothing but `create` makes.
    [[nodiscard]] store::Store& store();

    /// Makes the store, which does not exist, and opens it. It is created at `now`, where it has no clock of its own.
    void create(std::chrono::sys_seconds now, store::Reach reach = store::Reach::owner);

  private:
    [[nodiscard]] std::unique_ptr<store::Site> site_at(std::chrono::sys_seconds now) const;

    Circumstances circumstances_;
    std::string name_;
    FindSite find_site_;
    mutable std::shared_ptr<const store::Site> site_;  ///< one, for it may be a connection
    std::unique_ptr<store::Store> store_;
};

/// Throws not-found when there is no store.
void refuse_missing_store(const Book& book);

/// A warning when there is no store: whoever expects one has probably mistyped its path. Throws not-found for a missing
/// one that does not count as empty.
[[nodiscard]] core::Diagnostics missing_store(const Book& book);

}  // namespace xmppfed::app
