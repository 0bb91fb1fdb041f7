// `partner probe`, with a resolver and servers in process.

#include <sys/stat.h>

#include <string>
#include <vector>

#include <fmt/format.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/pki/authority.hpp"
#include "tests/support/fake_dns.hpp"
#include "tests/support/fake_xmpp.hpp"
#include "tests/support/test_world.hpp"

using namespace xmppfed;
using Catch::Matchers::Contains;
using test::FakeDns;
using test::FakeXmpp;
using test::TestWorld;

namespace {

const std::string service_name = "_xmpp-server._tcp.";

/// A server without TLS that offers dialback.
test::FakeXmppScript dialback_server() {
    return {.hello = test::fake_header("fabrikam.com") + test::fake_features(test::dialback_feature)};
}

/// Our own side, one partner, and where its server is.
struct Scene {
    explicit Scene(test::FakeXmppScript script, const std::string& settings = "--preset dialback")
        : xmpp{std::move(script)} {
        world.must("edge set --access-edge sip.contoso.com --sip-domain contoso.com");
        world.must("partner new --primary fabrikam.com " + settings);
        publish("fabrikam.com");
    }

    void publish(const std::string& domain) {
        dns.srv(service_name + domain, {test::srv_record(service_name + domain, 0, 0, xmpp.port(), "xmpp." + domain)});
        dns.address("xmpp." + domain, "127.0.0.1");
    }
    test::Result probe(const std::string& rest) {
        return world.run("partner probe --no-certificate --resolver " + dns.address() + " " + rest);
    }

    TestWorld world;
    FakeDns dns;
    FakeXmpp xmpp;
};

}  // namespace

TEST_CASE("partner probe reads as a diagnosis") {
    Scene scene{dialback_server()};
    const auto result = scene.probe("");
    CHECK(result.code == 0);
    CHECK(result.out == fmt::format("fabrikam.com\n"
                                    "  _xmpp-server._tcp 0 0 {0} xmpp.fabrikam.com: 127.0.0.1\n"
                                    "  DNSSEC: insecure\n"
                                    "  Tried       xmpp.fabrikam.com at 127.0.0.1, port {0}: works (no TLS)\n"
                                    "  Seen        TLS not-supported, SASL not-offered, dialback true\n"
                                    "  Configured  TLS not-supported, SASL not-supported, dialback true\n"
                                    "  Outgoing    tcp-dialback\n"
                                    "  Incoming    tcp-dialback\n"
                                    "  warning: the zone of fabrikam.com is not signed: whoever can forge its records "
                                    "can pass for it by dialback [dns-insecure]\n"
                                    "    hint: ask the partner for DNSSEC, or for certificates (`--sasl optional`)\n"
                                    "  warning: their server does not offer TLS [probe-tls-missing]\n"
                                    "    hint: tell the partner: load a certificate for fabrikam.com\n"
                                    "1 domain checked: 0 errors, 2 warnings\n",
                                    scene.xmpp.port()));
    CHECK_THAT(result.err, Contains("note: no certificate is presented: whether SASL works cannot be judged"));
    CHECK(scene.probe("--strict").code == 3);
}

TEST_CASE("partner probe tells what will fail, and what to type") {
    Scene scene{dialback_server(), "--preset strict"};
    const auto result = scene.probe("-o json");
    CHECK(result.code == 3);
    const auto document = result.json();
    CHECK(document.at("kind") == "probe");
    CHECK(document.at("from") == "contoso.com");
    CHECK(document.at("at") == "2026-03-15T09:30:00Z");
    CHECK(document.at("certificate").is_null());
    CHECK(document.at("checked") == 1);
    const auto& partner = document.at("partners").at(0);
    CHECK(partner.at("partner") == "fabrikam.com");
    CHECK(partner.at("endpoints").at(0).at("outcome") == "ok");
    CHECK(partner.at("endpoints").at(0).at("plain").at("dialback") == true);
    CHECK(partner.at("observed").at("tls") == "not-supported");
    CHECK(partner.at("configured").at("tls") == "required");
    CHECK(partner.at("prediction").at("outgoing").at("chosen").is_null());
    CHECK(partner.at("suggestion").at("command") == "xmppfed partner edit fabrikam.com --preset opportunistic");
    CHECK(document.at("diagnostics").at(0).at("rule") == "probe-tls-missing");
    CHECK(document.at("diagnostics").at(0).at("severity") == "error");
}

