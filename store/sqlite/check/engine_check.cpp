#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/history/checksum.hpp"
#include "store/sqlite/check/check.hpp"
#include "store/sqlite/check/integrity.hpp"
#include "store/sqlite/migrations.hpp"
#include "store/sqlite/rows.hpp"

namespace xmppfed::store {

namespace {

/// What the migrations make, with nothing in it.
SQLite::Database newest_schema() {
    SQLite::Database database{":memory:", SQLite::OPEN_READWRITE};
    for (const auto& migration : migrations()) {
        database.exec(std::string{migration.sql});
    }
    return database;
}

/// A statement without its line breaks, which SQLite may set otherwise.
std::string on_one_line(std::string_view statement) {
    std::string line;
    for (const char c : statement) {
        const bool is_blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
        if (!is_blank || !line.ends_with(' ')) {
            line += is_blank ? ' ' : c;
        }
    }
    return line;
}

/// Every table and index, with the statement that makes it.
std::map<std::string, std::string> schema_of(SQLite::Database& database) {
    std::map<std::string, std::string> schema;
    SQLite::Statement select{database,
                             "SELECT type || ' ' || name, tbl_name || ' ' || ifnull(sql, '') FROM sqlite_schema"};
    while (select.executeStep()) {
        schema[select.getColumn(0).getString()] = on_one_line(select.getColumn(1).getString());
    }
    return schema;
}

void check_schema(SQLite::Database& database, SQLite::Database& reference, core::Diagnostics& diagnostics) {
    const auto expected = schema_of(reference);
    const auto actual = schema_of(database);
    for (const auto& [name, statement] : expected) {
        const auto found = actual.find(name);
        if (found == actual.end()) {
            diagnostics.push_back(damaged_database(fmt::format("its schema lacks the {}", name)));
        } else if (found->second != statement) {
            diagnostics.push_back(damaged_database(fmt::format("its schema has another {} than xmppfed makes", name)));
        }
    }
    for (const auto& [name, statement] : actual) {
        if (!expected.contains(name)) {
            diagnostics.push_back(
                damaged_database(fmt::format("its schema has the {}, which no xmppfed made", core::escape(name))));
        }
    }
}

std::vector<std::string> tables_in(SQLite::Database& database) {
    std::vector<std::string> tables;
    SQLite::Statement select{database, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"};
    while (select.executeStep()) {
        tables.push_back(select.getColumn(0).getString());
    }
    return tables;
}

void check_text(std::string_view text, const SQLite::Column& value, SQLite::Statement& row, std::string_view table,
                core::Diagnostics& diagnostics) {
    if (!core::is_utf8(text)) {
        diagnostics.push_back(
            damaged_database(fmt::format("{} in the row {} of the table {} is not UTF-8", value.getName(),
                                         core::quote(row.getColumn(0).getString()), table)));
    }
}

void check_texts_of(SQLite::Database& database, const std::string& table, core::Diagnostics& diagnostics) {
    SQLite::Statement rows{database, fmt::format("SELECT * FROM {}", table)};
    while (rows.executeStep()) {
        check_texts(rows, table, diagnostics);
    }
}

void check_requests(SQLite::Database& database, core::Diagnostics& diagnostics) {
    const auto columns = request_columns();
    SQLite::Statement rows{database, fmt::format("SELECT {}, checksum FROM cert_request", names_of(columns))};
    while (rows.executeStep()) {
        check_row(rows, "cert_request", static_cast<int>(columns.size()), diagnostics);
    }
}

}  // namespace

void check_texts(SQLite::Statement& row, std::string_view table, core::Diagnostics& diagnostics) {
    for (int column = 0; column < row.getColumnCount(); ++column) {
        if (const auto value = row.getColumn(column); value.isText()) {
            check_text(text_of(value), value, row, table, diagnostics);
        }
    }
}

void check_row(SQLite::Statement& row, std::string_view table, int count, core::Diagnostics& diagnostics) {
    core::Checksum checksum;
    for (int column = 0; column < row.getColumnCount(); ++column) {
        const auto value = row.getColumn(column);
        const auto text = value.isNull() ? std::nullopt : std::optional{text_of(value)};
        if (text) {
            check_text(*text, value, row, table, diagnostics);
        }
        if (column < count) {
            checksum.add(text);
        }
    }
    if (const auto written = row.getColumn(count); !written.isNull() && written.getInt64() != checksum.value()) {
        diagnostics.push_back(
            damaged_database(fmt::format("the row {} of the table {} is not what was written: its checksum differs",
                                         core::quote(row.getColumn(0).getString()), table)));
    }
}

core::Diagnostics check_engine(SQLite::Database& database) {
    core::Diagnostics diagnostics;
    const auto check = [&](const auto& look) { try_check(diagnostics, look); };
    auto reference = newest_schema();
    core::Diagnostics on_schema;
    try_check(on_schema, [&] { check_schema(database, reference, on_schema); });
    const auto queries = on_schema.empty() ? std::optional{constraint_queries(reference)} : std::nullopt;
    check([&] { check_integrity(database, queries, diagnostics); });
    std::ranges::move(on_schema, std::back_inserter(diagnostics));
    for (const auto& table : tables_in(reference)) {
        if (table != "history" && table != "cert_request") {
            check([&] { check_texts_of(database, table, diagnostics); });
        }
    }
    check([&] { check_requests(database, diagnostics); });
    return diagnostics;
}

}  // namespace xmppfed::store
