#include "cli/view/report/report_formats.hpp"

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

    void add(const core::Diagnostics& diagnostics) override {
        for (const auto& diagnostic : diagnostics) {
            auto properties =
                diagnostic.rule == nullptr ? std::string{} : fmt::format("title={}", diagnostic.rule_id());
            if (!diagnostic.file.empty()) {
                properties = fmt::format("file={},line={},col={}{}{}", command_property(diagnostic.file),
                                         diagnostic.line.value_or(1), diagnostic.column.value_or(1),
                                         properties.empty() ? "" : ",", properties);
            }
            const auto command = diagnostic.severity == Severity::info ? "notice" : name(diagnostic.severity);
            const auto text = diagnostic.partner.empty()
                                  ? full_text(diagnostic)
                                  : fmt::format("{}: {}", diagnostic.partner, full_text(diagnostic));
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
