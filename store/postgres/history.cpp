#include <vector>

#include <fmt/format.h>

#include "store/postgres/reader.hpp"
#include "store/postgres/rows.hpp"

namespace xmppfed::store {

namespace {

/// What happened under the name `{0}`, and to what bears it under the names that it had before, up to each renaming.
constexpr const char* entries_of_one_partner = R"(sequence IN (
    WITH RECURSIVE known(name, until) AS (
        SELECT {0}::text COLLATE "C", 9223372036854775807
        UNION
        SELECT h.former_name, h.sequence FROM known JOIN history AS h
        ON h.subject = 'partner' AND h.name = known.name AND h.sequence <= known.until
        WHERE h.former_name IS NOT NULL)
    SELECT h.sequence FROM known JOIN history AS h
    ON h.subject = 'partner' AND h.name = known.name AND h.sequence <= known.until
    UNION
    SELECT sequence FROM history WHERE subject = 'partner' AND former_name = {0}::text
))";

/// Conditions and the values of their parameters.
struct Conditions {
    std::string where;
    std::vector<Value> values;

    /// `{0}` in a condition is its parameter.
    void add(std::string_view condition, Value value) {
        values.push_back(std::move(value));
        where += where.empty() ? " WHERE " : " AND ";
        where += fmt::format(fmt::runtime(condition), fmt::format("${}", values.size()));
    }
};

Conditions conditions_on(const HistoryQuery& query) {
    Conditions conditions;
    const auto add = [&](std::string_view condition, const auto& value) {
        if (value) {
            conditions.add(condition, Value{*value});
        }
    };
    add(entries_of_one_partner, query.partner);
    add("subject = 'cert-request' AND name = {0}",
        query.request ? std::optional{std::to_string(*query.request)} : std::nullopt);
    add("actor = {0}", query.actor);
    add("action = {0}", query.action);
    add("store_revision = {0}", query.commit);
    add("at >= {0}", query.since);
    add("at <= {0}", query.until);
    return conditions;
}

std::string select_entries() {
    return fmt::format("SELECT {}, db_user FROM history", names_of(history_columns()));
}

core::HistoryEntry entry_in(const PostgresCursor& rows) {
    auto entry = rows.read(history_columns());
    if (const auto column = static_cast<int>(history_columns().size()); !rows.is_null(column)) {
        entry.db_user = std::string{rows.text(column)};
    }
    return entry;
}

}  // namespace

void PostgresReader::visit_history(const HistoryQuery& query, const HistoryVisitor& visit) {
    read([&] {
        auto [where, values] = conditions_on(query);
        auto select = select_entries() + where + " ORDER BY sequence DESC";
        if (query.limit) {
            select += fmt::format(" LIMIT {}", *query.limit);
        }
        PostgresCursor rows{connection(), select, values};
        while (rows.next() && visit(entry_in(rows))) {
        }
    });
}

std::int64_t PostgresReader::count_history(const HistoryQuery& query) {
    return read([&] {
        const auto [where, values] = conditions_on(query);
        return connection().run("SELECT count(*) FROM history" + where, values).integer(0, 0);
    });
}

void PostgresReader::visit_commit(std::int64_t store_revision, const HistoryVisitor& visit) {
    read([&] {
        const std::array values{Value{store_revision}};
        PostgresCursor rows{connection(), select_entries() + " WHERE store_revision = $1 ORDER BY sequence", values};
        while (rows.next() && visit(entry_in(rows))) {
        }
    });
}

std::optional<std::int64_t> PostgresReader::revision_of(const std::string& commit_id) {
    return read([&]() -> std::optional<std::int64_t> {
        const auto found =
            connection().ask("SELECT coalesce(store_revision, 0) FROM receipt WHERE id = $1::uuid", commit_id);
        return found.rows() == 0 ? std::nullopt : std::optional{found.integer(0, 0)};
    });
}

}  // namespace xmppfed::store
