#include "app/store_making.hpp"

#include <fmt/format.h>

#include "app/commit_failure.hpp"
#include "core/text/text.hpp"
#include "core/text/timestamp.hpp"
#include "store/address.hpp"
#include "store/copy.hpp"

namespace xmppfed::app {

using core::Error;
using core::ErrorKind;

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

}  // namespace

Making make_store(Book& book, std::optional<gid_t> group) {
    const auto site = book.site();
    if (!group) {
        return make_or_look(book, store::Reach::owner);
    }
    site->refuse_unshareable(*group);
    const auto making = make_or_look(book, store::Reach::group);
    site->share(*group);  // last: from then on others may put anything in its place
    return making;
}

void fill_store(Book& book, const std::string& file) {
    const auto site = store::site_of({.path = file, .wait = book.circumstances().wait, .now = book.now()});
    if (!site->has_store()) {
        throw Error{ErrorKind::not_found, fmt::format("there is no store at {}", core::quote(file))}.hint(
            "name a file that `xmppfed store backup` made");
    }
    const auto source = site->open();
    const auto from = source->read();
    const auto to = book.store().write();
    if (const auto summary = to->summary(); summary.store_revision > 0 || summary.partners > 0) {
        throw Error{ErrorKind::conflict,
                    fmt::format("something was committed to the store {} already", core::quote(book.name()))}
            .hint("only an empty store takes another one over");
    }
    if (store::is_known_address(book.name()) && !from->cert_requests().empty()) {
        throw Error{ErrorKind::failed,
                    fmt::format("the store {} has certificate requests, which a store in a database does not keep",
                                core::quote(file))}
            .hint(
                "go on with that file for certificates; `xmppfed export` and `xmppfed apply` take partners and edge "
                "over");
    }
    store::copy_store(*from, *to, core::timestamp(book.now()));
    if (const auto outcome = to->try_commit(); outcome.error) {
        throw failure_of(outcome, "the store is filled");
    }
}

}  // namespace xmppfed::app
