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

namespace {

/// Three partners, and a file that names one of them.
struct PruningWorld : TestWorld {
    PruningWorld() {
        for (const auto* name : {"fabrikam.com", "litwareinc.com", "tailspin.example"}) {
            must(fmt::format("partner new -q --primary {}", name));
        }
        must("partner edit fabrikam.com --additional corp.fabrikam.com -q");
        file = manifest(*this, fabrikam);
        terminal.stdin_is_one = true;
        terminal.stderr_is_one = true;
    }
    std::string file;
};

}  // namespace

TEST_CASE("pruning asks on a terminal before anything is removed") {
    const auto [answer, code] = GENERATE(table<const char*, int>({{"y", 0}, {"n", 1}, {"", 1}}));
    PruningWorld world;
    const auto before = world.state();
    world.input.emplace_back(answer);
    const auto result = world.run("apply --prune " + world.file);
    CHECK(result.code == code);
    CHECK_THAT(result.err, Contains("The file does not name 2 partners: litwareinc.com, tailspin.example. Remove them? "
                                    "[y/N] "));
    CHECK((world.state() == before) == (code == 1));
    if (code == 1) {
        CHECK_THAT(result.err, Contains("declined; nothing was changed") && Contains("--yes"));
        CHECK(result.out.empty());
    }
}

TEST_CASE("pruning asks only where it removes, and where somebody is there to answer") {
    PruningWorld world;
    const auto is_silent = [&](const std::string& options) {
        const auto result = world.must("apply " + options);
        return result.err.find("[y/N]") == std::string::npos;
    };
    CHECK(is_silent(world.file));
    CHECK(is_silent("--prune --dry-run " + world.file));
    test::write_file(world.directory / "unsound.jsonl", R"({"primary_domain":"a..b"})");
    const auto unsound = world.run("apply --prune --file " + world.directory / "unsound.jsonl");
    CHECK(unsound.code == 3);
    CHECK_THAT(unsound.err, !Contains("[y/N]"));
    CHECK(world.run("apply --prune --if-store-revision 1 " + world.file).code == 5);

    SECTION("--yes answers") {
        CHECK(is_silent("--prune --yes " + world.file));
    }
    SECTION("--no-input") {
        CHECK(is_silent("--prune --no-input " + world.file));
    }
    SECTION("no terminal for input") {
        world.terminal.stdin_is_one = false;
        CHECK(is_silent("--prune " + world.file));
    }
    SECTION("no terminal for messages") {
        world.terminal.stderr_is_one = false;
        CHECK(is_silent("--prune " + world.file));
    }
    CHECK(world.must("partner list -o json").json()["partners"].size() == 1);
    CHECK(is_silent("--prune " + world.file));
}

TEST_CASE("importing asks in the same way, and a plan never") {
    PruningWorld world;
    test::write_file(world.directory / "dump.json", R"([{"Identity":"fabrikam.com"},{"Identity":"litwareinc.com"}])");
    world.input.emplace_back("n");
    const auto declined = world.run("partner import --prune " + world.directory / "dump.json");
    CHECK(declined.code == 1);
    CHECK_THAT(declined.err,
               Contains("The file does not name 1 partner: tailspin.example. Remove it? [y/N] ") && Contains("--yes"));
    world.must("plan --prune " + world.file);
    CHECK(world.run("plan --prune --yes " + world.file).code == 2);
}

TEST_CASE("warnings of what stays as it is are counted, and those of what changes told") {
    TestWorld world;
    world.must("edge set --access-edge sip.contoso.com --sip-domain contoso.com -q");
    const std::string odd = R"({"primary_domain":"a.example","additional_domains":["b.test","c.test"]})";
    world.must("apply -q " + manifest(world, odd));
    const auto file = manifest(world, odd + "\n" + R"({"primary_domain":"d.example","dialback":true})");
    for (const auto* line : {"plan", "apply --dry-run", "apply"}) {
        const auto result = world.must(fmt::format("{} -o json {}", line, file));
        const auto document = result.json();
        CHECK(document["summary"]["unchanged_warnings"] == 2);
        REQUIRE(document["diagnostics"].size() == 1);
        CHECK(document["diagnostics"][0]["rule"] == "dialback-unused");
        CHECK_THAT(result.err, Contains("what stays as it is has 2 warnings: `xmppfed partner validate` shows them"));
    }
    const auto nothing = world.must("plan --strict -o json " + file).json();  // which refuses no old warning
    CHECK(nothing["summary"]["unchanged_warnings"] == 3);
    CHECK(nothing["diagnostics"].empty());

    const auto path = world.directory / "edge.json";
    test::write_file(
        path,
        R"({"format_version":"1.0","kind":"manifest","edge":{"sip_domains":["a.example"]},"partners":[)" + odd + "]}");
    const auto edge = world.must("plan -o json --file " + path).json();  // a warning that the manifest brings about
    CHECK(edge["summary"]["unchanged_warnings"] == 2);
    REQUIRE(edge["diagnostics"].size() == 1);
    CHECK(edge["diagnostics"][0]["rule"] == "domain-own");
}

TEST_CASE("findings in a file name the partner, and hints the keys of the file") {
    TestWorld world;
    const auto book = world.directory / "book.jsonl";
    test::write_file(book,
                     "{\"primary_domain\":\"a.example\",\"tls\":\"not-supported\"}\n"
                     "{\"primary_domain\":\"b.example\",\"tls\":\"optional\"}\n");
    const std::string refused =
        R"(hint: use `"tls": "required"` or `"tls": "optional"`, or `"sasl": "not-supported", "dialback": true`;)";
    for (const auto* line : {"apply --file {}", "plan --file {}"}) {
        const auto result = world.run(fmt::format(fmt::runtime(line), book));
        INFO(result.err);
        CHECK_THAT(result.err, Contains(": a.example: SASL is required and TLS is not-supported") && Contains(refused));
        CHECK_THAT(result.err, Contains(": b.example: SASL is required but TLS only optional"));
        CHECK_THAT(result.err, !Contains("--tls") && !Contains("--sasl"));
    }
    const auto checked = world.run("partner validate --file " + book);
    CHECK_THAT(checked.out, Contains(": a.example: SASL") && Contains(refused));
    const auto document = world.run("partner validate -o json --file " + book).json();
    CHECK_THAT(document.at("diagnostics").at(0).at("hint").get<std::string>(), Contains(R"("tls": "required")"));

    test::write_file(world.directory / "dump.json", R"([{"Identity":"a.example","TlsNegotiation":"NotSupported"}])");
    CHECK_THAT(world.run("partner import " + (world.directory / "dump.json")).err,
               Contains(R"(`"TlsNegotiation": "required"`)"));
    CHECK_THAT(world.run("partner new --primary a.example --tls not-supported").err, Contains("`--tls required`"));
}
