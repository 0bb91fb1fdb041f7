// The columns of each entity, against the schema and against what is kept by them.

#include "store/rows/columns.hpp"

#include <functional>
#include <map>

#include <SQLiteCpp/SQLiteCpp.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "store/sqlite/migrations.hpp"
#include "tests/support/entities.hpp"
#include "tests/support/partners.hpp"

using namespace xmppfed;
using store::Column;
using store::Kind;
using store::Value;

namespace {

std::string shape(std::string_view type, bool may_be_null) {
    return std::string{type} + (may_be_null ? "" : " NOT NULL");
}

/// Every column of a table in the newest schema, with its type.
std::map<std::string, std::string> columns_in_schema(const std::string& table) {
    SQLite::Database database{":memory:", SQLite::OPEN_READWRITE};
    for (const auto& migration : store::migrations()) {
        database.exec(std::string{migration.sql});
    }
    std::map<std::string, std::string> columns;
    SQLite::Statement info{database, "SELECT name, type, \"notnull\" OR pk > 0 FROM pragma_table_info(?)"};
    info.bind(1, table);
    while (info.executeStep()) {
        columns[info.getColumn(0).getString()] = shape(info.getColumn(1).getString(), info.getColumn(2).getInt() == 0);
    }
    return columns;
}

template <class Entity>
std::map<std::string, std::string> described(std::span<const Column<Entity>> columns) {
    std::map<std::string, std::string> result;
    for (const auto& column : columns) {
        result[std::string{column.name}] = shape(column.kind == Kind::text ? "TEXT" : "INTEGER", column.is_optional);
    }
    CHECK(result.size() == columns.size());  // each name once
    return result;
}

std::string text_of(const Value& value) {
    if (const auto* const text = value.text()) {
        return "'" + *text + "'";
    }
    const auto* const integer = value.integer();
    return integer != nullptr ? std::to_string(*integer) : "none";
}

/// A value that borrows nothing.
Value copy_of(const Value& value) {
    if (const auto* const text = value.text()) {
        return Value{std::string{*text}};
    }
    const auto* const integer = value.integer();
    return integer != nullptr ? Value{*integer} : Value{};
}

template <class Entity>
std::vector<std::string> values_of(std::span<const Column<Entity>> columns, const Entity& entity) {
    std::vector<std::string> values;
    for (const auto& column : columns) {
        values.push_back(text_of(column.get(entity)));
    }
    return values;
}

/// Each column keeps what no other column keeps: set alone, it changes its own value and nothing else, and all of them
/// together make the entity again. The domains of a partner or an edge are kept elsewhere, and `full` has none. `empty`
/// shares nothing with it, but what `is_shared` says of a column.
template <class Entity>
void check_columns(
    std::span<const Column<Entity>> columns, const Entity& full, const Entity& empty = {},
    const std::function<bool(std::string_view)>& is_shared = [](std::string_view) { return false; }) {
    const auto before = values_of(columns, empty);
    const auto wanted = values_of(columns, full);
    Entity whole;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        INFO(columns[i].name);
        CHECK((before[i] == wanted[i]) == is_shared(columns[i].name));
        Entity changed = empty;
        columns[i].set(changed, copy_of(columns[i].get(full)), columns[i].name);
        auto expected = before;
        expected[i] = wanted[i];
        CHECK(values_of(columns, changed) == expected);
        columns[i].set(whole, copy_of(columns[i].get(full)), columns[i].name);
    }
    CHECK(whole == full);
}

/// Every member of the entity that has a JSON form differs from its default.
void check_full(const core::Json& full, const core::Json& empty) {
    for (const auto& [key, value] : empty.items()) {
        INFO(key);
        CHECK(full.at(key) != value);
    }
}

}  // namespace

TEST_CASE("the columns and the schema agree") {
    CHECK(described(store::partner_columns()) == columns_in_schema("partner"));
    auto edge = columns_in_schema("edge");
    CHECK(edge.erase("id") == 1);
    CHECK(described(store::edge_columns()) == edge);
    auto gateway = columns_in_schema("gateway");
    CHECK(gateway.erase("id") == 1);
    CHECK(described(store::gateway_columns()) == gateway);
    auto request = columns_in_schema("cert_request");
    CHECK(request.erase("checksum") == 1);
    CHECK(described(store::request_columns()) == request);
    auto history = columns_in_schema("history");
    CHECK(history.erase("checksum") == 1);
    CHECK(history.erase("db_user") == 1);  // taken over, or the database's own word
    CHECK(described(store::history_columns()) == history);
}

TEST_CASE("what is wanted of a partner and what its commit adds are the whole of it") {
    const auto all = store::names_of(store::partner_columns());
    CHECK(all == store::names_of(store::wanted_partner_columns()) + ", " +
                     store::names_of(store::committed_partner_columns()));
    CHECK(store::names_of(store::committed_partner_columns(), "t") == "t.revision, t.created_at, t.updated_at");
    auto partner = test::full_partner();
    const auto wanted = static_cast<const core::Partner&>(partner);
    const auto before = values_of(store::committed_partner_columns(), partner);
    static_cast<core::Partner&>(partner) = core::Partner{};
    CHECK(values_of(store::committed_partner_columns(), partner) == before);
    static_cast<core::Partner&>(partner) = wanted;
    CHECK(partner == test::full_partner());
}

TEST_CASE("each column keeps its own member") {
    SECTION("of a partner") {
        auto full = test::full_partner();
        full.additional_domains.clear();
        check_columns(store::partner_columns(), full);
    }
    SECTION("of the edge") {
        auto full = test::full_edge();
        full.sip_domains.clear();
        full.xmpp_domains.emplace();
        check_columns(store::edge_columns(), full);
    }
    SECTION("of the gateway") {
        check_columns(store::gateway_columns(), test::full_gateway());
    }
    SECTION("of an entry") {
        check_columns(store::history_columns(), test::full_entry());
    }
}

TEST_CASE("each column of a request keeps its own member") {
    // What is kept of a key depends on its algorithm.
    const auto algorithm = GENERATE(core::KeyAlgorithm::rsa, core::KeyAlgorithm::ec);
    const auto full = test::full_request(algorithm);
    core::CertRequest empty;
    empty.key = full.key;
    check_columns(store::request_columns(), full, empty, [](std::string_view name) {
        return name == "key_algorithm" || name == "key_bits" || name == "key_curve";
    });
}

TEST_CASE("what is no value of a column is told by its name") {
    core::CommittedPartner partner;
    for (const auto& column : store::partner_columns()) {
        if (column.name == "tls") {
            const auto error = test::error_of([&] { column.set(partner, Value{std::string{"never"}}, column.name); });
            CHECK(error.message == "the store is damaged: 'never' is no value of tls");
        }
    }
    CHECK(partner == core::CommittedPartner{});
}

TEST_CASE("the entities of these tests leave nothing at its default") {
    check_full(core::to_json(test::full_partner()), core::to_json(core::CommittedPartner{}));
    check_full(core::to_json(test::full_edge()), core::to_json(core::Edge{}));
    check_full(core::to_json(test::full_gateway()), core::to_json(core::Gateway{}));
    check_full(core::to_json(*test::full_request(core::KeyAlgorithm::ec).certificate),
               core::to_json(core::IssuedCertificate{}));
    check_full(core::to_json(test::full_request(core::KeyAlgorithm::ec).basis), core::to_json(core::RequestBasis{}));
}
