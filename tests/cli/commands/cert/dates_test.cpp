// Certificates of a CA made by openssl, under a clock that the test moves to the second.

#include <cstdlib>
#include <filesystem>

#include <fmt/format.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "core/text/timestamp.hpp"
#include "tests/support/test_world.hpp"

using Catch::Matchers::Contains;
using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using xmppfed::test::Result;
using xmppfed::test::TestWorld;

namespace {

constexpr sys_seconds first_moment = sys_days{std::chrono::year{2026} / 4 / 1} + 12h;
constexpr sys_seconds last_moment = first_moment + days{90};

/// A world with an edge, a pending request, and a CA that answers it.
struct WithAuthority : TestWorld {
    WithAuthority() {
        must("edge set --access-edge sip.contoso.com --sip-domain contoso.com");
        must("cert request --curve P-256 --out edge.csr --key-out edge.key -q");
        xmppfed::test::write_file(directory / "index.txt", "");
        xmppfed::test::write_file(directory / "ca.cnf", fmt::format("[ca]\n"
                                                                    "default_ca = default\n"
                                                                    "[default]\n"
                                                                    "database = {0}/index.txt\n"
                                                                    "new_certs_dir = {0}\n"
                                                                    "certificate = {0}/ca.pem\n"
                                                                    "private_key = {0}/ca.key\n"
                                                                    "rand_serial = yes\n"
                                                                    "unique_subject = no\n"
                                                                    "default_md = sha256\n"
                                                                    "policy = policy\n"
                                                                    "copy_extensions = copy\n"
                                                                    "[policy]\n"
                                                                    "commonName = optional\n"
                                                                    "[req]\n"
                                                                    "distinguished_name = policy\n",
                                                                    directory.path()));
        openssl(
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=CA -keyout ca.key -out ca.pem "
            "-config ca.cnf");
        issue("edge", first_moment, last_moment);
    }

    void openssl(std::string_view words) {
        const auto line = fmt::format("cd '{}' && openssl {} >log 2>&1 </dev/null", directory.path(), words);
        const int status = std::system(line.c_str());  // NOLINT(cert-env33-c,concurrency-mt-unsafe): a test
        INFO(xmppfed::test::read_file(directory / "log"));
        REQUIRE(status == 0);
    }

    /// Signs NAME.csr as NAME.pem; the CA's own certificate and key are CA.pem and CA.key.
    void issue(std::string_view name, sys_seconds from, sys_seconds to, std::string_view ca = "ca") {
        const auto utc = [](sys_seconds time) {
            auto text = xmppfed::core::timestamp(time);  // 2026-04-01T12:00:00Z
            std::erase_if(text, [](char c) { return c == '-' || c == ':' || c == 'T'; });
            return text;
        };
        openssl(
            fmt::format("ca -batch -notext -config ca.cnf -cert {3}.pem -keyfile {3}.key -in {0}.csr -out {0}.pem "
                        "-startdate {1} -enddate {2}",
                        name, utc(from), utc(to), ca));
    }

    /// The words that import NAME.pem.
    [[nodiscard]] std::string importing(std::string_view name) const {
        return fmt::format("cert import {}/{}.pem", directory.path(), name);
    }

    Result at(sys_seconds moment, std::string_view line) {
        now = moment;
        return run(line);
    }

    /// The same, with the certificate assigned before.
    void assign() {
        now = first_moment;
        must(fmt::format("{} --chain {}/ca.pem -q", importing("edge"), directory.path()));
        must("cert assign 1 --to certs -q");
    }
};

std::vector<std::string> rules_of(const Result& result) {
    std::vector<std::string> rules;
    const auto document = result.json();
    for (const auto& diagnostic : document.at("diagnostics")) {
        rules.push_back(diagnostic.at("rule"));
    }
    return rules;
}

using Rules = std::vector<std::string>;

}  // namespace

TEST_CASE("a certificate is imported from its first second to its last") {
    const auto [moment, code, rules] =
        GENERATE(table<sys_seconds, int, Rules>({{first_moment - 1s, 3, {"cert-not-yet-valid"}},
                                                 {first_moment, 0, {}},
                                                 {last_moment - days{30}, 0, {}},
                                                 {last_moment - days{30} + 1s, 0, {"cert-expires-soon"}},
                                                 {last_moment, 0, {"cert-expires-soon"}},
                                                 {last_moment + 1s, 3, {"cert-expired"}}}));
    WithAuthority world;
    const auto before = world.state();
    for (const auto* options : {" --dry-run -o json", " -o json"}) {
        const auto result = world.at(moment, world.importing("edge") + options);
        CHECK(result.code == code);
        CHECK(rules_of(result) == rules);
    }
    CHECK((world.state() == before) == (code != 0));
    const auto checked = world.at(moment, fmt::format("cert check {}/edge.pem -o json", world.directory.path()));
    CHECK(checked.code == code);
    CHECK(rules_of(checked) == rules);
}

