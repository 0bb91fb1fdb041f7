#pragma once

#include <fmt/format.h>

#include "core/diagnostic.hpp"
#include "core/store_audit.hpp"
#include "core/text/text.hpp"
#include "store/sqlite/connection.hpp"
#include "store/store.hpp"

namespace xmppfed::store {

/// The diagnostics of `Reader::check`, whose transaction is under way.
[[nodiscard]] core::Diagnostics check_database(Reader& reader, SqliteConnection& connection, const Readable& readable);

/// Those on the database itself, whatever its rows mean: pages, indexes and CHECK constraints as SQLite sees them, the
/// schema, the encoding of texts, and checksums; but for the rows of the history, which whoever reads them looks at. Where
/// there are none, indexes lead to what the tables have.
[[nodiscard]] core::Diagnostics check_engine(SQLite::Database& database);

/// Adds a diagnostic for each text of a row that is not UTF-8. The row begins with its key.
void check_texts(SQLite::Statement& row, std::string_view table, core::Diagnostics& diagnostics);

/// The same for a row whose first `count` columns are followed by their checksum, and a diagnostic when that differs.
void check_row(SQLite::Statement& row, std::string_view table, int count, core::Diagnostics& diagnostics);

/// A diagnostic on the database; `problem` is safe for a terminal.
[[nodiscard]] inline core::Diagnostic damaged_database(std::string_view problem) {
    return core::damage(fmt::format("the database is damaged: {}", problem));
}

/// One check; where the database breaks in the middle of it, that is a diagnostic, and the next one has its turn.
void try_check(core::Diagnostics& diagnostics, const auto& check) {
    try {
        check();
    } catch (const SQLite::Exception& exception) {
        diagnostics.push_back(damaged_database(core::escape(exception.what())));
    } catch (const core::Error& error) {
        diagnostics.push_back(core::damage(core::text_of(error)));
    }
}

}  // namespace xmppfed::store
