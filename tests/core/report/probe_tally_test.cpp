#include "core/report/probe_tally.hpp"

#include <fmt/format.h>
#include <catch2/catch.hpp>

#include "core/report/findings.hpp"
#include "tests/core/caught.hpp"

using namespace xmppfed::core;

namespace {

ProbeTally tally_of(std::string_view text) {
    JsonSource source{[rest = text]() mutable { return std::exchange(rest, {}); }};
    return read_probe(source, "probe.json");
}

std::string probed(std::string_view domain, std::string_view chosen = R"("sasl-over-tls")",
                   std::string_view endpoints = "", std::string_view diagnostics = "") {
    return fmt::format(
        R"({{"partner": null, "domain": "{0}", "dns": {{"state": "secure", "srv": [{{}}]}}, "endpoints": [{2}],
"prediction": {{"outgoing": {{"chosen": {1}}}, "incoming": {{"chosen": "sasl-over-tls"}}}}, "diagnostics": [{3}]}})",
        domain, chosen, endpoints, diagnostics);
}

std::string look_at(std::string_view partners) {
    return fmt::format(
        R"({{"format_version": "1.0", "kind": "probe", "from": "contoso.com", "at": "2026-03-15T09:30:00Z", "partners": [{}],
"diagnostics": [1, 2]}})",
        partners);
}

/// What is wrong with a document, behind where it is.
std::string refusal_of(std::string_view text) {
    const auto error = caught([&] { (void)tally_of(text); });
    CHECK(error.kind == ErrorKind::failed);
    REQUIRE(error.diagnostics.size() == 1);
    const auto& found = error.diagnostics.front();
    CHECK(found.file == "probe.json");
    CHECK_FALSE(found.hint.empty());
    return fmt::format("{}:{} {}", *found.line, *found.column, found.message);
}

}  // namespace

TEST_CASE("a look at servers is counted by method and by what DNS says") {
    const auto tally = tally_of(look_at(probed("a.example") + "," + probed("b.example", R"("tcp-dialback")") + "," +
                                        probed("c.example", "null")));
    CHECK(tally.from == "contoso.com");
    CHECK(tally.at == "2026-03-15T09:30:00Z");
    CHECK(tally.domains == 3);
    CHECK(tally.by_srv == 3);
    CHECK(tally.of(DnsState::secure) == 3);
    CHECK(tally.of(Method::sasl_over_tls) == 1);
    CHECK(tally.of(Method::tcp_dialback) == 1);
    CHECK(tally.without_method == 1);
    CHECK(tally.findings.count(Severity::error) == 0);
    CHECK(tally_of(look_at("")).domains == 0);
}

TEST_CASE("where nobody could look nothing is said of what works") {
    const std::string no_resolver = R"({"rule": null, "severity": "error", "message": "no answer", "hint": null})";
    const std::string note = R"({"rule": null, "severity": "info", "message": "no answer", "hint": null})";
    const std::string not_there = R"({"rule": "dns-no-address", "severity": "error", "message": "none", "hint": null})";
    const std::string no_route = R"({"outcome": "no-route", "certificate": null})";
    const std::string refused = R"({"outcome": "unreachable", "certificate": null})";
    const auto tally = tally_of(look_at(
        probed("a.example", "null", "", no_resolver) + "," + probed("b.example", "null", no_route + "," + no_route) +
        "," + probed("c.example", "null", no_route + "," + refused) + "," + probed("d.example", "null", "", not_there) +
        "," + probed("e.example", "null", "", note)));
    CHECK(tally.not_seen == 2);
    CHECK(tally.without_method == 3);
    CHECK(tally.domains == 5);
}

TEST_CASE("of certificates those are kept that end first") {
    std::string partners;
    for (int i = 40; i >= 10; --i) {
        const auto end = fmt::format(R"({{"certificate": {{"not_after": "2026-05-01T00:00:{}Z"}}}})", i);
        partners += (partners.empty() ? "" : ",") +
                    probed(fmt::format("p{}.example", i), R"("sasl-over-tls")", R"({"certificate": null},)" + end);
    }
    const auto tally = tally_of(look_at(partners));
    REQUIRE(tally.ends.size() == ProbeTally::most_ends);
    CHECK(tally.ends.front().domain == "p10.example");
    CHECK(tally.ends.back().domain == "p19.example");
}

TEST_CASE("findings of a look come with their rules, also those of a newer program") {
    const auto found = [](std::string_view rule, std::string_view severity) {
        return fmt::format(R"({{"rule": {}, "severity": "{}", "message": "it\u001b[31m", "hint": null}})", rule,
                           severity);
    };
    const auto tally =
        tally_of(look_at(probed("a.example", "null", "",
                                found(R"("dns-no-address")", "error") + "," + found(R"("of-tomorrow")", "warning") +
                                    "," + found("null", "info"))));
    const auto errors = tally.findings.of(Severity::error);
    REQUIRE(errors.size() == 1);
    CHECK(errors[0]->rule == "dns-no-address");
    CHECK_FALSE(errors[0]->when.empty());
    CHECK(errors[0]->examples[0].partner == "a.example");
    CHECK(errors[0]->examples[0].message == "it\\x1b[31m");
    CHECK(tally.findings.of(Severity::warning)[0]->rule == "of-tomorrow");
    CHECK(tally.findings.of(Severity::info)[0]->rule.empty());
}

TEST_CASE("another document is refused, with the place of what is wrong") {
    CHECK(refusal_of("") == "1:1 the document is empty");
    CHECK(refusal_of("[1]") == "1:1 a document of kind probe must be an object, not an array");
    CHECK(refusal_of(R"({"format_version": "1.0",)"
                     "\n"
                     R"( "kind": "partner-list", "partners": [{}]})") ==
          "2:10 kind must be \"probe\", not 'partner-list'");
    CHECK(refusal_of(R"({"partners": []})") == "1:1 kind is missing");
    CHECK(refusal_of("{} x").starts_with("1:"));
    CHECK(refusal_of("{\"kind\": ").starts_with("1:"));
    CHECK(refusal_of(look_at("") + " {}").ends_with("something follows the document"));
    CHECK(refusal_of("\xff\xfe{\0").ends_with("the document is UTF-16, not UTF-8"));
}

TEST_CASE("a partner that is none is refused, with the place of what is wrong") {
    CHECK(refusal_of(look_at("7")).ends_with("a partner must be an object, not a whole number"));
    CHECK(refusal_of(look_at("{}")).ends_with("domain is missing"));
    CHECK(refusal_of(look_at(R"({"domain": 7})")).ends_with("domain must be a string, not a whole number"));
    CHECK(refusal_of(look_at(probed("a.example", R"("telepathy")")))
              .ends_with("chosen must be sasl-over-tls, tls-dialback or tcp-dialback, not 'telepathy'"));
    CHECK(refusal_of(look_at(probed("a.example", "null", R"({"certificate": {"not_after": "soon"}})")))
              .ends_with("not_after must be a time, not 'soon'"));
    CHECK(refusal_of(look_at(probed("a.example", "null", "", R"({"rule": null, "severity": "grave"})")))
              .ends_with("severity must be error, warning or info, not 'grave'"));
    CHECK(refusal_of(look_at(probed("a.example", "null", "", "[]"))).ends_with("rule is missing"));
}
