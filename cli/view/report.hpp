#pragma once

#include <cstdint>
#include <memory>

#include "cli/view/display.hpp"
#include "core/diagnostic.hpp"
#include "core/enumeration.hpp"

namespace xmppfed::cli::view {

/// A form in which other programs show findings at their lines.
enum class ReportFormat {
    sarif,   ///< SARIF 2.1.0 (OASIS)
    github,  ///< workflow commands of GitHub Actions
    junit,   ///< XML of JUnit, as Jenkins and GitLab read it
};

/// Writes findings as they come.
class Report {
  public:
    Report() = default;
    Report(const Report&) = delete;
    Report& operator=(const Report&) = delete;
    virtual ~Report() = default;

    virtual void begin() {}
    virtual void add(const core::Diagnostics& findings) = 0;

    /// `checked` partners were looked at.
    virtual void end(std::int64_t checked) = 0;
};

[[nodiscard]] std::unique_ptr<Report> make_report(const Display& display, ReportFormat format);

}  // namespace xmppfed::cli::view

template <>
std::span<const xmppfed::core::EnumValue> xmppfed::core::values_of<xmppfed::cli::view::ReportFormat>();
