#include "store/history_conditions.hpp"

#include <optional>

namespace xmppfed::store {

namespace {

/// What happened under the name, and to what bears it under the names that it had before, up to each renaming.
constexpr std::string_view entries_of_partner = R"(sequence IN (
    WITH RECURSIVE known(name, until) AS (
        SELECT {0}, 9223372036854775807
        UNION
        SELECT h.former_name, h.sequence FROM known JOIN history AS h
        ON h.subject = 'partner' AND h.name = known.name AND h.sequence <= known.until
        WHERE h.former_name IS NOT NULL)
    SELECT h.sequence FROM known JOIN history AS h
    ON h.subject = 'partner' AND h.name = known.name AND h.sequence <= known.until
    UNION
    SELECT sequence FROM history WHERE subject = 'partner' AND former_name = {0}
))";

/// What that login name committed, by sudo too, and what it had committed so: `root (sudo by alice)`.
constexpr std::string_view entries_of_actor =
    "(actor = {0} OR substr(actor, 1, length({0}) + 10) = {0} || ' (sudo by ' "
    "OR replace(actor, ' (sudo by ' || {0} || ')', '') <> actor)";

}  // namespace

std::vector<HistoryCondition> conditions_of(const HistoryQuery& query) {
    std::vector<HistoryCondition> conditions;
    const auto add = [&](std::string_view sql, const auto& value) {
        if (value) {
            conditions.push_back({.sql = sql, .value = Value{*value}});
        }
    };
    add(entries_of_partner, query.partner);
    add("subject = 'cert-request' AND name = {0}",
        query.request ? std::optional{std::to_string(*query.request)} : std::nullopt);
    add(entries_of_actor, query.actor);
    add("action = {0}", query.action);
    add("store_revision = {0}", query.commit);
    add("at >= {0}", query.since);
    add("at <= {0}", query.until);
    return conditions;
}

}  // namespace xmppfed::store
