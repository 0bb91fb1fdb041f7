#pragma once

#include <cstdint>
#include <memory>

#include "cli/view/layout/display.hpp"
#include "cli/view/layout/list_view.hpp"
#include "cli/view/report/report.hpp"
#include "core/diagnostics_log.hpp"

namespace xmppfed::cli::view {

/// The output of a check: its diagnostics as they come, then how many there were.
class DiagnosticsView {
  public:
    /// With a report the diagnostics are written for another program.
    explicit DiagnosticsView(const Display& display, const ReportRendering* report = nullptr);

    void begin();
    void add(const core::Diagnostics& diagnostics);

    /// `checked` things of that name were looked at.
    void end(std::int64_t checked, std::string_view noun);

  private:
    core::Diagnostics shown_of(const core::Diagnostics& diagnostics);

    Display display_;
    std::unique_ptr<ListView> list_;  ///< none for text
    std::unique_ptr<Report> report_;  ///< none when nobody asked for one
    std::int64_t errors_ = 0;
    std::int64_t warnings_ = 0;
    std::int64_t accepted_ = 0;
    core::DiagnosticsLog shown_;  ///< on a terminal
};

}  // namespace xmppfed::cli::view