TEST_CASE("partner probe takes domains, one that nobody claims only with --unlisted") {
    Scene scene{dialback_server()};
    scene.publish("new.example");
    CHECK(scene.probe("new.example").code == 4);
    const auto result = scene.probe("--unlisted new.example -o json");
    CHECK(result.code == 0);
    CHECK(result.json().at("partners").at(0).at("partner").is_null());
    CHECK(result.json().at("partners").at(0).at("configured").is_null());
    CHECK(result.json().at("partners").at(0).at("suggestion").at("command") ==
          "xmppfed partner new --primary new.example --preset opportunistic");
    CHECK(scene.probe("--unlisted New.example new.example. -o json").json().at("checked") == 1);
    CHECK(scene.probe("--unlisted").code == 2);
    CHECK_THAT(scene.probe("--unlisted new.example").err, !Contains("claims"));
    CHECK_THAT(scene.probe("--unlisted fabrikam.com").err,
               Contains("note: fabrikam.com is no stranger: the partner fabrikam.com claims it; without --unlisted"));
}

TEST_CASE("partner probe --connect asks no DNS") {
    Scene scene{dialback_server()};
    const auto before = scene.dns.asked().size();
    const auto result = scene.probe(fmt::format("fabrikam.com --connect 127.0.0.1:{} -o json", scene.xmpp.port()));
    CHECK(result.code == 0);
    CHECK(result.json().at("partners").at(0).at("dns").is_null());
    CHECK(result.json().at("partners").at(0).at("endpoints").at(0).at("port") == scene.xmpp.port());
    CHECK(scene.dns.asked().size() == before);
    CHECK(scene.probe("--connect 127.0.0.1").code == 2);
    for (const auto* const nowhere : {"127.0.0.1:x", ":5269", "a:b:5269"}) {
        CAPTURE(nowhere);
        const auto refused = scene.probe(fmt::format("fabrikam.com --connect {}", nowhere));
        CHECK(refused.code == 2);
        CHECK_THAT(refused.err, Contains("is no place"));
    }
}

TEST_CASE("partner probe uses a U-label in headers, and an A-label where that is not known") {
    Scene scene{{.hello = test::fake_header("x") +
                          "<stream:error><host-unknown xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>"
                          "</stream:stream>"}};
    scene.world.must("partner new --primary bücher.example");
    scene.publish("xn--bcher-kva.example");
    const auto result = scene.probe("bücher.example -o json");
    CHECK(result.code == 3);
    const auto heard = scene.xmpp.heard();
    REQUIRE(heard.size() >= 1);
    CHECK_THAT(heard.at(0), Contains("to='bücher.example'"));
    CHECK(result.json().at("diagnostics").at(0).at("rule") == "probe-host-unknown");
}

TEST_CASE("partner probe shows only what differs from a baseline") {
    Scene scene{dialback_server()};
    const auto first = scene.probe("-o json");
    test::write_file(scene.world.directory / "before.json", first.out);
    const auto same = scene.probe("--strict --baseline " + (scene.world.directory / "before.json"));
    CHECK(same.code == 0);
    CHECK(same.out == "0 domains checked: 0 errors, 0 warnings\n");
    CHECK_THAT(same.err, Contains("0 of 1 domain differs from the baseline"));
    scene.world.must("partner edit fabrikam.com --preset opportunistic");
    CHECK_THAT(scene.probe("--baseline " + (scene.world.directory / "before.json")).out, Contains("fabrikam.com\n"));
    const auto heard = scene.xmpp.heard().size();
    CHECK(scene.probe("--baseline " + (scene.world.directory / "nothing.json")).code == 4);
    CHECK(scene.xmpp.heard().size() == heard);  // nobody is looked at in vain
    test::write_file(scene.world.directory / "broken.json", "{\"kind\":");
    CHECK_THAT(scene.probe("--baseline " + (scene.world.directory / "broken.json")).err,
               Contains("it is no JSON:") && Contains("octet 9 does not fit"));
}

