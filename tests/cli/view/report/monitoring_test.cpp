#include "cli/view/report/monitoring.hpp"

#include <catch2/catch.hpp>

#include "core/rule/rules.hpp"

using namespace xmppfed;
using cli::view::MonitoredCertificate;

namespace {

MonitoredCertificate monitored_certificate(core::Diagnostics diagnostics = {}) {
    return {.request = 3,
            .not_after = std::chrono::sys_seconds{std::chrono::seconds{2000}},
            .earliest_end = std::chrono::sys_seconds{std::chrono::seconds{1000}},
            .days_left = 12,
            .warn_days = 30,
            .warnings_are_critical = false,
            .diagnostics = std::move(diagnostics)};
}

core::Diagnostic soon() {
    return core::make_diagnostic(core::rule::cert_expires_soon, {}, "it expires | soon", {});
}

core::Diagnostic missing() {
    return core::make_diagnostic(core::rule::cert_name_missing, {}, "a name is missing", {});
}

core::Diagnostic told() {
    return core::make_diagnostic(core::rule::cert_ou_present, {}, "an info", {});
}

}  // namespace

TEST_CASE("a plugin of Nagios prints one line and exits by its state") {
    const auto line_of = [](core::Diagnostics diagnostics, bool strict = false) {
        auto certificate = monitored_certificate(std::move(diagnostics));
        certificate.warnings_are_critical = strict;
        const auto report = cli::view::nagios_report(certificate);
        return std::to_string(static_cast<int>(report.code)) + " " + report.text;
    };
    constexpr auto* performance = "chain of the certificate of request 3: 12 days left | days_left=12;30:;0:\n";
    CHECK(line_of({}) == std::string{"0 XMPPFED OK - "} + performance);
    CHECK(line_of({told()}) == std::string{"0 XMPPFED OK - "} + performance);
    CHECK(line_of({soon()}) == std::string{"1 XMPPFED WARNING - it expires / soon, "} + performance);
    CHECK(line_of({soon()}, true) == std::string{"2 XMPPFED CRITICAL - it expires / soon, "} + performance);
    CHECK(line_of({told(), soon(), missing(), missing()}) ==
          std::string{"2 XMPPFED CRITICAL - a name is missing and 2 more, "} + performance);
    auto certificate = monitored_certificate();
    certificate.earliest_end = certificate.not_after;
    CHECK(cli::view::nagios_report(certificate).text ==
          "XMPPFED OK - certificate of request 3: 12 days left | days_left=12;30:;0:\n");
    certificate.days_left = -3;
    CHECK(cli::view::nagios_report(certificate).text ==
          "XMPPFED OK - certificate of request 3: ended 3 days ago | days_left=-3;30:;0:\n");
}

TEST_CASE("what cannot be looked at is unknown to Nagios") {
    const auto report = cli::view::nagios_failure(core::Error{core::ErrorKind::failed, "no store"}.because("a|b"));
    CHECK(static_cast<int>(report.code) == 3);
    CHECK(report.text == "XMPPFED UNKNOWN - no store: a/b\n");
}

TEST_CASE("a text file for node_exporter has times, and each rule once") {
    const auto report = cli::view::prometheus_report(monitored_certificate({missing(), soon(), missing()}));
    CHECK(report.code == cli::ExitCode::done);
    CHECK(report.text == R"(# HELP xmppfed_certificate_assigned Whether a certificate is in use.
# TYPE xmppfed_certificate_assigned gauge
xmppfed_certificate_assigned 1
# HELP xmppfed_certificate_not_after_seconds When the certificate in use expires.
# TYPE xmppfed_certificate_not_after_seconds gauge
xmppfed_certificate_not_after_seconds{request="3"} 2000
# HELP xmppfed_certificate_earliest_end_seconds When the first of the certificate in use and its chain expires.
# TYPE xmppfed_certificate_earliest_end_seconds gauge
xmppfed_certificate_earliest_end_seconds{request="3"} 1000
# HELP xmppfed_certificate_findings What the rules found on the certificate in use.
# TYPE xmppfed_certificate_findings gauge
xmppfed_certificate_findings{severity="error",rule="cert-name-missing"} 2
xmppfed_certificate_findings{severity="warning",rule="cert-expires-soon"} 1
)");
}

TEST_CASE("node_exporter is told that no certificate is in use, and of no other failure") {
    const auto report = cli::view::prometheus_failure(core::Error{core::ErrorKind::not_found, "none"});
    CHECK(report.code == cli::ExitCode::done);
    CHECK(report.text.ends_with("\nxmppfed_certificate_assigned 0\n"));
    CHECK_THROWS_AS(cli::view::prometheus_failure(core::Error{core::ErrorKind::busy, "locked"}), core::Error);
}
