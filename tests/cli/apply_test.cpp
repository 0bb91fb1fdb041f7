// `plan` and `apply` in process: what is said on which stream. Manifests themselves are tested by core and by processes.

#include <fmt/format.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/support/test_world.hpp"

using namespace xmppfed;
using Catch::Contains;
using Catch::EndsWith;
using Catch::StartsWith;
using test::TestWorld;

namespace {

/// Writes a manifest of one partner and returns the option that names it.
std::string manifest(const TestWorld& world, std::string_view text) {
    const auto path = world.directory / "partners.jsonl";
    test::write_file(path, text);
    return "--file " + path;
}

constexpr auto fabrikam = R"({"primary_domain":"fabrikam.com","additional_domains":["corp.fabrikam.com"]})";

}  // namespace

TEST_CASE("a plan reads like a diff, and apply says what it did") {
    TestWorld world;
    const auto file = manifest(world, fabrikam);
    CHECK_THAT(world.must("plan " + file).out,
               StartsWith("+ partner fabrikam.com\n    additional_domains: corp.fabrikam.com\n") &&
                   EndsWith("\nPlan: 1 to create, 0 to update, 0 to remove, 0 unchanged.\n"));
    CHECK(world.run("plan --detailed-exitcode " + file).code == 10);
    CHECK_THAT(world.must("apply " + file).out, EndsWith("\nApplied: 1 created, 0 updated, 0 removed, 0 unchanged.\n"));
    CHECK(world.must("plan --detailed-exitcode " + file).out == "No changes: 1 unchanged.\n");
    const auto again = world.must("apply " + file);
    CHECK(again.out == "No changes: 1 unchanged.\n");
    CHECK(again.err == "xmppfed: note: nothing changed\n");

    world.must("partner new --primary litwareinc.com");
    const auto changed = manifest(
        world, R"({"primary_domain":"fabrikam.com","additional_domains":["it.fabrikam.com"],"enabled":false})");
    CHECK(world.must("plan --prune " + changed).out ==
          "~ partner fabrikam.com\n    additional_domains: +it.fabrikam.com -corp.fabrikam.com\n"
          "    enabled: true -> false\n- partner litwareinc.com\n"
          "Plan: 0 to create, 1 to update, 1 to remove, 0 unchanged.\n");
}

TEST_CASE("a plan for the edge tells the order of our domains, and none from never set") {
    TestWorld world;
    world.must("edge set --sip-domain o.example,b.example -q");
    const auto plan = [&](std::string_view edge) {
        const auto file = world.directory / "edge.json";
        test::write_file(file, fmt::format(R"({{"format_version":"1.0","kind":"manifest","edge":{{{}}}}})", edge));
        return world.must("plan --file " + file).out;
    };
    CHECK_THAT(plan(R"("sip_domains":["b.example","q.example","o.example"],"xmpp_domains":[])"),
               StartsWith("~ edge\n    sip_domains: +q.example in the order b.example, q.example, o.example\n"
                          "    xmpp_domains: (not set) -> (none)\n"));
    CHECK_THAT(plan(R"("sip_domains":["b.example","o.example"])"),
               StartsWith("~ edge\n    sip_domains: in the order b.example, o.example\n"));
    CHECK_THAT(plan(R"("sip_domains":["z.example","o.example"])"),
               StartsWith("~ edge\n    sip_domains: +z.example -b.example in the order z.example, o.example\n"));
    CHECK_THAT(plan(R"("sip_domains":["o.example","a.example"])"),
               StartsWith("~ edge\n    sip_domains: +a.example -b.example\nPlan"));
}

TEST_CASE("colours mark what comes, differs and goes") {
    TestWorld world;
    world.must("partner new --primary fabrikam.com");
    world.must("partner new --primary litwareinc.com");
    const auto file = manifest(world, std::string{fabrikam} + "\n" + R"({"primary_domain":"a.example"})");
    const auto plan = world.must("plan --color always --prune " + file).out;
    CHECK_THAT(plan, Contains("\x1b[32m+\x1b[0m \x1b[1mpartner a.example\x1b[0m"));
    CHECK_THAT(plan, Contains("\x1b[33m~\x1b[0m \x1b[1mpartner fabrikam.com\x1b[0m"));
    CHECK_THAT(plan, Contains("\x1b[31m-\x1b[0m \x1b[1mpartner litwareinc.com\x1b[0m"));
    CHECK_THAT(world.must("plan --prune " + file).out, !Contains("\x1b"));
}

TEST_CASE("a dry run shows the changes and commits none") {
    TestWorld world;
    const auto file = manifest(world, fabrikam);
    const auto result = world.must("apply --dry-run " + file);
    CHECK_THAT(result.out, StartsWith("+ partner fabrikam.com\n") &&
                               EndsWith("\nWould apply: 1 to create, 0 to update, 0 to remove, 0 unchanged.\n"));
    CHECK_THAT(result.err, Contains("dry run: nothing was committed"));
    CHECK(world.directory.names() == std::vector<std::string>{"partners.jsonl"});
    const auto document = world.must("apply --dry-run -o json " + file).json();
    CHECK(document["kind"] == "apply");
    CHECK(document["dry_run"] == true);
    CHECK(document["changes"].size() == 1);
}

TEST_CASE("quiet drops what apply prints, and no document") {
    TestWorld world;
    const auto file = manifest(world, fabrikam);
    const auto result = world.must("apply --quiet " + file);
    CHECK(result.out.empty());
    CHECK(result.err.empty());
    CHECK(world.must("apply --quiet -o json " + file).json()["summary"]["unchanged"] == 1);
    CHECK_THAT(world.must("plan --quiet " + file).out, StartsWith("No changes"));
}

TEST_CASE("long work tells on a terminal how far it is, and leaves no trace of that") {
    TestWorld world;
    std::string lines;
    for (int i = 0; i < 1000; ++i) {
        lines += fmt::format("{{\"primary_domain\":\"p{}.example\"}}\n", i);
    }
    const auto file = manifest(world, lines);
    CHECK(world.must("plan " + file).err.empty());
    world.terminal.stderr_is_one = true;
    const auto shown = world.must("plan " + file).err;
    CHECK_THAT(shown, Contains("\r\x1b[Kpartners read: 1000") && Contains("partners compared: 1000"));
    CHECK_THAT(shown, EndsWith("\r\x1b[K"));
    CHECK(world.must("plan --quiet " + file).err.empty());
}

TEST_CASE("the file must be named, and its formats are fewer") {
    TestWorld world;
    for (const auto* command : {"plan", "apply"}) {
        const auto missing = world.run(command);
        CHECK(missing.code == 2);
        CHECK_THAT(missing.err, Contains("--file is missing"));
        CHECK(world.run(fmt::format("{} {} -o csv", command, manifest(world, fabrikam))).code == 2);
    }
    CHECK(world.run("partner validate fabrikam.com " + manifest(world, fabrikam)).code == 2);
    CHECK(world.run("export -o csv").code == 2);
    CHECK(world.run("export --format powershell -o json").code == 2);
    CHECK_THAT(world.must("export").err, Contains("there is no store at"));
}
