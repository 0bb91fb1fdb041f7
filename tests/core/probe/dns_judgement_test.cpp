#include "core/probe/dns_judgement.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "core/probe/dns_rules.hpp"

namespace xmppfed::core {

namespace {

using enum Level;

const DomainOwner partner{"fabrikam.com", Negotiation{}};

/// As sound as records can be.
DnsFacts sound() {
    DnsFacts facts;
    facts.domain = "fabrikam.com";
    facts.services = {{Service::xmpp_server, 0, 5, 5269, "xmpp.fabrikam.com"}};
    facts.targets = {{"xmpp.fabrikam.com", {"192.0.2.1"}}};
    facts.state = DnsState::secure;
    return facts;
}

DnsFacts fallback() {
    auto facts = sound();
    facts.services.clear();
    facts.targets = {{"fabrikam.com", {"192.0.2.1"}}};
    return facts;
}

std::vector<std::string> told(const Diagnostics& diagnostics) {
    std::vector<std::string> lines;
    for (const auto& each : diagnostics) {
        lines.push_back(std::string{name(each.severity)} + " " + std::string{each.rule_id()} + ": " + each.message);
        CHECK_FALSE(each.hint.empty());
    }
    return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("sound records are no finding") {
    CHECK(judge_dns(sound(), partner).empty());
}

TEST_CASE("a domain that DNS does not know") {
    auto facts = fallback();
    facts.targets.front().addresses.clear();
    const auto diagnostics = judge_dns(facts, partner);
    CHECK(told(diagnostics) == Lines{"error dns-no-address: fabrikam.com has no SRV record and no address"});
    CHECK(diagnostics.front().partner == "fabrikam.com");
    CHECK(diagnostics.front().hint.find("`xmppfed partner edit fabrikam.com`") != std::string::npos);
}

TEST_CASE("who is no partner has an administrator to tell") {
    auto facts = fallback();
    facts.targets.front().addresses.clear();
    const DomainOwner stranger{.is_stranger = true};
    const auto diagnostics = judge_dns(facts, stranger);
    CHECK(told(diagnostics) == Lines{"error dns-no-address: fabrikam.com has no SRV record and no address"});
    CHECK(diagnostics.front().hint.find("tell their administrator to publish `_xmpp-server._tcp.fabrikam.com SRV 0 0 "
                                        "5269 HOST`") != std::string::npos);
    CHECK(judge_dns(fallback(), stranger).front().hint.starts_with("tell their administrator: "));
    CHECK(judge_dns(facts, {}).front().hint == "publish the records that `xmppfed dns records` shows");
}

TEST_CASE("what nobody answers is no finding on whoever publishes the records") {
    auto facts = sound();
    facts.unanswered = {"_xmpps-server._tcp.fabrikam.com: no answer"};
    CHECK(told(judge_dns(facts, partner)) ==
          Lines{"info : nobody tells the records of _xmpps-server._tcp.fabrikam.com: no answer"});
    facts = sound();
    facts.services.push_back({Service::xmpp_server, 1, 0, 5269, "b.fabrikam.com"});
    facts.targets.push_back({.name = "b.fabrikam.com", .unanswered = "no answer"});
    CHECK(told(judge_dns(facts, partner)) == Lines{"info : nobody tells the address of b.fabrikam.com: no answer"});
}

TEST_CASE("a resolver that cannot tell is no finding of a rule") {
    auto facts = fallback();
    facts.targets.clear();
    facts.failure = DnsFailure::refused;
    facts.reason = "the resolver could not find out (SERVFAIL)";
    CHECK(told(judge_dns(facts, partner)) ==
          Lines{"error : the records of fabrikam.com cannot be found out: the resolver could not find "
                "out (SERVFAIL)"});
}

TEST_CASE("a silent resolver is no finding of a rule") {
    auto facts = fallback();
    facts.targets.clear();
    facts.failure = DnsFailure::silent;
    facts.reason = "no answer";
    CHECK(told(judge_dns(facts, partner)) == Lines{"error : no resolver tells anything of fabrikam.com: no answer"});
}

TEST_CASE("a service that is decidedly not there") {
    auto facts = sound();
    facts.services.front().target = ".";
    facts.targets.clear();
    CHECK(told(judge_dns(facts, partner)) ==
          Lines{"error dns-service-refused: the SRV record of fabrikam.com says that there is no XMPP service: its "
                "target is the root"});
}

TEST_CASE("signatures that do not hold") {
    auto facts = sound();
    facts.failure = DnsFailure::bogus;
    facts.state = DnsState::bogus;
    facts.reason = "signature expired";
    const auto diagnostics = judge_dns(facts, partner);
    CHECK(told(diagnostics) ==
          Lines{"error dns-bogus: DNSSEC does not confirm the records of fabrikam.com: signature expired"});
    CHECK(diagnostics.front().hint.ends_with("never turn validation off"));
}

TEST_CASE("targets that are an alias, or nothing") {
    auto facts = sound();
    facts.services.push_back({Service::xmpp_server, 1, 0, 5269, "b\\010.fabrikam.com"});
    facts.targets.front().alias_of = "cdn.example";
    facts.targets.push_back({"b\\010.fabrikam.com"});
    CHECK(
        told(judge_dns(facts, partner)) ==
        Lines{"warning dns-target-cname: the SRV record of fabrikam.com leads to xmpp.fabrikam.com, which is an alias "
              "of cdn.example",
              "warning dns-target-no-address: the SRV record of fabrikam.com leads to b\\010.fabrikam.com, which has "
              "no address"});
}

TEST_CASE("no SRV record") {
    CHECK(told(judge_dns(fallback(), partner)) ==
          Lines{"info dns-fallback: fabrikam.com has no SRV record: servers try its own address at port 5269, and some "
                "do not even try"});
}

TEST_CASE("an unsigned zone matters to dialback, most where nothing else is left") {
    auto facts = sound();
    facts.state = DnsState::insecure;
    const auto severity_with = [&](const Negotiation& negotiation) -> std::string {
        const auto diagnostics = judge_dns(facts, {"fabrikam.com", negotiation});
        return diagnostics.empty() ? "none" : std::string{name(diagnostics.front().severity)};
    };
    CHECK(severity_with({required, required, false}) == "none");
    CHECK(severity_with({required, required, true}) == "none");
    CHECK(severity_with({required, optional, true}) == "info");
    CHECK(severity_with({optional, not_supported, true}) == "info");
    CHECK(severity_with({not_supported, not_supported, true}) == "warning");
    facts.state = DnsState::unknown;
    CHECK(severity_with({not_supported, not_supported, true}) == "none");
}

TEST_CASE("our own records are those that the edge needs") {
    const SrvRecord needed{.domain = "fabrikam.com",
                           .name = "_xmpp-server._tcp.fabrikam.com",
                           .ttl = 3600,
                           .priority = 0,
                           .weight = 0,
                           .port = 5269,
                           .target = "xmpp.fabrikam.com"};
    const auto judged = [&](const DnsFacts& facts) { return told(judge_own_dns(facts, needed)); };
    CHECK(judged(sound()).empty());
    CHECK(judged(fallback()) == Lines{"error dns-differs: _xmpp-server._tcp.fabrikam.com is missing"});

    auto facts = sound();
    facts.services.front().port = 5222;
    CHECK(judged(facts) == Lines{"error dns-differs: _xmpp-server._tcp.fabrikam.com leads to port 5222, not to 5269"});

    facts = sound();
    facts.services.push_back({Service::xmpps_server, 0, 0, 5270, "xmpp.fabrikam.com"});
    CHECK(judged(facts).empty());
    facts.services.back().target = "old.fabrikam.com";
    facts.targets.push_back({"old.fabrikam.com", {"192.0.2.2"}});
    CHECK(judged(facts) == Lines{"error dns-differs: _xmpp-server._tcp.fabrikam.com leads elsewhere: a record of "
                                 "_xmpps-server._tcp names old.fabrikam.com"});

    facts = sound();
    facts.targets.front().addresses.clear();
    CHECK(judged(facts) == Lines{"warning dns-target-no-address: the SRV record of fabrikam.com leads to "
                                 "xmpp.fabrikam.com, which has no address"});
}

TEST_CASE("the document has the records as they are") {
    auto facts = sound();
    facts.tlsa = {{"xmpp.fabrikam.com", 5269, 3, 1, 1, "abcd"}};
    CHECK(to_json(facts).dump() ==
          R"({"srv":[{"service":"xmpp-server","priority":0,"weight":5,"port":5269,"target":"xmpp.fabrikam.com",)"
          R"("addresses":["192.0.2.1"]}],"fallback":false,"addresses":["192.0.2.1"],)"
          R"("tlsa":[{"target":"xmpp.fabrikam.com","port":5269,"usage":3,"selector":1,"matching_type":1,)"
          R"("data":"abcd"}],"state":"secure"})");
}

}  // namespace xmppfed::core
