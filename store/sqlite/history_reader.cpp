#include <fmt/format.h>

#include "store/history_conditions.hpp"
#include "store/sqlite/rows.hpp"
#include "store/sqlite/transaction.hpp"

/// What a reader tells of the history.
namespace xmppfed::store {

namespace {

/// A query on the history; `what` is selected of the entries, `order` follows the conditions.
SQLite::Statement select_history(const SQLite::Database& database, const HistoryQuery& query, std::string_view what,
                                 std::string_view order) {
    const auto conditions = conditions_of(query);
    std::string where;
    for (std::size_t i = 0; i < conditions.size(); ++i) {
        where += where.empty() ? "WHERE " : " AND ";
        where += fmt::format(fmt::runtime(conditions[i].sql), fmt::format("?{}", i + 1));
    }
    SQLite::Statement select{database, fmt::format("SELECT {} FROM history {} {}", what, where, order)};
    for (std::size_t i = 0; i < conditions.size(); ++i) {
        if (const auto* const text = conditions[i].value.text()) {
            select.bind(static_cast<int>(i) + 1, *text);  // a copy: the conditions go first
        } else {
            bind_value(select, static_cast<int>(i) + 1, conditions[i].value);
        }
    }
    return select;
}

std::string entry_columns() {
    return names_of(history_columns()) + ", db_user";
}

core::HistoryEntry entry_in(SQLite::Statement& row) {
    auto entry = read_row(row, history_columns());
    if (const auto user = row.getColumn(static_cast<int>(history_columns().size())); !user.isNull()) {
        entry.db_user = user.getString();
    }
    return entry;
}

}  // namespace

void SqliteReader::visit_history(const HistoryQuery& query, const HistoryVisitor& visit) {
    connection_.guard("read", [&] {
        auto select = select_history(database(), query, entry_columns(), "ORDER BY sequence DESC LIMIT :limit");
        select.bind(":limit", query.limit.value_or(-1));
        while (select.executeStep() && visit(entry_in(select))) {
        }
    });
}

std::int64_t SqliteReader::count_history(const HistoryQuery& query) {
    return connection_.guard("read", [&] {
        auto select = select_history(database(), query, "count(*)", "");
        select.executeStep();
        return select.getColumn(0).getInt64();
    });
}

void SqliteReader::visit_commit(std::int64_t store_revision, const HistoryVisitor& visit) {
    connection_.guard("read", [&] {
        // Sequences and revisions grow together: from the end this looks at no more than the commit and what came after.
        SQLite::Statement select{database(),
                                 fmt::format("SELECT {} FROM history WHERE store_revision = ?1 AND sequence > coalesce("
                                             "(SELECT sequence FROM history WHERE store_revision < ?1 "
                                             "ORDER BY sequence DESC LIMIT 1), 0) ORDER BY sequence",
                                             entry_columns())};
        select.bind(1, store_revision);
        while (select.executeStep() && visit(entry_in(select))) {
        }
    });
}

}  // namespace xmppfed::store