TEST_CASE("certificates of --chain that are not above ours are left out, and a note says so") {
    WithAuthority world;
    world.now = first_moment;
    const auto beside =
        fmt::format("{} --dry-run --chain {}/edge.pem", world.importing("edge"), world.directory.path());
    CHECK_THAT(world.must(beside).err, Contains("no certificate of --chain has issued this one"));
    CHECK_THAT(world.must(world.importing("edge")).err, !Contains("left out"));
}

TEST_CASE("status counts the days and expires to the second") {
    WithAuthority world;
    world.assign();
    const auto [moment, code, left, rules] =
        GENERATE(table<sys_seconds, int, int, Rules>({{first_moment, 0, 90, {}},
                                                      {last_moment - days{30}, 0, 30, {}},
                                                      {last_moment - days{30} + 1s, 0, 29, {"cert-expires-soon"}},
                                                      {last_moment - 1s, 0, 0, {"cert-expires-soon"}},
                                                      {last_moment, 0, 0, {"cert-expires-soon"}},
                                                      {last_moment + 1s, 3, -1, {"cert-expired"}},
                                                      {last_moment + days{1}, 3, -1, {"cert-expired"}},
                                                      {last_moment + days{1} + 1s, 3, -2, {"cert-expired"}},
                                                      {first_moment - 1s, 3, 90, {"cert-not-yet-valid"}}}));
    const auto result = world.at(moment, "cert status -o json");
    CHECK(result.code == code);
    CHECK(result.json().at("days_left") == left);
    CHECK(rules_of(result) == rules);
    CHECK(world.run("cert status --strict").code == (rules.empty() ? 0 : 3));
    CHECK(world.run("cert status --warn-days 0").code == code);
}

TEST_CASE("days that are over are told as such to people") {
    WithAuthority world;
    world.assign();
    CHECK_THAT(world.at(last_moment - days{9}, "cert status").out, Contains("Days left:      9\n"));
    CHECK_THAT(world.run("doctor --offline").out, Contains("Z, in 9 days\n"));
    CHECK_THAT(world.at(last_moment + days{2}, "cert status").out, Contains("Days left:      ended 2 days ago\n"));
    CHECK_THAT(world.run("doctor --offline").out, Contains("Z, 2 days ago\n"));
}

TEST_CASE("days that a chain is over are told as such to people") {
    WithAuthority world;
    world.openssl(
        "req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=Between -keyout between.key "
        "-out between.csr -addext basicConstraints=critical,CA:TRUE -config ca.cnf");
    world.issue("between", first_moment, first_moment + days{10});
    world.issue("edge", first_moment, last_moment, "between");
    world.now = first_moment;
    world.must(fmt::format("{} --chain {}/between.pem -q", world.importing("edge"), world.directory.path()));
    world.must("cert assign 1 --to certs -q");
    CHECK_THAT(world.at(first_moment + days{9}, "cert status").out,
               Contains("Days left:      81\n") && Contains("Chain:          1 CA certificate, 1 day left\n"));
    CHECK_THAT(world.at(first_moment + days{12}, "cert status").out,
               Contains("Days left:      78\n") && Contains("Chain:          1 CA certificate, ended 2 days ago\n"));
}

TEST_CASE("status tells a chain that nobody has shown not to be needed") {
    WithAuthority world;
    world.now = first_moment;
    world.must(world.importing("edge") + " -q");
    world.must("cert assign 1 --to certs -q");
    const auto told = world.run("cert status -o json");
    CHECK(told.code == 0);
    CHECK(rules_of(told) == Rules{"cert-chain-incomplete"});
    CHECK(world.run("cert status --strict").code == 0);
    CHECK_THAT(world.must("cert status").out, Contains("Chain:          none on record"));
    // The root itself shows that none is needed.
    world.must(fmt::format("{} --chain {}/ca.pem -q", world.importing("edge"), world.directory.path()));
    CHECK(rules_of(world.run("cert status -o json")).empty());
    CHECK_THAT(world.must("cert status").out, Contains("Chain:          none is needed"));
}

TEST_CASE("status warns as early as it is asked to") {
    WithAuthority world;
    world.assign();
    const auto warns = [&](sys_seconds moment, int warn_days) {
        const auto result = world.at(moment, fmt::format("cert status --warn-days {} -o json", warn_days));
        CHECK(result.code == 0);
        return rules_of(result) == Rules{"cert-expires-soon"};
    };
    for (const int number : {1, 29, 30, 60}) {
        CHECK_FALSE(warns(last_moment - days{number}, number));
        CHECK(warns(last_moment - days{number} + 1s, number));
    }
    CHECK_FALSE(warns(last_moment, 0));
    CHECK(warns(first_moment, 3650));
}

TEST_CASE("what has expired is not assigned, and what expires soon is with a warning") {
    WithAuthority world;
    world.now = first_moment;
    world.must(world.importing("edge") + " -q");
    const auto expired = world.at(last_moment + 1s, "cert assign 1 --to certs");
    CHECK(expired.code == 3);
    CHECK_THAT(expired.err, Contains("[cert-expired]"));
    CHECK(world.at(first_moment - 1s, "cert assign 1 --to certs").code == 3);
    const auto soon = world.at(last_moment, "cert assign 1 --to certs --strict");
    CHECK(soon.code == 3);
    CHECK_THAT(soon.err, Contains("[cert-expires-soon]"));
    const auto names = world.directory.names();
    CHECK(std::ranges::count(names, "certs") == 0);
    const auto assigned = world.at(last_moment, "cert assign 1 --to certs");
    CHECK(assigned.code == 0);
    CHECK_THAT(assigned.err, Contains("[cert-expires-soon]"));
}