TEST_CASE("partner probe writes what was said") {
    Scene scene{dialback_server()};
    CHECK(scene.probe("--transcript " + scene.world.directory.path()).code == 0);
    const auto text = test::read_file(scene.world.directory / "fabrikam.com.txt");
    CHECK_THAT(text, Contains(">> <?xml version='1.0'?><stream:stream") && Contains("<< <?xml") &&
                         Contains(">> </stream:stream>\n"));
    const auto heard = scene.xmpp.heard().size();
    const auto lost = scene.probe("--transcript " + (scene.world.directory / "nothing"));
    CHECK(lost.code == 4);
    CHECK_THAT(lost.err, Contains("there is no directory") && Contains("mkdir -p"));
    CHECK(scene.xmpp.heard().size() == heard);
}

TEST_CASE("partner probe takes no empty directory for the current one") {
    Scene scene{dialback_server()};
    const auto result = scene.probe("--transcript=");
    CHECK(result.code == 2);
    CHECK_THAT(result.err, Contains("--transcript needs a directory\nhint: `--transcript .` is the current one"));
    CHECK(scene.xmpp.heard().empty());
}

TEST_CASE("partner probe finds no file behind an empty name") {
    Scene scene{dialback_server()};
    for (const auto* const option : {"--ca-file=", "--baseline="}) {
        const auto result = scene.probe(option);
        CHECK(result.code == 4);
        CHECK_THAT(result.err, Contains(": No such file or directory\nhint: check the name"));
    }
    CHECK(scene.xmpp.heard().empty());
}

TEST_CASE("partner probe prints what it found also where no transcript can be written") {
    Scene scene{dialback_server()};
    REQUIRE(::mkdir((scene.world.directory / "fabrikam.com.txt").c_str(), 0755) == 0);
    const auto result = scene.probe("--transcript " + scene.world.directory.path());
    CHECK(result.code == 5);
    CHECK_THAT(result.out, Contains("fabrikam.com\n") && Contains("1 domain checked"));
    CHECK_THAT(result.err, Contains("fabrikam.com.txt"));
}

TEST_CASE("partner probe gives numbers to a monitoring system") {
    Scene scene{dialback_server()};
    const auto result = scene.probe("--format prometheus");
    CHECK_THAT(result.out,
               Contains("# TYPE xmppfed_probe_outgoing gauge\n"
                        "xmppfed_probe_outgoing{partner=\"fabrikam.com\",domain=\"fabrikam.com\"} 1\n") &&
                   Contains("xmppfed_probe_warnings{partner=\"fabrikam.com\",domain=\"fabrikam.com\"} 2\n"));
    CHECK(scene.probe("--format prometheus -o json").code == 2);
}

TEST_CASE("partner probe exits 1 when nobody can look") {
    Scene scene{dialback_server()};
    std::string gone;
    {
        const FakeDns dns;
        gone = dns.address();
    }
    const auto result = scene.world.run("partner probe --no-certificate -o json --resolver " + gone);
    CHECK(result.code == 1);
    CHECK(result.json().at("kind") == "probe");
    scene.world.is_interrupted = true;
    CHECK(scene.probe("").code == 1);
}

TEST_CASE("partner probe exits 1 when the resolver refuses, and tells nothing of the partner") {
    Scene scene{dialback_server()};
    scene.dns.say(service_name + "fabrikam.com", test::type_srv, {.code = 5});
    const auto result = scene.probe("-o json");
    CHECK(result.code == 1);
    REQUIRE(result.json().at("diagnostics").size() == 1);
    CHECK(result.json().at("diagnostics").at(0).at("rule").is_null());
    CHECK(scene.world.run("dns check --resolver " + scene.dns.address()).code == 1);
}

TEST_CASE("a domain that the resolver cannot tell of is a finding among others") {
    Scene scene{dialback_server()};
    scene.world.must("partner new --primary dead.example --preset dialback");
    scene.dns.say(service_name + "dead.example", test::type_srv, {.code = 2});
    const auto result = scene.probe("-o json");
    CHECK(result.code == 3);
    CHECK(result.json().at("errors") == 1);
    CHECK_THAT(scene.probe("").out, Contains("the records of dead.example cannot be found out"));
    CHECK(scene.probe("fabrikam.com").code == 0);
    CHECK(scene.probe("dead.example").code == 1);
    const auto check = "dns check --resolver " + scene.dns.address() + " ";
    CHECK(scene.world.run(check).code == 3);
    CHECK(scene.world.run(check + "dead.example").code == 1);
}

