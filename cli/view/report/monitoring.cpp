#include "cli/view/report/monitoring.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/report/figures.hpp"
#include "core/rule/rule.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli::view {

namespace {

using core::Severity;

/// States of a plugin of Nagios, which are its exit codes.
enum class NagiosState { ok = 0, warning = 1, critical = 2, unknown = 3 };

std::string_view name(NagiosState state) {
    switch (state) {
    case NagiosState::ok:
        return "OK";
    case NagiosState::warning:
        return "WARNING";
    case NagiosState::critical:
        return "CRITICAL";
    case NagiosState::unknown:
        return "UNKNOWN";
    }
    return {};
}

/// A bar would begin the performance data.
std::string without_bars(std::string text) {
    std::ranges::replace(text, '|', '/');
    return text;
}

MonitoringReport nagios_line(NagiosState state, const std::string& text, const std::string& performance = {}) {
    return {.text = fmt::format("XMPPFED {} - {}{}\n", name(state), without_bars(text), performance),
            .code = static_cast<ExitCode>(state)};
}

NagiosState state_of(const MonitoredCertificate& certificate) {
    if (core::count(certificate.diagnostics, Severity::error) > 0) {
        return NagiosState::critical;
    }
    if (core::count(certificate.diagnostics, Severity::warning) > 0) {
        return certificate.warnings_are_critical ? NagiosState::critical : NagiosState::warning;
    }
    return NagiosState::ok;
}

/// The most severe finding, and how many more there are.
std::string worst_of(const core::Diagnostics& diagnostics) {
    const auto worst = std::ranges::min_element(diagnostics, {}, &core::Diagnostic::severity);
    if (worst == diagnostics.end() || worst->severity == Severity::info) {
        return {};
    }
    const auto more = core::count(diagnostics, Severity::error) + core::count(diagnostics, Severity::warning) - 1;
    return fmt::format("{}{}, ", worst->message, more == 0 ? "" : fmt::format(" and {} more", more));
}

std::string metric(std::string_view name, std::string_view help, const std::string& samples) {
    return fmt::format("# HELP {0} {1}\n# TYPE {0} gauge\n{2}", name, help, samples);
}

std::string assigned_metric(int value) {
    constexpr auto name = "xmppfed_certificate_assigned";
    return metric(name, "Whether a certificate is in use.", fmt::format("{} {}\n", name, value));
}

std::string time_metric(std::string_view name, std::string_view help, std::int64_t request,
                        std::chrono::sys_seconds time) {
    return metric(name, help, fmt::format("{}{{request=\"{}\"}} {}\n", name, request, time.time_since_epoch().count()));
}

/// A sample for each rule that found something, whose labels must not repeat.
std::string findings_metric(const core::Diagnostics& diagnostics) {
    constexpr auto name = "xmppfed_certificate_findings";
    std::vector<std::pair<std::string_view, std::string_view>> labels;
    std::vector<std::int64_t> counts;
    for (const auto& diagnostic : diagnostics) {
        const std::pair label{core::name(diagnostic.severity), diagnostic.rule_id()};
        const auto at = std::ranges::find(labels, label) - labels.begin();
        if (at == std::ssize(labels)) {
            labels.push_back(label);
            counts.push_back(0);
        }
        ++counts[static_cast<std::size_t>(at)];
    }
    std::string samples;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        samples +=
            fmt::format("{}{{severity=\"{}\",rule=\"{}\"}} {}\n", name, labels[i].first, labels[i].second, counts[i]);
    }
    return metric(name, "What the rules found on the certificate in use.", samples);
}

}  // namespace

MonitoringReport nagios_report(const MonitoredCertificate& certificate) {
    const auto& [request, not_after, earliest_end, days_left, warn_days, warnings_are_critical, diagnostics] =
        certificate;
    const auto* const what = earliest_end < not_after ? "chain of the certificate" : "certificate";
    return nagios_line(
        state_of(certificate),
        fmt::format("{}{} of request {}: {}", worst_of(diagnostics), what, request, core::days_text(days_left)),
        fmt::format(" | days_left={};{}:;0:", days_left, warn_days));
}

MonitoringReport nagios_failure(const core::Error& error) {
    return nagios_line(NagiosState::unknown,
                       error.cause.empty() ? error.message : fmt::format("{}: {}", error.message, error.cause));
}

MonitoringReport prometheus_report(const MonitoredCertificate& certificate) {
    auto text = assigned_metric(1);
    text += time_metric("xmppfed_certificate_not_after_seconds", "When the certificate in use expires.",
                        certificate.request, certificate.not_after);
    text += time_metric("xmppfed_certificate_earliest_end_seconds",
                        "When the first of the certificate in use and its chain expires.", certificate.request,
                        certificate.earliest_end);
    return {.text = text + findings_metric(certificate.diagnostics)};
}

MonitoringReport prometheus_failure(const core::Error& error) {
    if (error.kind != core::ErrorKind::not_found) {
        throw core::Error{error};  // a file of yesterday says more than one that tells nothing
    }
    return {.text = assigned_metric(0)};
}

}  // namespace xmppfed::cli::view
