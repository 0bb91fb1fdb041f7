#include <grp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/support/test_world.hpp"

using namespace xmppfed;
using Catch::Matchers::Contains;
using core::Json;
using test::TestWorld;
using Names = std::vector<std::string>;

TEST_CASE("init makes an empty store, private, once") {
    TestWorld world;
    world.environment["XMPPFED_STORE"] = world.directory / "new/store.db";
    const auto document = world.must("store init -o json").json();
    CHECK(document.at("kind") == "store");
    CHECK(document.at("exists") == true);
    CHECK(document.at("partners") == 0);
    CHECK(document.at("store_revision") == 0);
    CHECK(document.at("created_at") == "2026-03-15T09:30:00Z");
    CHECK(test::mode_of(world.directory / "new") == 0700);
    CHECK(test::mode_of(world.directory / "new/store.db") == 0600);
    CHECK(world.run("store check").code == 0);

    world.must("partner new --primary a.example");
    ::chmod((world.directory / "new/store.db").c_str(), 0640);
    const auto again = world.must("store init");
    CHECK_THAT(again.err, Contains("note: the store is there already"));
    CHECK(world.must("store init -q").out.empty());
    CHECK(test::mode_of(world.directory / "new/store.db") == 0640);  // what somebody has set since
    CHECK_THAT(world.must("partner list").out, Contains("a.example"));
}

TEST_CASE("init takes a backup over, with its history, once") {
    TestWorld world;
    world.must("partner new --primary a.example");
    world.must("partner edit a.example --tls optional --sasl not-supported --dialback true");
    const auto backup = world.directory / "backup.db";
    world.must("store backup " + backup);
    const auto content = test::read_file(backup);
    const auto line = fmt::format("store init --store {} --from {}", world.directory / "new/store.db", backup);
    const auto document = world.must(line + " -o json").json();
    CHECK(document.at("partners") == 1);
    CHECK(document.at("store_revision") == 2);
    CHECK(document.at("history_entries") == 2);
    CHECK(test::mode_of(world.directory / "new") == 0700);
    CHECK(test::mode_of(world.directory / "new/store.db") == 0600);
    CHECK(test::read_file(backup) == content);
    CHECK(world.run(fmt::format("store check --store {}", world.directory / "new/store.db")).code == 0);
    const auto again = world.run(line);
    CHECK(again.code == 5);
    CHECK_THAT(again.err, Contains("is there already"));
}

TEST_CASE("init takes nothing over that is no sound store of ours") {
    TestWorld world;
    const auto source = world.directory / "source.db";
    constexpr const char* only_the_copy_tells = "PRAGMA user_version = 1";
    struct Row {
        const char* sql;  ///< null: what follows is the whole file
        std::string content;
        int code;
    };
    const auto row = GENERATE(values<Row>({
        {nullptr, "", 1},
        {"PRAGMA writable_schema = 1; DELETE FROM sqlite_schema; PRAGMA application_id = 0; PRAGMA user_version = 0",
         "", 1},
        {nullptr, "precious text", 1},
        {nullptr, std::string(8192, 'x'), 1},
        {"PRAGMA user_version = 999", "", 1},
        {"PRAGMA application_id = 1", "", 1},
        {"CREATE VIEW v AS SELECT 1", "", 1},
        {only_the_copy_tells, "", 1},  // migrations would make what is there already
    }));
    if (row.sql == nullptr) {
        test::write_file(source, row.content);
    } else {
        world.must("partner new --primary a.example --store " + source);
        test::force_sql(source, row.sql);
    }
    const auto before = test::read_file(source);
    const auto place = world.directory / "new/store.db";
    const auto line = fmt::format("store init --store {} --from {}", place, source);
    const auto intended = world.run(line + " --dry-run");
    const auto result = world.run(line);
    INFO(result.err);
    if (row.sql == nullptr || std::string_view{row.sql} != only_the_copy_tells) {
        CHECK(intended.code == result.code);
        CHECK(intended.err == result.err);
    }
    CHECK(result.code == row.code);
    CHECK(test::read_file(source) == before);
    CHECK(world.directory.names() == Names{"source.db"});
}

TEST_CASE("init names what it cannot take over") {
    TestWorld world;
    const auto missing = world.run("store init --from " + (world.directory / "none.db"));
    CHECK(missing.code == 4);
    CHECK_THAT(missing.err, Contains("none.db'"));
    CHECK(world.run("store init --from ''").code == 2);
    CHECK(world.run("store init --from -").code == 2);
    CHECK(world.directory.names().empty());
    world.must("partner new --primary a.example");
    CHECK(world.run(fmt::format("store init --from {}", world.store())).code == 5);
}

