#include "cli/view/report.hpp"

#include <array>

#include <fmt/format.h>

#include "cli/view/report_formats.hpp"

namespace xmppfed::cli::view {

namespace {

constexpr std::array format_values{
    core::EnumValue{"sarif", "SARIF 2.1.0, which code scanning services read"},
    core::EnumValue{"github", "workflow commands of GitHub Actions"},
    core::EnumValue{"junit", "JUnit XML, which Jenkins and GitLab read"},
};

}  // namespace

std::string full_text(const core::Diagnostic& finding) {
    return finding.hint.empty() ? finding.message : fmt::format("{}\nhint: {}", finding.message, finding.hint);
}

std::string percent_encoded(std::string_view text, bool (*is_plain)(char)) {
    std::string encoded;
    for (const char c : text) {
        encoded += is_plain(c) ? std::string{c} : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return encoded;
}

std::unique_ptr<Report> make_report(const Display& display, ReportFormat format) {
    switch (format) {
    case ReportFormat::sarif:
        return make_sarif_report(display.out);
    case ReportFormat::github:
        return make_github_report(display.out, display.medium);
    case ReportFormat::junit:
        return make_junit_report(display.out, display.strict);
    }
    return nullptr;
}

}  // namespace xmppfed::cli::view

template <>
std::span<const xmppfed::core::EnumValue> xmppfed::core::values_of<xmppfed::cli::view::ReportFormat>() {
    return xmppfed::cli::view::format_values;
}
