#include "cli/view/history_view.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/field/field.hpp"
#include "core/history/history_entry.hpp"
#include "core/manifest/change_text.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli::view {

namespace {

using core::Json;

/// The object that an entry is about, after the commit or before it.
const Json& object_of(const Json& entry) {
    return entry.at("after").is_null() ? entry.at("before") : entry.at("after");
}

std::string subject_text(const Json& entry) {
    const auto& object = object_of(entry);
    if (const auto number = object.find("number"); number != object.end()) {
        return fmt::format("request {}", number->dump());
    }
    return object.value("primary_domain", entry.at("subject").get<std::string>());
}

/// The partner's revision after the commit, which `partner revert` takes.
std::string revision_text(const Json& entry) {
    const auto& after = entry.at("after");
    return after.is_object() && after.contains("revision") ? after.at("revision").dump() : std::string{};
}

/// What an update changed, from the old value to the new one; of a first edge how much, for the names of its fields would
/// leave a narrow terminal no room for this column.
std::string changes_text(const Json& entry) {
    const auto subject = core::parse_enum<core::Subject>(entry.at("subject").get<std::string>());
    const core::ManifestChange change{*subject, entry.at("before"), entry.at("after")};
    if (subject == core::Subject::edge && change.before.is_null()) {
        const auto fields = core::changed_fields(change);
        const auto set = std::ranges::count_if(fields, core::is_set);
        return fmt::format("{} set", core::counted(static_cast<std::size_t>(set), "field"));
    }
    return core::changes_line(change);
}

/// Whom the database let in; only a store in one knows.
std::string db_user_text(const Json& entry) {
    return entry.value("db_user", std::string{});
}

constexpr std::array history_columns{
    Column{.key = "sequence", .heading = "ENTRY"},
    Column{.key = "commit", .heading = "COMMIT", .rank = 3},
    Column{.key = "at", .heading = "AT"},
    Column{.key = "actor", .heading = "ACTOR", .rank = 1},
    Column{.key = "db_user", .heading = "DB USER", .rank = 3, .text = db_user_text, .is_rare = true},
    Column{.key = "action", .heading = "ACTION"},
    Column{.key = "subject", .heading = "SUBJECT", .text = subject_text},
    Column{.key = "after", .heading = "REV", .rank = 5, .text = revision_text},
    Column{.key = "after", .heading = "CHANGED", .content = Content::parts, .rank = 2, .text = changes_text},
    Column{.key = "message", .heading = "MESSAGE", .content = Content::text, .rank = 4},
};

constexpr std::array<std::string_view, 9> history_csv_keys{"sequence", "commit",  "at",     "actor", "message",
                                                           "action",   "subject", "before", "after"};

constexpr std::array<std::string_view, 10> shared_history_csv_keys{"sequence", "commit", "at",      "actor",  "db_user",
                                                                   "message",  "action", "subject", "before", "after"};

}  // namespace

ListShape history_shape(bool is_shared) {
    ListShape shape{.kind = "history", .items = "entries", .columns = history_columns, .csv_keys = history_csv_keys};
    if (is_shared) {
        shape.csv_keys = shared_history_csv_keys;
    }
    return shape;
}

}  // namespace xmppfed::cli::view
