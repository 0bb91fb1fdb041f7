#include "cli/view/report_formats.hpp"

#include <fmt/format.h>

#include "core/text/text.hpp"

namespace xmppfed::cli::view {

namespace {

using core::Severity;

/// What follows the two colons, and what stands in a property before them.
std::string command_data(std::string_view text) {
    return percent_encoded(text, [](char c) { return std::string_view{"%\r\n"}.find(c) == std::string_view::npos; });
}
std::string command_property(std::string_view text) {
    return percent_encoded(text, [](char c) { return std::string_view{"%\r\n:,"}.find(c) == std::string_view::npos; });
}

class GitHub : public Report {
  public:
    GitHub(Output& out, core::Medium medium) : out_{out}, medium_{medium} {}

    void add(const core::Diagnostics& findings) override {
        for (const auto& finding : findings) {
            auto properties = finding.rule == nullptr ? std::string{} : fmt::format("title={}", finding.rule_id());
            if (!finding.file.empty()) {
                properties =
                    fmt::format("file={},line={},col={}{}{}", command_property(finding.file), finding.line.value_or(1),
                                finding.column.value_or(1), properties.empty() ? "" : ",", properties);
            }
            const auto command = finding.severity == Severity::info ? "notice" : name(finding.severity);
            const auto text = finding.partner.empty() ? full_text(finding)
                                                      : fmt::format("{}: {}", finding.partner, full_text(finding));
            out_.write(core::lines_for(medium_, fmt::format("::{}{}{}::{}\n", command, properties.empty() ? "" : " ",
                                                            properties, command_data(text))));
        }
    }
    void end(std::int64_t /*checked*/) override {}

  private:
    Output& out_;
    core::Medium medium_;
};

}  // namespace

std::unique_ptr<Report> make_github_report(const Display& display) {
    return std::make_unique<GitHub>(display.out, display.medium);
}

}  // namespace xmppfed::cli::view
