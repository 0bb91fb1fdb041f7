#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <string>

#include "cli/exit_code.hpp"
#include "core/diagnostic.hpp"
#include "core/error.hpp"
#include "core/field/enumeration.hpp"

namespace xmppfed::cli::view {

/// What monitoring is told of the certificate in use.
struct MonitoredCertificate {
    std::int64_t request = 0;  ///< its number
    std::chrono::sys_seconds not_after;
    std::chrono::sys_seconds earliest_end;  ///< of it and its chain
    std::int64_t days_left = 0;             ///< until that
    std::int64_t warn_days = 0;
    bool warnings_are_critical = false;
    core::Diagnostics diagnostics;
};

/// What a monitoring program reads, and how the command exits.
struct MonitoringReport {
    std::string text;
    ExitCode code = ExitCode::done;
};

/// For a monitoring program: the report on a certificate, and the one when there is none, or none could be looked at.
struct Monitoring {
    core::EnumValue value;
    MonitoringReport (*on_certificate)(const MonitoredCertificate& certificate) = nullptr;
    MonitoringReport (*on_failure)(const core::Error& error) =
        nullptr;                     ///< throws it where such a report says nothing of it
    bool tells_of_no_store = false;  ///< else a database without a store is a failure of the command
};

/// One line for Nagios and what took over its plugins, and a text for the textfile collector of node_exporter.
[[nodiscard]] MonitoringReport nagios_report(const MonitoredCertificate& certificate);
[[nodiscard]] MonitoringReport nagios_failure(const core::Error& error);
[[nodiscard]] MonitoringReport prometheus_report(const MonitoredCertificate& certificate);
[[nodiscard]] MonitoringReport prometheus_failure(const core::Error& error);

inline constexpr std::array monitoring_forms{
    Monitoring{
        {"nagios", "one line, and exit code 0, 1, 2 or 3"}, nagios_report, nagios_failure, /*tells_of_no_store=*/true},
    Monitoring{{"prometheus", "a text file for node_exporter; exits 0"},
               prometheus_report,
               prometheus_failure,
               /*tells_of_no_store=*/false},
};
inline constexpr std::array monitoring_values{monitoring_forms[0].value, monitoring_forms[1].value};

}  // namespace xmppfed::cli::view
