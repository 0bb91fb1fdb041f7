#include "core/refusal.hpp"

#include <catch2/catch.hpp>

#include "core/rule/rules.hpp"

namespace xmppfed::core {

namespace {

Diagnostic of(const Rule& rule) {
    return make_diagnostic(rule, {}, std::string{rule.id});
}

}  // namespace

TEST_CASE("findings refuse as what the rules of all errors agree on") {
    const auto claimed = of(rule::row("domain-claimed"));
    const auto invalid = of(rule::domain_invalid);
    const auto warning = of(rule::domain_own);
    CHECK(refusal({claimed, warning, claimed}).kind == ErrorKind::conflict);
    CHECK(refusal({warning, claimed}).message == "domain-claimed");
    CHECK(refusal({claimed, invalid}).kind == ErrorKind::refused);
    CHECK(refusal({invalid, claimed}).kind == ErrorKind::refused);
    CHECK(refusal({claimed, invalid, claimed}).kind == ErrorKind::refused);
    CHECK(refusal({warning}).kind == ErrorKind::refused);
    CHECK(refusal({claimed, Diagnostic{}}).kind == ErrorKind::refused);
}

TEST_CASE("a log of findings refuses as they do, those that it left out too") {
    DiagnosticsLog log;
    CHECK(log.refuses_as() == ErrorKind::refused);
    for (std::int64_t i = 0; i <= DiagnosticsLog::most_kept; ++i) {
        log.add({of(rule::row("domain-claimed"))});
    }
    CHECK(refusal(log).kind == ErrorKind::conflict);
    log.add({of(rule::domain_invalid)});
    CHECK(refusal(log.kept()).kind == ErrorKind::conflict);
    CHECK(refusal(log).kind == ErrorKind::refused);
}

TEST_CASE("a log of findings keeps those on the first lines") {
    DiagnosticsLog log;
    constexpr auto lines = DiagnosticsLog::most_kept + 50;
    for (auto line = lines; line >= 1; --line) {
        auto finding = of(rule::domain_invalid);
        finding.line = line;
        auto remark = of(rule::domain_own);
        remark.line = line / 2;  // two of them on each
        log.add({finding, remark});
    }
    CHECK(log.left_out() == 100);
    log.sort_by_place();
    std::vector<std::int64_t> errors;
    std::vector<std::int64_t> warnings;
    for (const auto& each : log.kept()) {
        (each.severity == Severity::error ? errors : warnings).push_back(each.line.value());
    }
    CHECK(errors.size() == 100);
    CHECK(errors.back() == 100);
    CHECK(warnings.size() == 100);
    CHECK(warnings.back() == 50);
}

}  // namespace xmppfed::core
