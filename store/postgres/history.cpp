#include <utility>
#include <vector>

#include <fmt/format.h>

#include "store/history_conditions.hpp"
#include "store/postgres/reader.hpp"
#include "store/postgres/rows.hpp"

namespace xmppfed::store {

namespace {

/// Conditions and the values of their parameters.
struct Conditions {
    std::string where;
    std::vector<Value> values;
};

Conditions conditions_on(const HistoryQuery& query) {
    Conditions conditions;
    for (auto& [sql, value] : conditions_of(query)) {
        const bool is_text = value.text() != nullptr;
        conditions.values.push_back(std::move(value));
        const auto parameter = fmt::format("${}", conditions.values.size());
        conditions.where += conditions.where.empty() ? " WHERE " : " AND ";
        // A text has the order of the columns that it is compared with: a recursive query wants one throughout.
        conditions.where +=
            fmt::format(fmt::runtime(sql), is_text ? "(" + parameter + R"(::text COLLATE "C"))" : parameter);
    }
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
