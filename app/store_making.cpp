#include "app/store_making.hpp"

#include <memory>

#include <fmt/format.h>

#include "app/commit_failure.hpp"
#include "core/error.hpp"
#include "core/text/text.hpp"
#include "store/files/file.hpp"

namespace xmppfed::app {

namespace {

Making make_or_look(Book& book, store::Reach reach) {
    if (book.exists()) {
        book.site()->upgrade();
        static_cast<void>(book.store().read());  // throws when it is no store of ours, or damaged
        return Making::was_there;
    }
    book.create(book.now(), reach);
    if (const auto outcome = book.store().write()->try_commit(); outcome.error) {
        throw failure_of(outcome, "the store is made");
    }
    return Making::made;
}

/// The store in a file, which is looked at and not changed.
std::unique_ptr<store::Store> store_in(const std::string& file, const Book& book) {
    const auto site =
        store::site_of({.path = file, .wait = book.circumstances().wait, .now = book.now(), .look_only = true});
    if (!site->has_store()) {
        const auto kind = store::is_taken(file) ? core::ErrorKind::failed : core::ErrorKind::not_found;
        throw core::Error{kind, fmt::format("there is no store in {}", core::quote(file))}.hint(
            "name a file that `xmppfed store backup` made");
    }
    return site->open();
}

void refuse_existing(const Book& book) {
    if (book.site()->is_made_by_first_change() && book.exists()) {
        throw core::Error{core::ErrorKind::conflict,
                          fmt::format("the store {} is there already", core::quote(book.name()))}
            .hint("--from makes a new one: name another place with --store, or move this one away");
    }
}

void take_over(Book& book, const std::string& file, store::Reach reach) {
    refuse_existing(book);
    book.site()->take_over(*store_in(file, book), reach);
}

Making make(Book& book, const StoreWish& wish, store::Reach reach) {
    if (!wish.from) {
        return make_or_look(book, reach);
    }
    take_over(book, *wish.from, reach);
    return Making::made;
}

}  // namespace

Making intend_store(Book& book, const StoreWish& wish) {
    const auto site = book.site();
    const bool is_in_file = site->is_made_by_first_change();
    if (wish.group) {
        site->refuse_unshareable(*wish.group);
    }
    std::unique_ptr<store::Store> other;
    if (wish.from) {
        refuse_existing(book);
        other = store_in(*wish.from, book);
        other->refuse_backup();
    }
    site->rehearse(other.get(), wish.grants);
    const bool exists = book.exists();
    if (exists && is_in_file) {
        static_cast<void>(book.store().read());  // throws when it is no store of ours, or damaged
    }
    if (is_in_file && (!exists || wish.group)) {
        site->refuse_unwritable(store::Right::admin);
    }
    return exists && !wish.from ? Making::was_there : Making::made;
}

Making make_store(Book& book, const StoreWish& wish) {
    const auto site = book.site();
    if (wish.group) {
        site->refuse_unshareable(*wish.group);
        const auto making = make(book, wish, store::Reach::group);
        site->share(*wish.group);  // last: from then on others may put anything in its place
        return making;
    }
    if (wish.grants.empty()) {
        return make(book, wish, store::Reach::owner);
    }
    site->rehearse(nullptr, wish.grants);  // a mistyped role shall leave no store behind
    const auto making = make(book, wish, store::Reach::owner);
    site->grant(wish.grants);
    return making;
}

}  // namespace xmppfed::app
