#include "app/book.hpp"

#include <fmt/format.h>

#include "core/text/text.hpp"
#include "store/address.hpp"

namespace xmppfed::app {

std::unique_ptr<store::Site> Book::site_at(std::chrono::sys_seconds now) const {
    auto location = store::location_of(name_);
    location.wait = circumstances_.wait;
    location.now = now;
    return find_site_(location);
}

std::shared_ptr<const store::Site> Book::site() const {
    if (!site_) {
        site_ = site_at(now());
    }
    return site_;
}

std::string Book::host() const {
    return site()->is_shared() ? circumstances_.host() : std::string{};
}

store::Store& Book::store() {
    if (!store_) {
        const auto site = this->site();
        if (site->has_store()) {
            store_ = site->open();
        } else if (site->is_made_by_first_change()) {
            store_ = store::open_in_memory(now());
        } else {
            throw site->absence();
        }
    }
    return *store_;
}

void Book::create(std::chrono::sys_seconds now, store::Reach reach) {
    site_ = site_at(now);
    site_->create(reach);
    store_ = site_->open();
}

void refuse_missing_store(const Book& book) {
    if (!book.exists()) {
        throw book.site()->absence();
    }
}

core::Diagnostics missing_store(const Book& book) {
    if (book.exists()) {
        return {};
    }
    if (!book.site()->is_made_by_first_change()) {
        throw book.site()->absence();
    }
    core::Diagnostic diagnostic;
    diagnostic.severity = core::Severity::warning;
    diagnostic.message = fmt::format("there is no store at {}: it counts as empty", core::quote(book.name()));
    diagnostic.hint = "name the store with --store or XMPPFED_STORE";
    return {diagnostic};
}

}  // namespace xmppfed::app
