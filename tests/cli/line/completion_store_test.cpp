// What may stand at the cursor: what the store knows, and that looking for it does no harm.

#include <filesystem>
#include <string>
#include <vector>

#include <SQLiteCpp/SQLiteCpp.h>
#include <catch2/catch.hpp>

#include "tests/support/completions.hpp"

using namespace xmppfed;
using test::TestWorld;
using Words = std::vector<std::string>;

TEST_CASE("domains of partners are completed") {
    test::check_offers({
        {"partner edit ", "fabrikam.com", true},
        {"partner edit ", "corp.fabrikam.com", false},  // `edit` takes primary domains only
        {"partner edit f", "fabrikam.com", true},
        {"partner edit F", "fabrikam.com", true},
        {"partner edit f", "litwareinc.com", false},
        {"partner edit f%", "fabrikam.com", false},
        {"partner edit fabrikam.com ", "litwareinc.com", true},
        {"partner edit --tls required f", "fabrikam.com", true},
        {"partner edit -- f", "fabrikam.com", true},
        {"partner remove fabrikam.com ", "litwareinc.com", true},
        {"partner remove fabrikam.com ", "fabrikam.com", false},
        {"partner remove -- fabrikam.com ", "fabrikam.com", false},
        {"partner show c", "corp.fabrikam.com", true},
        {"partner show ", "litwareinc.com", true},
        {"partner show ", "contoso.com", false},
        {"partner validate fabrikam.com ", "corp.fabrikam.com", true},
        {"history --partner ", "fabrikam.com", true},
        {"history --partner=f", "--partner=fabrikam.com", true},
        {"history --partner ", "it.fabrikam.com", false},
        {"history ", "fabrikam.com", false},
        {"partner new --primary ", "fabrikam.com", false},
        {"partner edit fabrikam.com --remove-domain ", "it.fabrikam.com", true},
        {"partner edit fabrikam.com --remove-domain ", "fabrikam.com", false},
        {"partner edit fabrikam.com --remove-domain ", "im.litwareinc.com", false},
        {"partner edit --remove-domain ", "it.fabrikam.com", false},
        {"partner edit fabrikam.com --remove-domain it.fabrikam.com,", "it.fabrikam.com,corp.fabrikam.com", true},
        {"partner edit fabrikam.com --remove-domain=it.fabrikam.com,c",
         "--remove-domain=it.fabrikam.com,corp.fabrikam.com", true},
        {"partner edit fabrikam.com --remove-domain it.fabrikam.com,", "it.fabrikam.com,it.fabrikam.com", false},
        {"partner edit fabrikam.com --remove-domain it.fabrikam.com --remove-domain ", "it.fabrikam.com", false},
    });
}

TEST_CASE("domains of the edge are completed") {
    test::check_offers({
        {"edge set --remove-sip-domain ", "northwind.com", true},
        {"edge set --remove-sip-domain ", "im.contoso.com", false},
        {"edge set --remove-xmpp-domain ", "im.contoso.com", true},
        {"edge set --remove-xmpp-domain ", "northwind.com", false},
        {"cert request --sip-domain contoso.com,n", "contoso.com,northwind.com", true},
        {"cert request --sip-domain ", "fabrikam.com", false},
        {"edge set --add-sip-domain ", "contoso.com", false},
    });
}

TEST_CASE("numbers of certificate requests are completed") {
    test::check_offers({
        {"cert show ", "1", true},
        {"cert show 2", "2", true},
        {"cert show 2", "1", false},
        {"cert show 1 ", "2", false},
        {"cert request --renew ", "1", true},
        {"cert import x --request=", "--request=2", true},
        {"cert show ", "3", false},
        {"partner list --limit ", "1", false},
    });
}

TEST_CASE("completion reads the store that the line names") {
    TestWorld world;
    test::fill(world);
    world.must("partner new --primary other.example --store other.db");
    CHECK(test::offered(world, "partner show --store other.db ") == Words{"other.example"});
    CHECK(test::offered(world, "--store=other.db partner show ") == Words{"other.example"});
    CHECK(test::offered(world, "--store other.db partner --store nothing.db show ").empty());
    CHECK(test::offered(world, "partner show --store= ").empty());
    CHECK(test::offered(world, "partner show --store -- ").size() == 5);  // the value is missing: the usual store
    world.environment["HOME"] = world.directory.path();
    CHECK(test::offered(world, "partner show --store '~/other.db' ") == Words{"other.example"});
    world.environment["XMPPFED_STORE"] = world.directory / "other.db";
    CHECK(test::offered(world, "partner show ") == Words{"other.example"});
}

