#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/field/field.hpp"
#include "core/history/history_entry.hpp"
#include "core/text/json/json.hpp"

namespace xmppfed::core {

/// What applying a manifest does to one subject. The objects are those of the history, null where there is none.
struct ManifestChange {
    Subject subject = Subject::partner;
    Json before;
    Json after;
};

/// `create`, `update` or `remove`.
[[nodiscard]] std::string_view action_of(const ManifestChange& change);

/// A field that a change gives another value; null on a side where the subject, or its value, is not there.
struct FieldChange {
    const FieldDescription* field = nullptr;
    Json before;
    Json after;
};

/// The fields in which the two sides of a change differ, or all when there is but one side, in the table's order.
[[nodiscard]] std::vector<FieldChange> changed_fields(const ManifestChange& change);

/// An item of `changes` in documents of kind `plan` and `apply`: action, subject, partner, and each field that differs
/// with its value before and after.
[[nodiscard]] Json to_json(const ManifestChange& change);

/// What an entry of the history tells; of a certificate request no field changes.
[[nodiscard]] ManifestChange change_of(const HistoryEntry& entry);

/// How many changes there are of each kind, how many partners of the manifest need none, and how many warnings these
/// have, which are not told one by one.
struct ManifestSummary {
    std::int64_t create = 0;
    std::int64_t update = 0;
    std::int64_t remove = 0;
    std::int64_t unchanged = 0;
    std::int64_t unchanged_warnings = 0;

    void count(bool was_there, bool is_there);
    [[nodiscard]] bool changes_anything() const { return create + update + remove > 0; }
};

[[nodiscard]] Json to_json(const ManifestSummary& summary);

}  // namespace xmppfed::core