TEST_CASE("the one before cannot come back once it has expired") {
    WithAuthority world;
    world.assign();
    world.must("cert request --renew 1 --out two.csr --key-out two.key -q");
    world.issue("two", first_moment, last_moment + days{90});
    world.must(world.importing("two") + " -q");
    world.must("cert assign 2 -q");
    CHECK(world.at(last_moment, "cert assign 1 -q").code == 0);
    world.must("cert assign 2 -q");
    CHECK(world.at(last_moment + 1s, "cert assign 1").code == 3);
    CHECK(world.must("cert status -o json").json().at("request") == 2);
}

TEST_CASE("how long a certificate may last is counted to the second") {
    using std::chrono::year;
    const auto [day, most] = GENERATE(table<sys_days, int>({{year{2020} / 9 / 1, 398},
                                                            {year{2026} / 3 / 14, 398},
                                                            {year{2026} / 3 / 15, 200},
                                                            {year{2027} / 3 / 15, 100},
                                                            {year{2029} / 3 / 15, 47}}));
    WithAuthority world;
    const sys_seconds from = day;
    for (const auto& [more, rules] : {std::pair{-1s, Rules{}}, {0s, Rules{"cert-lifetime-too-long"}}}) {
        world.issue("edge", from, from + days{most} + more);
        const auto result = world.at(from, world.importing("edge") + " --dry-run -o json");
        CHECK(result.code == 0);
        CHECK(rules_of(result) == rules);
    }
}

TEST_CASE("show tells what the rules find today") {
    WithAuthority world;
    CHECK(rules_of(world.at(first_moment, "cert show 1 -o json")).empty());
    world.must("edge set --organizational-unit IT -q");
    CHECK(rules_of(world.run("cert show 1 -o json")) == Rules{"cert-ou-present"});
    world.must(world.importing("edge") + " -q");
    CHECK(rules_of(world.run("cert show 1 -o json")).empty());
    CHECK(rules_of(world.at(last_moment, "cert show 1 -o json")) == Rules{"cert-expires-soon"});
    const auto expired = world.at(last_moment + 1s, "cert show 1 -o json");
    CHECK(expired.code == 0);
    CHECK(rules_of(expired) == Rules{"cert-expired"});
    CHECK_THAT(world.must("cert show 1").out, Contains("[cert-expired]"));
}

TEST_CASE("a root is left out of the chain, and a note tells it from another CA") {
    WithAuthority world;
    world.now = first_moment;
    const auto import = world.importing("edge") + " --dry-run";
    CHECK_THAT(world.must(fmt::format("{} --chain {}/ca.pem", import, world.directory.path())).err,
               Contains("a root has issued this one") && !Contains("no certificate of --chain"));
    CHECK_THAT(world.must(import).err, Contains("servers will send it without a chain"));
}

TEST_CASE("the key of a request is only reused while it is that key") {
    WithAuthority world;
    world.must("cert request --renew 1 --reuse-key --out again.csr --dry-run");
    world.openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out edge.key");
    const auto refused = world.run("cert request --renew 1 --reuse-key --out again.csr");
    CHECK(refused.code == 3);
    CHECK_THAT(refused.err, Contains("is not that of certificate request 1 [cert-key-mismatch]"));
    CHECK_FALSE(std::filesystem::exists(std::string{world.directory / "again.csr"}));
}

TEST_CASE("a certificate for a stranger's key is refused, whose request is none on Windows") {
    WithAuthority world;
    world.openssl(
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=sip.contoso.com -keyout other.key "
        "-out other.pem -config ca.cnf");
    const auto result = world.run(world.importing("other"));
    CHECK(result.code == 3);
    CHECK_THAT(result.err, Contains("give the certificate that was issued for one of them") && !Contains("Windows"));
}

TEST_CASE("CSV tells the names of a request and when its certificate ends") {
    WithAuthority world;
    CHECK_THAT(world.must("cert list -o csv").out, Contains(",sip.contoso.com contoso.com,,\r\n"));
    world.now = first_moment;
    world.must(world.importing("edge") + " -q");
    CHECK_THAT(
        world.must("cert list -o csv").out,
        Contains(",names,not_after,host\r\n") && Contains(",sip.contoso.com contoso.com,2026-06-30T12:00:00Z,\r\n"));
    CHECK_THAT(world.must("cert show 1 -o csv").out, Contains(",2026-06-30T12:00:00Z,\r\n"));
}

TEST_CASE("store check misses the files of the certificate in use") {
    WithAuthority world;
    world.assign();
    CHECK_THAT(world.must("store check").out, !Contains("not whole"));
    std::filesystem::remove(std::string{world.directory / "certs/1/fullchain.pem"});
    CHECK_THAT(world.must("store check").out, Contains("is missing, or not whole"));
}
