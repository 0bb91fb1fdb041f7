#include <fmt/format.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/support/test_world.hpp"

using Catch::Matchers::Contains;
using namespace xmppfed;
using core::Json;
using test::TestWorld;

namespace {

std::string actions(TestWorld& world, const std::string& options) {
    std::string text;
    const auto document = world.must("history -o json " + options).json();
    for (const auto& entry : document.at("entries")) {
        text += entry.at("action").get<std::string>() + " ";
    }
    return text;
}

}  // namespace

TEST_CASE("the history tells every commit, newest first") {
    TestWorld world;
    world.must("partner new --primary a.example -m one");
    world.must("partner edit a.example --keepalive false -m two");
    world.must("partner edit a.example --primary b.example -m three");
    world.must("partner new --primary a.example -m four");
    world.must("partner remove a.example b.example --yes -m five");

    CHECK(actions(world, "") ==
          "partner.remove partner.remove partner.create partner.rename partner.update "
          "partner.create ");
    CHECK(actions(world, "--limit 2") == "partner.remove partner.remove ");
    CHECK(actions(world, "--limit 0").empty());
    CHECK(actions(world, "--partner a.example") ==
          "partner.remove partner.create partner.rename partner.update partner.create ");
    CHECK(actions(world, "--partner B.example.") == "partner.remove partner.rename partner.update partner.create ");
    CHECK(actions(world, "--partner a.example --limit 1") == "partner.remove ");
    CHECK(actions(world, "--partner nobody.example").empty());
    CHECK(world.run("history --partner a..b").code == 3);

    const auto entries = world.must("history -o json").json().at("entries");
    CHECK(entries.at(0).at("commit") == 5);
    CHECK(entries.at(1).at("commit") == 5);
    CHECK(entries.at(0).at("sequence") == 6);
    CHECK(entries.at(5).at("before").is_null());
    CHECK(entries.at(4).at("before").at("keepalive") == true);
    CHECK(entries.at(4).at("after").at("keepalive") == false);
    CHECK_FALSE(entries.at(4).at("after").contains("methods"));
}

TEST_CASE("the last fifty entries are shown when no limit is given") {
    TestWorld world;
    world.must("partner new --primary a.example");
    for (int i = 0; i < 52; ++i) {
        world.must(fmt::format("partner edit a.example --connection-limit {}", i + 1));
    }
    CHECK(world.must("history -o json").json().at("entries").size() == 50);
    CHECK(world.must("history -o json --limit 99").json().at("entries").size() == 53);
}

TEST_CASE("the history says how many entries it left out") {
    TestWorld world;
    world.must("partner new --primary a.example");
    world.must("partner new --primary b.example");
    world.must("partner edit a.example --keepalive false");
    const auto left_out = world.must("history -o json --limit 1");
    CHECK(left_out.json().at("entries").size() == 1);
    CHECK(left_out.json().at("more") == true);
    CHECK(left_out.err == "xmppfed: note: 2 older entries were left out: `--limit 3` shows all\n");
    CHECK(world.must("history --limit 2 -o csv").err ==
          "xmppfed: note: 1 older entry was left out: `--limit 3` shows all\n");
    CHECK(world.must("history --limit 2 -q").err.empty());
    CHECK(world.must("history --limit 0 -o json").json().at("more") == true);
    CHECK(world.must("history --partner b.example --limit 1 -o json").json().at("more") == false);
    CHECK(world.must("history --partner a.example --limit 1 -o json").json().at("more") == true);
    for (const auto* line : {"history -o json", "history -o json --limit 3"}) {
        CHECK(world.must(line).json().at("more") == false);
        CHECK(world.must(line).err.empty());
    }
}

