#include "store/sqlite/checksum.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <sqlite3.h>

#include "core/checksum.hpp"

namespace xmppfed::store {

namespace {

void row_checksum(sqlite3_context* context, int count, sqlite3_value** values) {
    core::Checksum checksum;
    for (int i = 0; i < count; ++i) {
        auto* const value = values[i];
        if (sqlite3_value_type(value) == SQLITE_NULL) {
            checksum.add(std::nullopt);
            continue;
        }
        const auto* const text = reinterpret_cast<const char*>(sqlite3_value_text(value));
        if (text == nullptr) {
            sqlite3_result_error_nomem(context);
            return;
        }
        checksum.add(std::string_view{text, static_cast<std::size_t>(sqlite3_value_bytes(value))});
    }
    sqlite3_result_int64(context, checksum.value());
}

}  // namespace

void add_checksum_function(SQLite::Database& database) {
    database.createFunction("row_checksum", -1 /* any number of arguments */, true /* deterministic */, nullptr,
                            row_checksum, nullptr, nullptr, nullptr);
}

std::string insert_with_checksum(std::string_view table, std::string_view columns, std::size_t rows) {
    const auto count = std::ranges::count(columns, ',') + 1;
    std::string values;
    std::ptrdiff_t last = 0;
    for (std::size_t row = 0; row < rows; ++row) {
        std::string parameters;
        for (const auto end = last + count; last < end;) {
            parameters += fmt::format("{}?{}", parameters.empty() ? "" : ", ", last + 1);
            ++last;
        }
        values += fmt::format("{}({}, row_checksum({}))", row == 0 ? "" : ", ", parameters, parameters);
    }
    return fmt::format("INSERT INTO {} ({}, checksum) VALUES {}", table, columns, values);
}

}  // namespace xmppfed::store