TEST_CASE("init shares a store with a group") {
    TestWorld world;
    const auto* group = ::getgrgid(::getegid());
    REQUIRE(group != nullptr);
    const auto path = world.directory / "shared/store.db";
    const auto line = fmt::format("store init --store {} --group {}", path, group->gr_name);
    world.must(line);
    CHECK(test::mode_of(world.directory / "shared") == 02770);
    CHECK(test::mode_of(path) == 0660);
    world.must(line);  // again
    world.must(fmt::format("partner new --primary a.example --store {}", path));
    CHECK(test::mode_of(path) == 0660);

    CHECK(world.run("store init --store other.db --group 'no such group'").code == 4);
    CHECK(world.directory.names() == Names{"shared"});
    test::write_file(world.directory / "shared/other", "");
    CHECK(world.run(line).code == 5);
}

TEST_CASE("init with --dry-run says what would be made, and makes nothing") {
    TestWorld world;
    const auto* group = ::getgrgid(::getegid());
    REQUIRE(group != nullptr);
    const auto place = world.directory / "new/store.db";
    const auto line = fmt::format("store init --store {} --dry-run", place);
    const auto made = world.must(line);
    CHECK_THAT(made.err, Contains(fmt::format("note: would make the store '{}'\n", place)));
    CHECK_THAT(made.err, Contains("dry run: nothing was made"));
    CHECK(made.out.empty());
    const auto document = world.must(line + " -o json").json();
    CHECK(document.at("dry_run") == true);
    CHECK(document.at("exists") == false);
    CHECK_THAT(world.must(fmt::format("{} --group {}", line, group->gr_name)).err, Contains("to the group"));
    CHECK(world.run(line + " --group 'no such group'").code == 4);
    CHECK(world.run(line + " --grant alice=viewer").code == 2);
    CHECK(world.run(line + " --from none.db").code == 4);
    CHECK(world.directory.names().empty());

    world.must("partner new --primary a.example");
    const auto content = test::read_file(world.store());
    CHECK_THAT(world.must(fmt::format("{} --from {}", line, world.store())).err, Contains("as a copy of"));
    const auto there = world.must("store init --dry-run -o json");
    CHECK_THAT(there.err, Contains("note: the store is there already"));
    CHECK(there.json().at("partners") == 1);
    CHECK(world.run(fmt::format("store init --dry-run --from {}", world.store())).code == 5);
    CHECK(test::read_file(world.store()) == content);
    CHECK(world.directory.names() == Names{"store.db"});
}

TEST_CASE("init with --dry-run refuses what init would") {
    TestWorld world;
    const auto* group = ::getgrgid(::getegid());
    REQUIRE(group != nullptr);
    world.must("partner new --primary a.example --store " + (world.directory / "shared/store.db"));
    const auto shared =
        fmt::format("store init --store {} --group {}", world.directory / "shared/store.db", group->gr_name);
    const auto refused = [&](const std::string& line, int code) {
        INFO(line);
        const auto intended = world.run(line + " --dry-run");
        CHECK(intended.code == code);
        CHECK(world.run(line).err == intended.err);
    };
    std::filesystem::create_hard_link(world.directory / "shared/store.db", world.directory / "second-name");
    refused(shared, 5);
    std::filesystem::remove(world.directory / "second-name");
    test::write_file(world.directory / "shared/other", "");
    refused(shared, 5);
    test::write_file(world.store(), "no database");
    refused("store init", 1);
    CHECK(test::mode_of(world.directory / "shared") == 0700);
}

TEST_CASE("init that is refused leaves nothing behind") {
    TestWorld world;
    const auto* group = ::getgrgid(::getegid());
    REQUIRE(group != nullptr);
    test::write_file(world.directory / "other", "");
    CHECK(world.run(fmt::format("store init --group {}", group->gr_name)).code == 5);
    CHECK(world.directory.names() == Names{"other"});
    test::write_file(world.store(), "no database");
    const auto foreign = world.run("store init");
    CHECK(foreign.code == 1);
    CHECK_THAT(foreign.err, !Contains("there already"));
    CHECK(world.run("store init --store below/it/" + std::string(300, 'x')).code == 1);
    CHECK(world.directory.names() == Names{"other", "store.db"});
}