TEST_CASE("partner probe --connect looks for a host where --resolver says") {
    Scene scene{dialback_server()};
    scene.dns.address("gate.example", "127.0.0.1");
    const auto result = scene.probe(fmt::format("fabrikam.com --connect gate.example:{} -o json", scene.xmpp.port()));
    CHECK(result.code == 0);
    CHECK(result.json().at("partners").at(0).at("endpoints").at(0).at("target") == "gate.example");
    const auto nowhere = scene.probe("fabrikam.com --connect nowhere.example -o json");
    CHECK(nowhere.code == 3);
    CHECK(nowhere.json().at("kind") == "probe");
    CHECK(nowhere.json().at("diagnostics").at(0).at("rule") == "probe-unreachable");
    CHECK_THAT(scene.probe("fabrikam.com --connect nowhere.example").out,
               Contains("  Tried       nowhere.example, port 5269: no connection: the host has no address\n"));
    scene.dns.say("nowhere.example", test::type_a, {.code = 5});
    CHECK(scene.probe("fabrikam.com --connect nowhere.example").code == 1);
}

TEST_CASE("partner probe of a domain looks at that one alone, and of none at all that are claimed") {
    Scene scene{dialback_server(), "--preset dialback --additional chat.fabrikam.com"};
    scene.publish("chat.fabrikam.com");
    const auto domains = [&](const std::string& words) {
        std::vector<std::string> seen;
        const auto document = scene.probe("-o json " + words).json();
        for (const auto& entry : document.at("partners")) {
            seen.push_back(entry.at("domain"));
        }
        return seen;
    };
    using Domains = std::vector<std::string>;
    CHECK(domains("fabrikam.com fabrikam.com") == Domains{"fabrikam.com"});
    CHECK(domains("chat.fabrikam.com") == Domains{"chat.fabrikam.com"});
    CHECK(domains("") == Domains{"fabrikam.com", "chat.fabrikam.com"});
}

TEST_CASE("partner probe --connect takes a host in any form of a domain") {
    Scene scene{dialback_server()};
    scene.dns.address("xn--bcher-kva.example", "127.0.0.1");
    for (const auto* const host : {"b\u00fccher.example", "B\u00dcCHER.example.", "XN--bcher-kva.example"}) {
        const auto result = scene.probe(fmt::format("fabrikam.com --connect {}:{} -o json", host, scene.xmpp.port()));
        CHECK(result.code == 0);
        CHECK(result.json().at("partners").at(0).at("endpoints").at(0).at("target") == "xn--bcher-kva.example");
    }
    CHECK_THAT(scene.probe("fabrikam.com --connect no_domain").out, Contains("  Tried       no_domain, port 5269: "));
    for (const auto* const address : {"::1", "[::1]", "[::1]:5269"}) {
        CHECK_THAT(scene.probe(fmt::format("fabrikam.com --connect {}", address)).out,
                   Contains("  Tried       ::1 at ::1, port 5269: "));
    }
}

TEST_CASE("partner probe looks at the servers and addresses that options ask for, for as long") {
    Scene scene{dialback_server()};
    const test::FakeXmpp silent{{.is_silent = true}};
    const test::FakeXmpp closing{{.steps = {{test::FakeStep::Kind::closes}}}};
    const std::string plain = service_name + "fabrikam.com";
    const std::string direct = "_xmpps-server._tcp.fabrikam.com";
    scene.dns.srv(plain, {test::srv_record(plain, 0, 0, scene.xmpp.port(), "xmpp.fabrikam.com"),
                          test::srv_record(plain, 1, 0, scene.xmpp.port(), "more.fabrikam.com")});
    scene.dns.address("more.fabrikam.com", "127.0.0.1");
    scene.dns.srv(direct, {test::srv_record(direct, 9, 0, closing.port(), "direct.fabrikam.com")});
    scene.dns.address("direct.fabrikam.com", "127.0.0.1");
    const auto targets = [&](const std::string& options) {
        std::vector<std::string> tried;
        const auto document = scene.probe("-o json " + options).json();
        for (const auto& endpoint : document.at("partners").at(0).at("endpoints")) {
            tried.push_back(endpoint.at("target"));
        }
        return tried;
    };
    using Targets = std::vector<std::string>;
    CHECK(targets("") == Targets{"xmpp.fabrikam.com"});
    CHECK(targets("--ipv4") == Targets{"xmpp.fabrikam.com"});
    CHECK(targets("--all-targets --direct-tls never") == Targets{"xmpp.fabrikam.com", "more.fabrikam.com"});
    CHECK(targets("--direct-tls only") == Targets{"direct.fabrikam.com"});
    const auto tried = [&](const std::string& words) { return scene.probe("fabrikam.com --connect " + words).out; };
    const auto* const of_another_family = "port 1: no connection: it has no address of the family that was asked for";
    CHECK_THAT(tried("127.0.0.1:1 --ipv6"), Contains(of_another_family));
    CHECK_THAT(tried("[::1]:1 --ipv4"), Contains(of_another_family));
    const std::string slow = service_name + "slow.example";
    scene.dns.srv(slow, {test::srv_record(slow, 0, 0, silent.port(), "xmpp.fabrikam.com"),
                         test::srv_record(slow, 1, 0, silent.port(), "more.fabrikam.com")});
    CHECK(targets("--unlisted slow.example --timeout 1 --deadline 1") == Targets{"xmpp.fabrikam.com"});
}

