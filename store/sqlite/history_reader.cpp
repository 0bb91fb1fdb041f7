#include <fmt/format.h>

#include "store/sqlite/rows.hpp"
#include "store/sqlite/transaction.hpp"

/// What a reader tells of the history.
namespace xmppfed::store {

namespace {

/// What happened under the name, and to what bears it under the names that it had before, up to each renaming.
constexpr const char* entries_of_partner = R"(sequence IN (
    WITH RECURSIVE known(name, until) AS (
        SELECT :partner, 9223372036854775807
        UNION
        SELECT h.former_name, h.sequence FROM known JOIN history AS h
        ON h.subject = 'partner' AND h.name = known.name AND h.sequence <= known.until
        WHERE h.former_name IS NOT NULL)
    SELECT h.sequence FROM known JOIN history AS h
    ON h.subject = 'partner' AND h.name = known.name AND h.sequence <= known.until
    UNION
    SELECT sequence FROM history WHERE subject = 'partner' AND former_name = :partner
))";

/// A condition on entries, and the value of its parameter.
struct HistoryCondition {
    std::string_view sql;
    const char* parameter;
    std::optional<std::string> text = {};
    std::optional<std::int64_t> number = {};

    [[nodiscard]] bool is_asked() const { return text || number; }
};

std::vector<HistoryCondition> conditions_of(const HistoryQuery& query) {
    const auto name = query.request ? std::optional{std::to_string(*query.request)} : std::nullopt;
    std::vector<HistoryCondition> conditions{
        {.sql = entries_of_partner, .parameter = ":partner", .text = query.partner},
        {.sql = "subject = 'cert-request' AND name = :request", .parameter = ":request", .text = name},
        {.sql = "actor = :actor", .parameter = ":actor", .text = query.actor},
        {.sql = "action = :action", .parameter = ":action", .text = query.action},
        {.sql = "store_revision = :commit", .parameter = ":commit", .number = query.commit},
        {.sql = "at >= :since", .parameter = ":since", .text = query.since},
        {.sql = "at <= :until", .parameter = ":until", .text = query.until},
    };
    std::erase_if(conditions, [](const HistoryCondition& condition) { return !condition.is_asked(); });
    return conditions;
}

/// A query on the history; `what` is selected of the entries, `order` follows the conditions.
SQLite::Statement select_history(const SQLite::Database& database, const HistoryQuery& query, std::string_view what,
                                 std::string_view order) {
    const auto conditions = conditions_of(query);
    std::string where;
    for (const auto& condition : conditions) {
        where += fmt::format("{} {}", where.empty() ? "WHERE" : " AND", condition.sql);
    }
    SQLite::Statement select{database, fmt::format("SELECT {} FROM history {} {}", what, where, order)};
    for (const auto& condition : conditions) {
        if (condition.text) {
            select.bind(condition.parameter, *condition.text);
        } else {
            select.bind(condition.parameter, *condition.number);
        }
    }
    return select;
}

}  // namespace

void SqliteReader::visit_history(const HistoryQuery& query, const HistoryVisitor& visit) {
    connection_.guard("read", [&] {
        auto select =
            select_history(database(), query, names_of(history_columns()), "ORDER BY sequence DESC LIMIT :limit");
        select.bind(":limit", query.limit.value_or(-1));
        while (select.executeStep() && visit(read_row(select, history_columns()))) {
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
                                             names_of(history_columns()))};
        select.bind(1, store_revision);
        while (select.executeStep() && visit(read_row(select, history_columns()))) {
        }
    });
}

}  // namespace xmppfed::store
