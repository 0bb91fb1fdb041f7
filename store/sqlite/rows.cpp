#include "store/sqlite/rows.hpp"

namespace xmppfed::store {

std::string parameters(std::size_t count) {
    std::string list;
    for (std::size_t i = 0; i < count; ++i) {
        list += i == 0 ? "?" : ", ?";
    }
    return list;
}

void bind_value(SQLite::Statement& statement, int index, const Value& value) {
    if (const auto* const text = value.text()) {
        statement.bindNoCopy(index, *text);
    } else if (const auto* const integer = value.integer()) {
        statement.bind(index, *integer);
    } else {
        statement.bind(index);
    }
}

Cell cell_in(SQLite::Statement& row, int column, Kind kind) {
    const auto found = row.getColumn(column);
    switch (kind) {
    case Kind::text: {
        const char* const text = found.getText(nullptr);
        return text == nullptr ? Cell{} : Cell{std::string_view{text, static_cast<std::size_t>(found.getBytes())}};
    }
    case Kind::integer:
        return found.isNull() ? Cell{} : Cell{found.getInt64()};
    }
    return {};
}

std::string_view text_of(const SQLite::Column& value) {
    const char* const text = value.getText();
    return {text, static_cast<std::size_t>(value.getBytes())};
}

std::string_view text_in(SQLite::Statement& row, int column) {
    return text_of(row.getColumn(column));
}

void sort_on_disk(SQLite::Database& database) {
    // A migration has used temporary storage, which stays where it was: a connection that migrated sorts in memory.
    static_cast<void>(database.tryExec("PRAGMA temp_store = FILE"));
}

std::vector<core::Claim> claims_in(SQLite::Statement& select, const std::string& value) {
    std::vector<core::Claim> claims;
    select.reset();
    select.bindNoCopy(1, value);
    while (select.executeStep()) {
        claims.push_back({select.getColumn(0).getString(), select.getColumn(1).getString()});
    }
    select.reset();
    return claims;
}

const char* const release_sql = "DELETE FROM claim WHERE domain = ?";

const char* const additional_domains_sql =
    "SELECT domain FROM main.claim WHERE partner = ?1 AND domain <> ?1 ORDER BY domain";

void read_additional_domains(SQLite::Statement& select, core::CommittedPartner& partner) {
    select.reset();
    select.bind(1, partner.primary_domain);
    while (select.executeStep()) {
        partner.additional_domains.push_back(select.getColumn(0).getString());
    }
}

}  // namespace xmppfed::store
