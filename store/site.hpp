#pragma once

#include <sys/types.h>

#include <chrono>
#include <memory>
#include <span>
#include <string>

#include "core/error.hpp"
#include "store/location.hpp"
#include "store/right.hpp"
#include "store/store.hpp"

namespace xmppfed::store {

/// Who is to reach a store.
enum class Reach { owner, group };

/// Where a store is, or may be made: what is to be known and done before it is open.
class Site {
  public:
    Site() = default;
    Site(const Site&) = delete;
    Site& operator=(const Site&) = delete;
    virtual ~Site() = default;

    /// Whether there is a store. Throws when what is there cannot be one.
    [[nodiscard]] virtual bool has_store() const = 0;

    /// Opens the store that is there. What a process that was killed has left is mended first, so that even a reader may
    /// write.
    [[nodiscard]] virtual std::unique_ptr<Store> open() const = 0;

    /// Makes sure that there is something to open. Safe against others that do the same at the same time.
    virtual void create(Reach reach) const = 0;

    /// Whether other hosts use the store too, so that files it tells of may be on any of them.
    [[nodiscard]] virtual bool is_shared() const = 0;

    /// Whether the first change makes the store. Where it does not, a missing one is no empty one.
    [[nodiscard]] virtual bool is_made_by_first_change() const = 0;

    /// What to tell of a store that is not there.
    [[nodiscard]] virtual core::Error absence() const = 0;

    /// Brings the store that is there to the newest schema, where commands do not do that by the way.
    virtual void upgrade() const = 0;

    /// Makes the store as a copy of another with its history, and with its numbers. Throws a conflict when there is one
    /// already, in a database when anything was committed to it; nothing is left when it fails.
    virtual void take_over(Store& other, Reach reach) const = 0;

    /// Throws what making the store or bringing it up to date, taking the other over, if there is one, and giving these
    /// rights would, as far as nothing else looks at it before, and leaves everything as it is.
    virtual void rehearse(Store* other, std::span<const Grant> grants) const = 0;

    /// Throws what a change that takes this right would for the site's sake, made or not: a dry run looks, and does not
    /// try.
    virtual void refuse_unwritable(Right right) const = 0;

    /// Whether the path is the store, or a file that belongs to it: nothing else may be written there.
    [[nodiscard]] virtual bool includes(const std::string& path) const = 0;

    /// Throws when the store, which need not be there, cannot be given to a group whose members administer together.
    virtual void refuse_unshareable(gid_t group) const = 0;

    /// Gives the store to that group. No transaction of this process may be under way on it.
    virtual void share(gid_t group) const = 0;

    /// Gives roles of the database their rights, in place of any that they had in the store. Throws a usage error where
    /// there are no roles.
    virtual void grant(std::span<const Grant> grants) const = 0;
};

/// The site of a location, by the engine that keeps stores there.
[[nodiscard]] std::unique_ptr<Site> site_of(const Location& location);

/// An empty store that lives as long as the object: what a missing store looks like to a reader, and a fast one for
/// tests.
[[nodiscard]] std::unique_ptr<Store> open_in_memory(std::chrono::sys_seconds now);

}  // namespace xmppfed::store
