#include <sys/stat.h>

#include <filesystem>

#include <fmt/format.h>
#include <catch2/catch.hpp>

#include "tests/support/test_world.hpp"

using namespace xmppfed;
using test::TestWorld;
namespace fs = std::filesystem;

namespace {

bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

std::string file_at(const TestWorld& world, const char* name) {
    return test::read_file(world.directory / name);
}

/// The files in the directory of the test.
std::size_t files_in(const TestWorld& world) {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator{world.directory.path()}, fs::directory_iterator{}));
}

void add_many(TestWorld& world, int number) {
    std::string lines;
    for (int i = 0; i < number; ++i) {
        lines += fmt::format("{{\"primary_domain\": \"p{:05}.example\"}}\n", i);
    }
    test::write_file(world.directory / "many.jsonl", lines);
    world.must(fmt::format("apply --file {} -q", world.directory / "many.jsonl"));
}

}  // namespace

TEST_CASE("a report is a page of HTML, or of Markdown") {
    TestWorld world;
    world.must("partner new --primary fabrikam.com --description 'a <b> & c' -q");
    const auto html = world.must("report").out;
    CHECK(html.starts_with("<!DOCTYPE html>\n"));
    CHECK(contains(html, "<bdi>fabrikam.com</bdi>"));
    CHECK(contains(html, "a &lt;b&gt; &amp; c"));
    CHECK(html == world.must("report --format html --to -").out);
    const auto markdown = world.must("report --format markdown").out;
    CHECK(markdown.starts_with("# XMPP federation\n"));
    CHECK(contains(markdown, "| `fabrikam.com` | public-unverified | sasl-over-tls | enabled |"));
}

TEST_CASE("a report in a file is that of standard output, and replaces the one before it") {
    TestWorld world;
    world.must("partner new --primary fabrikam.com -q");
    const auto line = fmt::format("report --to {}", world.directory / "page.html");
    CHECK(world.must(line).out == fmt::format("{}: written\n", world.directory / "page.html"));
    CHECK(file_at(world, "page.html") == world.must("report").out);
    fs::permissions(world.directory / "page.html", fs::perms::owner_read | fs::perms::group_read);
    world.must("partner new --primary litwareinc.com -q");
    CHECK(world.must(line + " -q").out.empty());
    CHECK(contains(file_at(world, "page.html"), "litwareinc.com"));
    CHECK(fs::status(world.directory / "page.html").permissions() == (fs::perms::owner_read | fs::perms::group_read));
    CHECK(files_in(world) == 2);
}

TEST_CASE("a report that cannot be written leaves what was there") {
    TestWorld world;
    world.must("partner new --primary fabrikam.com -q");
    fs::create_directory(world.directory / "folder");
    CHECK(world.run(fmt::format("report --to {}", world.directory / "folder")).code == 5);
    CHECK(world.run(fmt::format("report --to {}", world.directory / "none/page.html")).code == 1);
    CHECK(world.run("report --to ''").code == 2);
    const auto store = file_at(world, "store.db");
    const auto refused = world.run(fmt::format("report --to {}", world.store()));
    CHECK(refused.code == 5);
    CHECK(contains(refused.err, "is a file of the store itself"));
    CHECK(file_at(world, "store.db") == store);
}

TEST_CASE("a report that somebody interrupts leaves no file") {
    TestWorld world;
    add_many(world, 1500);
    test::write_file(world.directory / "page.html", "the one before");
    world.is_interrupted = true;
    const auto result = world.run(fmt::format("report --to {}", world.directory / "page.html"));
    CHECK(result.code == 1);
    CHECK(file_at(world, "page.html") == "the one before");
    CHECK(files_in(world) == 3);
}

TEST_CASE("a report of no store is empty, and says so") {
    TestWorld world;
    const auto result = world.run("report");
    CHECK(result.code == 0);
    CHECK(contains(result.out, "There are no partners."));
    CHECK(contains(result.err, "it counts as empty"));
    CHECK(files_in(world) == 0);
}

TEST_CASE("a report has no form for programs") {
    TestWorld world;
    for (const auto* format : {"json", "jsonl", "csv"}) {
        CHECK(world.run(fmt::format("report -o {}", format)).code == 2);
    }
    const auto result = world.run("report --format htm");
    CHECK(result.code == 2);
    CHECK(contains(result.err, "did you mean `html`?"));
}

TEST_CASE("a report looks back 30 days") {
    TestWorld world;
    world.must("partner new --primary old.example -q");
    world.now += std::chrono::seconds{1};
    world.must("partner new --primary fabrikam.com -m 'the <first>' -q");
    world.now += std::chrono::days{30};
    const auto markdown = world.must("report --format markdown").out;
    CHECK(contains(markdown, "commit 2: the &lt;first&gt;"));
    CHECK_FALSE(contains(markdown, "commit 1"));
    CHECK(contains(markdown, "Commits in 30 days: **1**, by tester"));
    world.now += std::chrono::seconds{1};
    CHECK(contains(world.must("report").out, "<p>Nothing has changed.</p>"));
}

TEST_CASE("long lists of a report are folded away, and all of it is there") {
    TestWorld world;
    add_many(world, 600);
    const auto html = world.must("report").out;
    CHECK(contains(html, "<bdi>p00000.example</bdi> to <bdi>p00249.example</bdi>"));
    for (const auto* domain : {"p00000.example", "p00333.example", "p00599.example"}) {
        CHECK(contains(html, fmt::format("<th scope=\"row\"><bdi>{}</bdi>", domain)));
    }
    CHECK(contains(html, "and 590 more: <code>xmppfed history --commit 1</code>"));
}

TEST_CASE("a look at servers comes from a file that must be one") {
    TestWorld world;
    world.must("partner new --primary fabrikam.com -q");
    const auto path = world.directory / "probe.json";
    test::write_file(path, R"({"format_version": "1.0", "kind": "probe", "from": "contoso.com",
 "at": "2026-03-15T06:00:00Z", "partners": [], "diagnostics": []})");
    CHECK(contains(world.must(fmt::format("report --probe {}", path)).out, "Looked at 0 domains"));
    CHECK(world.run(fmt::format("report --probe {}", world.directory / "none.json")).code == 4);
    test::write_file(path, "{\n \"kind\": \"validation\"}");
    const auto result = world.run(fmt::format("report --probe {} --to {}", path, world.directory / "page.html"));
    CHECK(result.code == 1);
    CHECK(contains(result.err, fmt::format("{}:2:10: kind must be \"probe\", not 'validation'", path)));
    CHECK_FALSE(fs::exists(world.directory / "page.html"));
    CHECK(world.run(fmt::format("report --probe {}", world.directory.path())).code == 1);
}

TEST_CASE("what is damaged in a store is a finding of its report") {
    TestWorld world;
    world.must("edge set --access-edge sip.contoso.com --sip-domain contoso.com -q");
    world.must(fmt::format("cert request --curve P-256 --out {} --key-out {} -q", world.directory / "edge.csr",
                           world.directory / "edge.key"));
    test::force_sql(world.store(),
                    R"(UPDATE cert_request SET state = 'assigned', certificate = '{"pem": "none", "chain": "",
        "issuer": "", "serial": "", "fingerprint": "", "thumbprint": "", "not_before": "", "not_after": "",
        "imported_at": "", "allowed_missing": [], "has_whole_chain": false}')");
    const auto result = world.run("report --format markdown");
    INFO(result.err);
    CHECK(result.code == 0);
    CHECK(contains(result.out, "Certificate in use: **none**, it cannot be read"));
}
