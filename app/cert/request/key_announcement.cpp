#include "app/cert/request/key_announcement.hpp"

#include "core/text/timestamp.hpp"
#include "store/files/abandoned.hpp"
#include "store/missing_right.hpp"

namespace xmppfed::app {

namespace {

/// Where the lock is asked for nobody knows that a key is to be announced, which takes more than a partner does.
std::unique_ptr<store::Writer> writer_for_keys(Book& book) {
    try {
        return book.store().write();
    } catch (const store::MissingRight& missing) {
        throw missing.instead(store::Right::admin);
    }
}

}  // namespace

KeyAnnouncement::KeyAnnouncement(Book& book, std::string place) : book_{book}, place_{std::move(place), book.host()} {
    const auto writer = writer_for_keys(book_);
    store::remove_abandoned(place_.path);  // no CSR was made of a key that never got its name: it is worth nothing
    writer->announce_key(place_, core::timestamp(book_.now()));
    if (auto outcome = writer->try_commit(); outcome.error) {
        if (outcome.may_stand()) {
            take_back();
        }
        throw std::move(*outcome.error);
    }
}

void KeyAnnouncement::take_back() noexcept {
    try {
        const auto writer = book_.store().write();
        writer->forget_key(place_);
        writer->commit();
    } catch (const std::exception&) {  // NOLINT(bugprone-empty-catch): the failure that led here is the one to report
    }
}

}  // namespace xmppfed::app