TEST_CASE("partner probe tells what is wrong with the certificate that we present") {
    Scene scene{dialback_server()};
    const auto ca = pki::self_signed({.name = "Test root", .is_ca = true});
    const auto write = [&](const std::string& name, const pki::Holder& holder) {
        test::write_file(scene.world.directory / (name + ".crt"), holder.pem());
        test::write_file(scene.world.directory / (name + ".key"), std::string{holder.key.to_pem({}).text()});
        ::chmod((scene.world.directory / (name + ".key")).c_str(), 0600);
    };
    const auto names_us = std::pair<int, std::string>{NID_subject_alt_name, "DNS:contoso.com"};
    const auto past = std::chrono::sys_days{std::chrono::year{2026} / 3 / 1};
    write("good", pki::issued_by(ca, {.name = "contoso.com", .from = past, .extensions = {names_us}}));
    write("expired",
          pki::issued_by(ca, {.name = "x", .from = past, .to = past + std::chrono::days{5}, .extensions = {names_us}}));
    write("other", pki::issued_by(ca, {.name = "other.example",
                                       .from = past,
                                       .extensions = {{NID_subject_alt_name, "DNS:other.example"}}}));
    write("alone", pki::self_signed({.name = "contoso.com", .from = past, .extensions = {names_us}}));
    write("server",
          pki::issued_by(ca, {.name = "x", .from = past, .extensions = {names_us, {NID_ext_key_usage, "serverAuth"}}}));
    const auto probe = [&](const std::string& certificate, const std::string& key) {
        return scene.world.run(fmt::format("partner probe -o json --certificate {}.crt --key {}.key --resolver {}",
                                           certificate, key, scene.dns.address()));
    };
    const auto first_rule = [&](const std::string& name) {
        return probe(name, name).json().at("diagnostics").at(0).at("rule");
    };
    CHECK(probe("good", "good").code == 0);
    CHECK(first_rule("good") == "dns-insecure");
    CHECK(first_rule("expired") == "cert-expired");
    CHECK(probe("expired", "expired").code == 3);
    CHECK(probe("expired", "expired").json().at("errors") == 1);
    CHECK(first_rule("other") == "cert-name-missing");
    CHECK(first_rule("alone") == "cert-chain-incomplete");
    CHECK(first_rule("server") == "cert-client-auth-missing");
    const auto mismatch = probe("good", "other");
    CHECK(mismatch.code == 3);
    CHECK(mismatch.json().at("diagnostics").at(0).at("rule") == "cert-key-mismatch");
}

TEST_CASE("partner probe refuses what makes no sense") {
    Scene scene{dialback_server()};
    for (const auto* words : {"--from fabrikam.com", "--certificate x.crt", "--key x.key", "--ipv4 --ipv6",
                              "--deadline 0", "--direct-tls perhaps", "--authenticate"}) {
        CAPTURE(words);
        CHECK(scene.probe(words).code == 2);
    }
    scene.world.must("partner edit fabrikam.com --enabled false");
    CHECK_THAT(scene.probe("").err, Contains("no partner is enabled"));
    CHECK(scene.probe("").code == 0);
    TestWorld empty;
    const auto result = empty.run("partner probe --no-certificate --unlisted fabrikam.com");
    CHECK(result.code == 3);
    CHECK_THAT(result.err, Contains("[edge-incomplete]"));
    CHECK(empty.run("partner probe --no-certificate fabrikam.com").code == 4);  // which no edge would change
}
