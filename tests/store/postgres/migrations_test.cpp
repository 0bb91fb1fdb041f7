#include "store/postgres/migrations.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "store/sqlite/migrations.hpp"

using namespace xmppfed;

TEST_CASE("a version of the schema means the same in both engines") {
    const auto one = store::migrations();
    const auto other = store::postgres_migrations();
    REQUIRE(one.size() == other.size());
    CHECK(std::ranges::equal(one, other, {}, &store::Migration::name, &store::Migration::name));
}

TEST_CASE("texts in PostgreSQL compare by their bytes, whatever the database sorts by") {
    for (const auto& migration : store::postgres_migrations()) {
        INFO(migration.name);
        for (auto at = migration.sql.find(" text "); at != std::string_view::npos;
             at = migration.sql.find(" text ", at + 1)) {
            const auto rest = migration.sql.substr(at + 6);
            const auto word = rest.substr(std::min(rest.find_first_not_of(' '), rest.size()));
            const bool is_function = word.starts_with("LANGUAGE");
            CHECK((is_function || word.starts_with("COLLATE \"C\"")));
        }
    }
}
