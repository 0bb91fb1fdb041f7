#include "core/report/findings.hpp"

#include <fmt/format.h>
#include <catch2/catch.hpp>

#include "core/rule/rules.hpp"

using namespace xmppfed::core;

namespace {

Diagnostic finding_on(std::string partner, const Rule& rule = rule::domain_mixed_script) {
    auto diagnostic = make_diagnostic(rule, {}, "it mixes scripts", "look twice");
    diagnostic.partner = std::move(partner);
    return diagnostic;
}

}  // namespace

TEST_CASE("findings of a rule are counted, and the first are kept") {
    Findings findings;
    for (int i = 0; i < 1000; ++i) {
        findings.add({finding_on(fmt::format("p{}.example", i))});
    }
    findings.add({finding_on("other.example", rule::domain_single_label), finding_on({}, rule::cert_expired)});
    const auto warnings = findings.of(Severity::warning);
    REQUIRE(warnings.size() == 2);
    CHECK(warnings[0]->rule == "domain-mixed-script");
    CHECK(warnings[0]->when == rule::domain_mixed_script.when);
    CHECK(warnings[0]->count == 1000);
    CHECK(warnings[0]->examples.size() == Findings::most_examples);
    CHECK(warnings[0]->examples[0].partner == "p0.example");
    CHECK(warnings[1]->count == 1);
    CHECK(findings.of(Severity::error).size() == 1);
    CHECK(findings.of(Severity::info).empty());
    CHECK(findings.count(Severity::warning) == 1001);
    CHECK(findings.count(Severity::error) == 1);
}

TEST_CASE("findings of rules that nobody knows have an end, and so has each text") {
    Findings findings;
    auto diagnostic = finding_on("fabrikam.com");
    diagnostic.message = std::string(100000, 'x');
    for (int i = 0; i < 1000; ++i) {
        findings.add(diagnostic, fmt::format("rule-{}", i));
    }
    const auto warnings = findings.of(Severity::warning);
    CHECK(warnings.size() == Findings::most_groups);
    CHECK(findings.count(Severity::warning) == 1000);
    CHECK(warnings[0]->when.empty());
    CHECK(warnings[0]->examples[0].message.size() < 1000);
}

TEST_CASE("findings of two sources come together") {
    Findings findings;
    findings.add({finding_on("a.example")});
    Findings others;
    others.add({finding_on("b.example"), finding_on("c.example", rule::domain_single_label)});
    findings.add(others);
    const auto warnings = findings.of(Severity::warning);
    REQUIRE(warnings.size() == 2);
    CHECK(warnings[0]->count == 2);
    CHECK(warnings[0]->examples[1].partner == "b.example");
    CHECK(findings.count(Severity::warning) == 3);
    findings.add({finding_on("d.example", rule::domain_single_label)});
    CHECK(findings.of(Severity::warning)[1]->count == 2);
}

TEST_CASE("a hint stands once where all findings of a rule have it") {
    Findings findings;
    findings.add({finding_on("a.example"), finding_on("b.example")});
    CHECK(findings.of(Severity::warning)[0]->common_hint() == "look twice");
    auto other = finding_on("c.example");
    other.hint = "look thrice";
    findings.add({other});
    CHECK(findings.of(Severity::warning)[0]->common_hint().empty());
}

TEST_CASE("a warning that is accepted says so among what is good to know") {
    auto diagnostic = make_diagnostic(rule::domain_own, "primary_domain", "it is ours");
    diagnostic.severity = Severity::info;
    diagnostic.is_accepted = true;
    Findings findings;
    findings.add({diagnostic});
    CHECK(findings.count(Severity::warning) == 0);
    CHECK(findings.of(Severity::info).front()->examples.front().message == "it is ours (accepted)");
}
