#include "store/sqlite/check/integrity.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include <fmt/format.h>

#include "core/text/text.hpp"
#include "store/sqlite/check/check.hpp"

namespace xmppfed::store {

namespace {

/// Has a connection leave CHECK constraints alone.
class WithoutChecks {
  public:
    explicit WithoutChecks(SQLite::Database& database) : database_{database} {
        database_.exec("PRAGMA ignore_check_constraints = ON");
    }
    WithoutChecks(const WithoutChecks&) = delete;
    WithoutChecks& operator=(const WithoutChecks&) = delete;
    ~WithoutChecks() { static_cast<void>(database_.tryExec("PRAGMA ignore_check_constraints = OFF")); }

  private:
    SQLite::Database& database_;
};

bool is_sound_without_checks(SQLite::Database& database) {
    const WithoutChecks without_checks{database};
    return database.execAndGet("PRAGMA integrity_check(1)").getString() == "ok";
}

/// A condition that is NULL is kept, as in a constraint.
std::string constraint_query(const std::string& table, const std::string& statement) {
    std::string broken;
    for (const auto condition : check_conditions(statement)) {
        broken += fmt::format("{}NOT ({}\n)", broken.empty() ? "" : " OR ", condition);  // it may end with a comment
    }
    return broken.empty() ? "" : fmt::format("SELECT EXISTS (SELECT 1 FROM {} NOT INDEXED WHERE {})", table, broken);
}

bool finds_none(SQLite::Database& database, const ConstraintQuery& query) {
    return database.execAndGet(query.query).getInt() == 0;
}

bool is_sound(SQLite::Database& database, const ConstraintQueries& queries) {
    try {
        return is_sound_without_checks(database) &&
               std::ranges::all_of(queries, [&](const auto& query) { return finds_none(database, query); });
    } catch (const SQLite::Exception&) {
        return false;
    }
}

constexpr bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/// The end of the comment, the text, the word or the character that begins at `begin`.
std::size_t token_end(std::string_view text, std::size_t begin) {
    const auto behind = [&](std::string_view mark, std::size_t from) {
        const auto place = text.find(mark, from);
        return place == std::string_view::npos ? text.size() : place + mark.size();
    };
    if (text.substr(begin).starts_with("--")) {
        return behind("\n", begin);
    }
    if (text[begin] == '\'') {
        return behind("'", begin + 1);
    }
    auto end = begin + 1;
    while (is_letter(text[begin]) && end < text.size() && is_letter(text[end])) {
        ++end;
    }
    return end;
}

}  // namespace

ConstraintQueries constraint_queries(SQLite::Database& schema) {
    ConstraintQueries queries;
    SQLite::Statement tables{schema, "SELECT name, sql FROM sqlite_schema WHERE type = 'table'"};
    while (tables.executeStep()) {
        auto table = tables.getColumn(0).getString();
        if (auto query = constraint_query(table, tables.getColumn(1).getString()); !query.empty()) {
            queries.push_back({std::move(table), std::move(query)});
        }
    }
    return queries;
}

void check_integrity(SQLite::Database& database, const std::optional<ConstraintQueries>& queries,
                     core::Diagnostics& diagnostics) {
    if (queries && is_sound(database, *queries)) {
        return;
    }
    bool has_found = false;
    SQLite::Statement check{database, "PRAGMA integrity_check"};
    while (check.executeStep()) {
        if (const auto answer = check.getColumn(0).getString(); answer != "ok") {
            diagnostics.push_back(damaged_database(core::escape(answer)));
            has_found = true;
        }
    }
    if (has_found || !queries) {
        return;
    }
    for (const auto& query : *queries) {
        if (!finds_none(database, query)) {
            diagnostics.push_back(damaged_database(fmt::format("CHECK constraint failed in {}", query.table)));
        }
    }
}

std::vector<std::string_view> check_conditions(std::string_view statement) {
    std::vector<std::string_view> conditions;
    bool is_check = false;  // a condition comes next, or is being read
    std::size_t depth = 0;
    std::size_t condition = 0;
    for (std::size_t begin = 0; begin < statement.size();) {
        const auto end = token_end(statement, begin);
        const auto token = statement.substr(begin, end - begin);
        if (!is_check) {
            is_check = token == "CHECK";
        } else if (token == "(" && depth++ == 0) {
            condition = end;
        } else if (token == ")" && --depth == 0) {
            conditions.push_back(statement.substr(condition, begin - condition));
            is_check = false;
        }
        begin = end;
    }
    return conditions;
}

}  // namespace xmppfed::store
