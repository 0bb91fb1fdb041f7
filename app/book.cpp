#include "app/book.hpp"

#include <filesystem>
#include <system_error>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/text/text.hpp"

namespace xmppfed::app {

using core::Error;
using core::ErrorKind;

store::Store& Book::store() {
    if (!store_) {
        const auto now = this->now();
        const auto site = site_at(now);
        store_ = site->has_store() ? site->open() : store::open_in_memory(now);
    }
    return *store_;
}

void Book::create(std::chrono::sys_seconds now, store::Reach reach) {
    const auto site = site_at(now);
    site->create(reach);
    store_ = site->open();
}

void refuse_missing_store(const Book& book) {
    if (book.exists()) {
        return;
    }
    const auto& path = book.path();
    std::error_code failed;
    if (std::filesystem::exists(path, failed)) {
        throw Error{ErrorKind::not_found,
                    fmt::format("the store {} is empty: its file has no octets", core::quote(path))}
            .hint("if it ever held partners, bring back a copy that `xmppfed store backup` made")
            .hint("if it never did, the first change makes a store of it");
    }
    throw Error{ErrorKind::not_found, fmt::format("there is no store at {}", core::quote(path))}.hint(
        "name it with --store or XMPPFED_STORE; the first change makes it");
}

core::Diagnostics missing_store(const Book& book) {
    if (book.exists()) {
        return {};
    }
    core::Diagnostic diagnostic;
    diagnostic.severity = core::Severity::warning;
    diagnostic.message = fmt::format("there is no store at {}: it counts as empty", core::quote(book.path()));
    diagnostic.hint = "name the store with --store or XMPPFED_STORE";
    return {diagnostic};
}

}  // namespace xmppfed::app
