#include "app/store_making.hpp"

#include "app/commit_failure.hpp"

namespace xmppfed::app {

namespace {

Making make_or_look(Book& book, store::Reach reach) {
    if (book.exists()) {
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

}  // namespace xmppfed::app