TEST_CASE("an entry of the history is committed again, of an earlier life too") {
    TestWorld world;
    world.must("partner new --primary a.example --description one");                 // entry 1
    world.must("partner edit a.example --description two");                          // 2
    world.must("partner remove a.example --yes");                                    // 3
    world.must("partner new --primary a.example --description three");               // 4
    world.must("partner new --primary c.example");                                   // 5
    world.must("partner edit c.example --primary b.example --description renamed");  // 6
    const auto description_at = [&](int entry, std::string_view domain = "a.example") {
        const auto line = fmt::format("partner revert {} --to-entry {} --dry-run -o json", domain, entry);
        return world.must(line).json().at("partner").at("description").get<std::string>();
    };
    CHECK(description_at(1) == "one");
    CHECK(description_at(2) == "two");
    CHECK(description_at(3) == "two");  // before it was removed
    CHECK(description_at(4) == "three");
    CHECK(description_at(6, "b.example") == "renamed");
    CHECK(world.must("partner revert b.example --to-entry 5 --dry-run -o json")
              .json()
              .at("partner")
              .at("primary_domain") == "c.example");

    CHECK(world.must("partner revert a.example --to-entry 1 -o json").json().at("partner").at("revision") == 2);
    world.must("partner remove a.example --yes");
    world.must("partner revert a.example --to-entry 4");
    CHECK(world.partner("a.example").at("description") == "three");
    CHECK(world.partner("a.example").at("revision") == 1);

    for (const auto* entry : {"5", "0", "-1", "99"}) {  // another partner's, or none
        const auto result = world.run(fmt::format("partner revert a.example --to-entry {}", entry));
        CHECK(result.code == 4);
        CHECK_THAT(result.err, Catch::Contains(fmt::format("has no entry {} in its history", entry)));
    }
    CHECK(world.run("partner revert nobody.example --to-entry 1").code == 4);
    CHECK(world.run("partner revert c.example --to-entry 5").code == 4);  // it was renamed
    CHECK(world.run("partner revert a.example --to-entry x").code == 2);
    CHECK(world.run("partner revert a.example").code == 2);
    CHECK(world.run("partner revert a.example --to 1 --to-entry 1").code == 2);
}

TEST_CASE("the history comes in every format") {
    TestWorld world;
    world.must("partner new --primary a.example -m 'why, \"indeed\"'");
    world.must("partner edit a.example --description two --keepalive false");
    CHECK(world.must("history").out ==
          "ENTRY  COMMIT  AT                    ACTOR   ACTION          SUBJECT    REV  "
          "CHANGED                                               MESSAGE\n"
          "2      2       2026-03-15T09:30:00Z  tester  partner.update  a.example  2    "
          "description: (none) -> two; keepalive: true -> false\n"
          "1      1       2026-03-15T09:30:00Z  tester  partner.create  a.example  1    "
          "                                                      why, \"indeed\"\n");
    const auto document = world.must("history -o json").json();
    CHECK(document.at("kind") == "history");
    const auto lines = world.must("history -o jsonl").out;
    CHECK(lines == document.at("entries").at(0).dump() + "\n" + document.at("entries").at(1).dump() + "\n");
    const auto csv = world.must("history -o csv --limit 1 --partner a.example").out;
    CHECK_THAT(csv, Catch::Matchers::StartsWith(
                        "sequence,commit,at,actor,message,action,subject,before,after\r\n"
                        "2,2,2026-03-15T09:30:00Z,tester,,partner.update,partner,\"{\"\"primary_domain\"\":"));
}

TEST_CASE("the first edge says how much was set, where there is hardly room") {
    TestWorld world;
    world.must("edge set --access-edge sip.contoso.com --sip-domain contoso.com --city London");
    world.must("edge set --city Paris");
    world.terminal.stdout_is_one = true;
    world.terminal.columns = 80;
    const auto table = world.must("history").out;
    CHECK_THAT(table, Contains("3 fields set") && Contains("city: London -> Paris"));
}

TEST_CASE("keys that an older entry lacks have their defaults") {
    TestWorld world;
    world.must("partner new --primary a.example --enabled false");
    world.must("edge set --access-edge sip.contoso.com");
    const auto whole = world.must("history -o json").json().at("entries");
    // As before there were these fields; the time of the checksums is over then, which is nothing to this.
    test::force_sql(world.store(),
                    "UPDATE history SET after = json_remove(after, '$.accepted_warnings', '$.keepalive', '$.city')");
    const auto older = world.must("history -o json").json().at("entries");
    CHECK(older.dump() == whole.dump());
    const auto table = world.must("history").out;
    CHECK_THAT(table, !Contains("keepalive"));
}

TEST_CASE("a history that is not there is an empty one") {
    TestWorld world;
    const auto result = world.must("history");
    CHECK(result.out.empty());
    CHECK(result.err == "xmppfed: note: there is no such entry\n");
    CHECK(world.must("history -o json").json().at("entries") == Json::array());
    CHECK(world.directory.names().empty());
}

TEST_CASE("a damaged entry is told as damage, in every format") {
    TestWorld world;
    world.must("partner new --primary a.example");
    const auto* const after = GENERATE("{bad}", "[]", R"({"primary_domain":1})");
    INFO(after);
    test::force_sql(world.store(), fmt::format("UPDATE history SET after = '{}'", after));
    for (const auto* line :
         {"history", "history -o json", "history -o jsonl", "history -o csv", "partner revert a.example --to 2"}) {
        INFO(line);
        const auto result = world.run(line);
        CHECK(result.code == (std::string_view{after}.starts_with(R"({"p)") && line[0] == 'p' ? 4 : 1));
        CHECK_THAT(result.err, !Contains("bug"));
        CHECK_THAT(result.out, !Contains("discarded"));
    }
}