TEST_CASE("info tells where the store is, and what is in it") {
    TestWorld world;
    const auto missing = world.must("store info -o json").json();
    CHECK(missing == Json::parse(fmt::format(
                         R"({{"format_version": "1.0", "kind": "store", "path": "{}", "exists": false,
                              "schema_version": null, "partners": null, "store_revision": null,
                              "history_entries": null, "size_bytes": null, "created_at": null}})",
                         world.store())));
    CHECK(world.directory.names().empty());
    const auto odd = world.directory / "a\nb.db";
    CHECK(world.run_words({"store", "info", "--store", odd, "-o", "json"}).json().at("path") == odd);
    CHECK_THAT(world.run_words({"store", "info", "--store", odd}).out, Contains("a\\nb.db\n"));
    world.must("partner new --primary a.example");
    world.must("partner edit a.example --keepalive false");
    const auto document = world.must("store info -o json").json();
    CHECK(document.at("exists") == true);
    CHECK(document.at("partners") == 1);
    CHECK(document.at("store_revision") == 2);
    CHECK(document.at("history_entries") == 2);
    CHECK(document.at("size_bytes") == test::read_file(world.store()).size());
    CHECK_THAT(world.must("store info").out,
               Contains("path:             " + world.store() + "\n") && Contains("partners:         1\n"));
}

TEST_CASE("check exits 3 for whatever is wrong, and prints its own kind") {
    struct Row {
        const char* sql;
        const char* message;
    };
    const auto row = GENERATE(values<Row>({
        {"UPDATE partner SET description = 'other'", "is not what was last committed"},
        {"UPDATE partner SET tls = 'not-supported'", "CHECK constraint failed"},
        {"UPDATE partner SET tls = 'not-supported'", "SASL EXTERNAL needs TLS"},  // the rules' word
        {"UPDATE partner SET type = 'friend'", "the partner 'a.example' cannot be read"},
        {"INSERT INTO claim VALUES ('x.example', 'nobody.example')", "which is no partner"},
        {"UPDATE store SET revision = 9", "the store is at revision 9"},
        {"UPDATE history SET after = '{bad}'", "entry 1 of the history cannot be read"},
        {"UPDATE history SET after = '{\"primary_domain\":1}'", "entry 1 of the history cannot be read"},
        {"UPDATE history SET after = json_set(after, '$.revision', 'x')", "it has no revision"},
    }));
    INFO(row.sql);
    TestWorld world;
    world.must("partner new --primary a.example");
    const auto sound = world.must("store check -o json").json();
    CHECK(sound.at("kind") == "store");
    CHECK(sound.at("errors") == 0);
    CHECK(sound.at("warnings") == 0);
    CHECK(sound.at("diagnostics").empty());
    test::force_sql(world.store(), row.sql);
    const auto before = test::read_file(world.store());
    const auto json = world.run("store check -o json");
    CHECK(json.code == 3);
    CHECK(json.json().at("kind") == "store");
    CHECK(json.json().at("errors") == json.json().at("diagnostics").size());
    CHECK_THAT(json.out, Contains(row.message));
    const auto text = world.run("store check");
    CHECK(text.code == 3);
    CHECK_THAT(text.out, Contains(row.message));
    CHECK(test::read_file(world.store()) == before);
}

TEST_CASE("check goes on where certificate requests cannot be read") {
    TestWorld world;
    world.must("edge set --access-edge sip.contoso.com -q");
    world.must("cert request --format inf -q");
    test::force_sql(world.store(), "UPDATE cert_request SET names = 'x'");
    const auto result = world.run("store check -o json");
    CHECK(result.code == 3);
    CHECK(result.json().at("kind") == "store");
    CHECK_THAT(result.out, Contains("a certificate request cannot be read"));
}

TEST_CASE("check shows no warnings of the rules, which were committed knowingly") {
    TestWorld world;
    world.must("partner new --primary a.example --dialback true");
    CHECK(world.run("store check --strict").code == 0);
}

TEST_CASE("check and backup need a store") {
    TestWorld world;
    for (const auto* message : {"there is no store at", "is empty: its file has no octets"}) {
        for (const auto* line : {"store check", "store backup copy.db"}) {
            const auto result = world.run(line);
            CHECK(result.code == 4);
            CHECK_THAT(result.err, Contains(message));
        }
        test::write_file(world.store(), "");
    }
    CHECK_THAT(world.run("store check").err, Contains("hint: if it ever held partners, bring back a copy"));
    CHECK(world.directory.names() == Names{"store.db"});
}

