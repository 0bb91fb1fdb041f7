#include "cli/view/report/report.hpp"

#include <array>

#include <fmt/format.h>

#include "cli/view/report/report_formats.hpp"

namespace xmppfed::cli::view {

namespace {

constexpr std::array report_rows{
    ReportRendering{{"sarif", "SARIF 2.1.0, which code scanning services read"}, make_sarif_report},
    ReportRendering{{"github", "workflow commands of GitHub Actions"}, make_github_report},
    ReportRendering{{"junit", "JUnit XML, which Jenkins and GitLab read"}, make_junit_report},
};
constexpr auto report_values = core::values_in(report_rows);
constexpr core::RenderingTable<ReportRendering> report_table{report_rows, report_values};

}  // namespace

std::string full_text(const core::Diagnostic& diagnostic) {
    return diagnostic.hint.empty() ? diagnostic.message
                                   : fmt::format("{}\nhint: {}", diagnostic.message, diagnostic.hint);
}

std::string percent_encoded(std::string_view text, bool (*is_plain)(char)) {
    std::string encoded;
    for (const char c : text) {
        encoded += is_plain(c) ? std::string{c} : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return encoded;
}

const core::RenderingTable<ReportRendering>& report_renderings() {
    return report_table;
}

}  // namespace xmppfed::cli::view
