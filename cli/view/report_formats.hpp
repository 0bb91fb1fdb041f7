#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "cli/terminal/output.hpp"
#include "cli/view/report.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli::view {

/// One for each row of the table of formats (see report.cpp). `out` must outlive the report.
[[nodiscard]] std::unique_ptr<Report> make_sarif_report(Output& out);
[[nodiscard]] std::unique_ptr<Report> make_github_report(Output& out, core::Medium medium);
[[nodiscard]] std::unique_ptr<Report> make_junit_report(Output& out, bool strict);

/// What a message and its hint say together.
[[nodiscard]] std::string full_text(const core::Diagnostic& finding);

/// Writes each octet that `is_plain` refuses as `%XX`.
[[nodiscard]] std::string percent_encoded(std::string_view text, bool (*is_plain)(char));

}  // namespace xmppfed::cli::view