TEST_CASE("backup copies the store to a new file") {
    TestWorld world;
    world.must("partner new --primary a.example");
    const auto document = world.must("store backup copy.db -o json").json();
    CHECK(document.at("kind") == "store");
    CHECK(document.at("backup") == world.directory / "copy.db");
    CHECK(test::mode_of(world.directory / "copy.db") == 0600);
    CHECK(world.run("store check --store copy.db").code == 0);
    CHECK(world.must("partner list -o json --store copy.db").out == world.must("partner list -o json").out);

    const auto copied = test::read_file(world.directory / "copy.db");
    world.must("partner new --primary b.example");
    for (const auto* target : {"''", "-", "postgresql://db.example/book", "service=book"}) {
        CHECK(world.run(fmt::format("store backup {}", target)).code == 2);
        CHECK(world.run(fmt::format("store init --store new.db --from {}", target)).code == 2);
    }
    for (const auto* target : {"copy.db", "store.db", "."}) {
        CHECK(world.run(fmt::format("store backup {}", target)).code == 5);
    }
    CHECK(test::read_file(world.directory / "copy.db") == copied);
    CHECK(world.run("store backup none/copy.db").code == 1);
    CHECK(world.must("store backup -q quiet.db").out.empty());
    CHECK(world.directory.names() == Names{"copy.db", "quiet.db", "store.db"});
}

TEST_CASE("backup of a damaged store fails, and leaves no copy") {
    TestWorld world;
    for (int i = 0; i < 100; ++i) {
        world.must(fmt::format("partner new --primary p{}.example -q", i));
    }
    constexpr std::size_t page = 4096;
    auto content = test::read_file(world.store());
    REQUIRE(content.size() > 8 * page);
    content.replace(5 * page, page, page, '\xff');
    test::write_file(world.store(), content);
    const auto result = world.run("store backup copy.db");
    CHECK(result.code == 1);
    CHECK_THAT(result.err, Contains("damaged"));
    CHECK(world.directory.names() == Names{"store.db"});
}

TEST_CASE("a locked store is exit 6, after the wait") {
    TestWorld world;
    world.must("partner new --primary a.example");
    SQLite::Database other{world.store(), SQLite::OPEN_READWRITE};
    other.exec("BEGIN EXCLUSIVE");
    for (const auto* line : {"partner list", "partner show a.example", "partner new --primary b.example",
                             "partner edit a.example --keepalive false", "partner remove a.example --yes",
                             "partner new --primary b.example --dry-run", "partner validate", "history", "store info",
                             "store check", "store backup copy.db"}) {
        INFO(line);
        const auto result = world.run(fmt::format("{} --wait 0", line));
        CHECK(result.code == 6);
        CHECK_THAT(result.err, Contains("is locked by another process") && Contains("--wait SECONDS"));
    }
    CHECK(world.run("partner list --wait 0 -o json").json().at("error").at("code") == "busy");
    CHECK(world.directory.names() == Names{"store.db"});
    other.exec("ROLLBACK");
    world.must("partner list --wait 0");
}

TEST_CASE("no command works on what is no store of ours, or changes it") {
    TestWorld world;
    const auto kind = GENERATE(values<std::string>({"text", "foreign", "newer", "writable by all", "directory"}));
    INFO(kind);
    if (kind == "text") {
        test::write_file(world.store(), "not a store\n");
    } else if (kind == "foreign") {
        SQLite::Database{world.store(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE}.exec("CREATE TABLE t (x)");
    } else if (kind == "directory") {
        REQUIRE(::mkdir(world.store().c_str(), 0700) == 0);
    } else {
        world.must("partner new --primary a.example");
        if (kind == "newer") {
            test::force_sql(world.store(), "PRAGMA user_version = 999");
        } else {
            ::chmod(world.store().c_str(), 0666);
        }
    }
    const auto before = kind == "directory" ? "" : test::read_file(world.store());
    for (const auto* line :
         {"partner list", "partner show a.example", "partner new --primary b.example",
          "partner edit a.example --keepalive false", "partner remove a.example --yes", "partner validate", "history",
          "store info", "store check", "store backup copy.db", "partner new --primary b.example --dry-run"}) {
        INFO(line);
        const auto result = world.run(line);
        CHECK(result.code == 1);
        CHECK_THAT(result.err, Contains("xmppfed: error: ") && Contains("store.db") && Contains("hint: "));
        CHECK(result.out.empty());
    }
    CHECK((kind == "directory" || test::read_file(world.store()) == before));
    CHECK(world.directory.names() == Names{"store.db"});
}