TEST_CASE("of very many domains so many are offered that what they have in common is true of all") {
    TestWorld world;
    world.must("store init");
    test::force_sql(world.store(),
                    "WITH RECURSIVE n(i) AS (VALUES (10000) UNION ALL SELECT i + 1 FROM n WHERE i < 11000) "
                    "INSERT INTO claim SELECT 'x' || i || '.example', 'x' || i || '.example' FROM n");
    const auto all = test::offered(world, "partner show x");
    CHECK(all.size() == 501);
    CHECK(all.front() == "x10000.example");
    CHECK(all.back() == "x11000.example");
    CHECK(test::offered(world, "partner show x1099").size() == 10);
}

TEST_CASE("nothing of a store that was written past the program becomes more than one safe candidate") {
    TestWorld world;
    test::fill(world);
    SQLite::Database database{world.store(), SQLite::OPEN_READWRITE};
    for (const std::string domain : {"a\nb.example", "a\tb", "a$(id)", "a b", "a;b", "a'b", "a\x1b[31m", "-a", "a:b"}) {
        SQLite::Statement insert{database, "INSERT INTO claim VALUES (?, 'fabrikam.com')"};
        insert.bind(1, domain);
        insert.exec();
    }
    SQLite::Statement update{database, "UPDATE cert_request SET friendly_name = ? WHERE number = 1"};
    update.bind(1, std::string{"x\n2\ty\x1b[31m\xe2\x80\xae"});
    update.exec();
    CHECK(test::offered(world, "partner show a").empty());
    CHECK(test::offered(world, "partner show -- -").empty());
    CHECK(test::offered(world, "partner edit fabrikam.com --remove-domain ") ==
          Words{"corp.fabrikam.com", "it.fabrikam.com"});
    CHECK(test::completion_answer(world, "cert show 1") == Words{R"(1	x\n2\ty\x1b[31m\u{202e}, pending)"});
    // nor of what was typed
    CHECK(test::offered(world, "partner edit fabrikam.com --remove-domain 'x\n,'").empty());
}

TEST_CASE("completion changes nothing and is silent, whatever the store is like") {
    TestWorld world;
    SECTION("missing") {
        CHECK(test::offered(world, "partner show ").empty());
        CHECK(test::offered(world, "cert show ").empty());
        CHECK(world.directory.names().empty());
    }
    SECTION("missing, with its directory") {
        CHECK(test::offered(world, "partner show --store none/store.db ").empty());
        CHECK(world.directory.names().empty());
    }
    SECTION("no place for one") {
        world.environment.clear();
        CHECK(test::offered(world, "partner show ").empty());
    }
    SECTION("damaged") {
        test::write_file(world.store(), std::string(4096, 'x'));
        CHECK(test::offered(world, "partner show ").empty());
        CHECK(test::read_file(world.store()) == std::string(4096, 'x'));
    }
    SECTION("locked") {
        test::fill(world);
        SQLite::Database database{world.store(), SQLite::OPEN_READWRITE};
        database.exec("BEGIN EXCLUSIVE");
        CHECK(test::offered(world, "partner show ").empty());
        database.exec("ROLLBACK");
        CHECK(!test::offered(world, "partner show ").empty());
    }
    SECTION("writable by everybody") {
        test::fill(world);
        std::filesystem::permissions(world.store(), std::filesystem::perms::all);
        CHECK(test::offered(world, "partner show ").empty());
    }
    SECTION("of an older schema") {
        test::write_file(world.store(), "");
        test::force_sql(world.store(), test::read_file(XMPPFED_SOURCE_DIR "/schemas/sql/sqlite/0001_partner_book.sql") +
                                           "PRAGMA application_id = 0x786d7070; PRAGMA user_version = 1;"
                                           "INSERT INTO store VALUES (1, 0, '')");
        const auto before = test::read_file(world.store());
        CHECK(test::offered(world, "partner show ").empty());
        CHECK(test::read_file(world.store()) == before);
        world.must("partner list");  // which brings it up to date
        CHECK(test::read_file(world.store()) != before);
    }
    SECTION("whatever was typed") {
        CHECK(test::offered(world, "partner list --color sometimes --no-such-option ").empty());
        CHECK(test::offered(world, "partner new --no-such-option=").empty());
        CHECK(world.run("__complete").out.empty());
    }
}
