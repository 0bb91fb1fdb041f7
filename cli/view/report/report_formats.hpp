#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "cli/terminal/output.hpp"
#include "cli/view/report/report.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli::view {

/// One for each row of the table of reports.
[[nodiscard]] std::unique_ptr<Report> make_sarif_report(const Display& display);
[[nodiscard]] std::unique_ptr<Report> make_github_report(const Display& display);
[[nodiscard]] std::unique_ptr<Report> make_junit_report(const Display& display);

/// What a message and its hint say together.
[[nodiscard]] std::string full_text(const core::Diagnostic& diagnostic);

/// Writes each octet that `is_plain` refuses as `%XX`.
[[nodiscard]] std::string percent_encoded(std::string_view text, bool (*is_plain)(char));

}  // namespace xmppfed::cli::view
