#include "cli/view/probe/doctor_view.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/view/partner_view.hpp"

namespace xmppfed::cli::view {

namespace {

std::string health_text(core::Health health, const Style& style) {
    constexpr std::size_t widest = 7;
    auto name = fmt::format("{:<{}}", core::name_of(health), widest);
    switch (health) {
    case core::Health::good:
        return style.added(name);
    case core::Health::ailing:
        return style.changed(name);
    case core::Health::broken:
        return style.removed(name);
    case core::Health::skipped:
        return style.dim(name);
    }
    return name;
}

std::string examination_line(const core::Examination& it, const Style& style) {
    const auto what = it.subject.empty()   ? it.summary
                      : it.summary.empty() ? it.subject
                                           : fmt::format("{}: {}", it.subject, it.summary);
    const auto line =
        fmt::format("{}  {:<11}  {}", health_text(core::health_of(it), style), core::name_of(it.area), what);
    return line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
}

}  // namespace

void print_checkup(const Display& display, const std::vector<core::Examination>& examinations, const std::string& at) {
    core::Diagnostics all;
    core::Json checks = core::Json::array();
    for (const auto& it : examinations) {
        std::ranges::copy(it.diagnostics, std::back_inserter(all));
        checks.push_back(core::to_json(it));
    }
    const auto errors = core::count(all, core::Severity::error);
    const auto warnings = core::count(all, core::Severity::warning);
    if (display.format == Format::json) {
        display.print_document("doctor", core::Json::object({{"at", at},
                                                             {"checked", examinations.size()},
                                                             {"errors", errors},
                                                             {"warnings", warnings},
                                                             {"checks", checks},
                                                             {"diagnostics", core::to_json(all)}}));
        return;
    }
    for (const auto& it : examinations) {
        display.print_text(examination_line(it, display.style));
        print_diagnostics_by_partner(display, it.diagnostics, "  ");
        display.print_text(it.note.empty() ? "" : fmt::format("  note: {}\n", it.note));
    }
    display.print_text(fmt::format("{} examined: {}, {}\n", core::counted(examinations.size(), "thing"),
                                   core::counted(static_cast<std::size_t>(errors), "error"),
                                   core::counted(static_cast<std::size_t>(warnings), "warning")));
}

}  // namespace xmppfed::cli::view
