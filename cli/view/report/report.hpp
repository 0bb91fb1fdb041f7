#pragma once

#include <cstdint>
#include <memory>

#include "cli/view/layout/display.hpp"
#include "core/diagnostic.hpp"
#include "core/render/rendering.hpp"

namespace xmppfed::cli::view {

/// Writes diagnostics as they come.
class Report {
  public:
    Report() = default;
    Report(const Report&) = delete;
    Report& operator=(const Report&) = delete;
    virtual ~Report() = default;

    virtual void begin() {}
    virtual void add(const core::Diagnostics& diagnostics) = 0;

    /// `checked` partners were looked at.
    virtual void end(std::int64_t checked) = 0;
};

/// The forms in which other programs show diagnostics at their lines. What `display` writes to must outlive the report.
using ReportRendering = core::Rendering<std::unique_ptr<Report>(const Display& display)>;
[[nodiscard]] const core::RenderingTable<ReportRendering>& report_renderings();

}  // namespace xmppfed::cli::view
