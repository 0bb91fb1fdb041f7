// `edge probe`, with a resolver and servers in process.

#include <sys/stat.h>

#include <fmt/format.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/support/fake_dns.hpp"
#include "tests/support/fake_xmpp.hpp"
#include "tests/support/test_world.hpp"

using namespace xmppfed;
using Catch::Matchers::Contains;
using test::FakeDns;
using test::FakeXmpp;
using test::TestWorld;

namespace {

std::string golden_sample(const std::string& name) {
    return test::read_file(XMPPFED_SOURCE_DIR "/tests/golden/" + name);
}

/// A server with TLS and the certificate that was issued for the edge of the samples.
test::FakeXmppScript server_with_certificate() {
    return {.hello = test::fake_header("contoso.com") + test::fake_features(test::starttls_required),
            .secured = test::fake_header("contoso.com") + test::fake_features(test::dialback_feature),
            .chain = golden_sample("edge.crt") + golden_sample("intermediate.crt"),
            .key = golden_sample("edge.key")};
}

/// Our own side, with the certificate of the samples assigned, and a server.
struct Ours {
    explicit Ours(test::FakeXmppScript script) : xmpp{std::move(script)} {
        for (const auto* name : {"edge.crt", "edge.key", "root.crt", "intermediate.crt"}) {
            test::write_file(world.directory / name, golden_sample(name));
        }
        ::chmod((world.directory / "edge.key").c_str(), 0600);
        world.must(
            "edge set --access-edge sip.contoso.com --web-conferencing webcon.contoso.com --sip-domain "
            "contoso.com,fabrikam.com --xmpp-domain contoso.com");
    }
    void assign() {
        world.must(fmt::format("cert request --key {}/edge.key --out - -q", world.directory.path()));
        world.must(fmt::format("cert import {0}/edge.crt --chain {0}/intermediate.crt -q", world.directory.path()));
        world.must("cert assign 1 --to live -q");
    }
    test::Result probe(const std::string& rest = "") {
        return world.run(fmt::format("edge probe --connect 127.0.0.1:{} --ca-file root.crt {}", xmpp.port(), rest));
    }

    TestWorld world;
    FakeXmpp xmpp;
};

}  // namespace

TEST_CASE("edge probe says nothing of a server that serves what is assigned") {
    Ours ours{server_with_certificate()};
    ours.assign();
    const auto result = ours.probe();
    CHECK(result.code == 0);
    CHECK(result.err.empty());
    CHECK_THAT(result.out, Contains("contoso.com\n  Tried") && Contains("Seen        TLS required") &&
                               Contains("1 domain checked: 0 errors, 0 warnings\n") && !Contains("Outgoing"));
    CHECK(ours.probe("--strict").code == 0);
}

TEST_CASE("edge probe names no domain as the asking one, and shows no certificate") {
    auto script = server_with_certificate();
    script.requests_certificate = true;
    Ours ours{script};
    ours.assign();
    CHECK(ours.probe().code == 0);
    const auto heard = ours.xmpp.heard();
    REQUIRE_FALSE(heard.empty());
    CHECK_THAT(heard.front(), !Contains(" from=") && Contains("to='contoso.com'"));
    CHECK_THAT(heard.front(), Contains("</stream:stream>"));
}

TEST_CASE("edge probe tells that another certificate is served than the assigned one") {
    Ours ours{server_with_certificate()};
    CHECK(ours.probe().code == 0);
    CHECK_THAT(ours.probe().err, Contains("note: no certificate is assigned"));
    ours.assign();
    test::force_sql(ours.world.store(),
                    "UPDATE cert_request SET certificate = json_set(certificate, '$.fingerprint', 'AB')");
    const auto result = ours.probe("-o json");
    CHECK(result.code == 3);
    const auto document = result.json();
    CHECK(document.at("kind") == "probe");
    CHECK(document.at("from").is_null());
    CHECK(document.at("certificate").is_null());
    CHECK(document.at("partners").at(0).at("partner").is_null());
    CHECK(document.at("partners").at(0).at("domain") == "contoso.com");
    CHECK(document.at("partners").at(0).at("suggestion").is_null());
    CHECK(document.at("diagnostics").at(0).at("rule") == "edge-serves-other-certificate");
}

TEST_CASE("edge probe says that there is no domain to look at") {
    Ours ours{server_with_certificate()};
    ours.world.must("edge set --no-xmpp-domains");
    const auto result = ours.probe();
    CHECK(result.code == 0);
    CHECK_THAT(result.err, Contains("note: the edge has no XMPP domain") && !Contains("is assigned"));
}

TEST_CASE("edge probe tells of a server without TLS") {
    Ours ours{{.hello = test::fake_header("contoso.com") + test::fake_features(test::dialback_feature)}};
    const auto result = ours.probe();
    CHECK(result.code == 3);
    CHECK_THAT(result.out, Contains("error: 127.0.0.1") && Contains("does not offer TLS for contoso.com") &&
                               Contains("[probe-tls-missing]"));
}

TEST_CASE("edge probe compares the records with those that are needed") {
    Ours ours{server_with_certificate()};
    ours.assign();
    FakeDns dns;
    const std::string name = "_xmpp-server._tcp.contoso.com";
    dns.srv(name, {test::srv_record(name, 0, 0, ours.xmpp.port(), "other.contoso.com")});
    dns.address("other.contoso.com", "127.0.0.1");
    const auto result = ours.world.run("edge probe --ca-file root.crt -o json --resolver " + dns.address());
    CHECK(result.code == 3);
    CHECK(result.json().at("diagnostics").at(0).at("rule") == "dns-differs");
    CHECK(result.json().at("resolver").at(0) == dns.address());
}

TEST_CASE("edge probe takes resolver and roots from the settings, when no option names them") {
    Ours ours{server_with_certificate()};
    ours.assign();
    const auto connect = fmt::format("edge probe --connect 127.0.0.1:{}", ours.xmpp.port());
    CHECK_THAT(ours.world.run(connect).out, Contains("[probe-cert-untrusted]"));
    FakeDns dns;
    test::write_file(ours.world.settings_file(), fmt::format(R"({{"resolver": "{}", "ca_file": ["{}"]}})",
                                                             dns.address(), ours.world.directory / "root.crt"));
    CHECK(ours.world.run(connect).code == 0);
    CHECK(ours.world.run("edge probe -o json").json().at("resolver").at(0) == dns.address());
    CHECK(ours.world.run("dns check --edge -o json").json().at("resolver").at(0) == dns.address());
    const FakeDns another;
    CHECK(ours.world.run("edge probe -o json --resolver " + another.address()).json().at("resolver").at(0) ==
          another.address());
}

TEST_CASE("edge probe refuses what makes no sense") {
    Ours ours{server_with_certificate()};
    for (const auto* words : {"--from contoso.com", "--no-certificate", "--authenticate", "--ipv4 --ipv6",
                              "--deadline 0", "contoso.com", "--format prometheus -o json", "-o csv"}) {
        CAPTURE(words);
        CHECK(ours.probe(words).code == 2);
    }
    CHECK(ours.world.run("edge probe --connect 127.0.0.1:x").code == 2);
    CHECK(ours.probe("--ca-file nothing.crt").code == 4);
    TestWorld empty;
    const auto result = empty.run("edge probe --connect 127.0.0.1:1");
    CHECK(result.code == 3);
    CHECK_THAT(result.err, Contains("[edge-incomplete]"));
}
