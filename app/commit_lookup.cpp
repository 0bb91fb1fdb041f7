#include "app/commit_lookup.hpp"

#include <optional>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/text/text.hpp"

namespace xmppfed::app {

namespace {

using core::Error;
using core::ErrorKind;

/// RFC 9562 section 4: hexadecimal digits in five groups.
bool is_commit_id(std::string_view text) {
    constexpr std::string_view form = "00000000-0000-0000-0000-000000000000";
    if (text.size() != form.size()) {
        return false;
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool is_digit = std::string_view{"0123456789abcdef"}.find(text[i]) != std::string_view::npos;
        if (form[i] == '-' ? text[i] != '-' : !is_digit) {
            return false;
        }
    }
    return true;
}

}  // namespace

std::int64_t find_commit(Book& book, std::string_view id) {
    const auto text = core::ascii_lower(id);
    if (!is_commit_id(text)) {
        throw Error{ErrorKind::usage, fmt::format("--commit-id needs the id of a commit, not {}", core::quote(id))}
            .hint("take it from the message of the command whose answer was lost");
    }
    refuse_missing_store(book);
    if (const auto found = book.store().read()->revision_of(text)) {
        return *found;
    }
    book.store().wait_for_commits();  // it may be under way still
    if (const auto found = book.store().read()->revision_of(text)) {
        return *found;
    }
    throw Error{ErrorKind::not_found, fmt::format("the store has no commit with the id {}", text)}.hint(
        "nothing of that commit is there: run its command again");
}

}  // namespace xmppfed::app
