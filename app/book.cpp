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
        const auto where = location();
        store_ = store::exists(where.path) ? store::open(where) : store::open_in_memory(where.now);
    }
    return *store_;
}

void Book::create(std::chrono::sys_seconds now) {
    auto where = location();
    where.now = now;
    store::create(where.path);
    store_ = store::open(where);
}

void refuse_missing_store(const std::string& path) {
    if (store::exists(path)) {
        return;
    }
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

core::Diagnostics missing_store(const std::string& path) {
    if (store::exists(path)) {
        return {};
    }
    core::Diagnostic diagnostic;
    diagnostic.severity = core::Severity::warning;
    diagnostic.message = fmt::format("there is no store at {}: it counts as empty", core::quote(path));
    diagnostic.hint = "name the store with --store or XMPPFED_STORE";
    return {diagnostic};
}

}  // namespace xmppfed::app
