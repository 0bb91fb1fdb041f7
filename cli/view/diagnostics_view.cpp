#include "cli/view/diagnostics_view.hpp"

#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/view/partner_view.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli::view {

namespace {

constexpr std::array<std::string_view, 10> diagnostic_csv_keys{"rule", "severity", "partner", "field",  "message",
                                                               "hint", "file",     "line",    "column", "accepted"};

}  // namespace

DiagnosticsView::DiagnosticsView(const Display& display, const ReportRendering* report) : display_{display} {
    if (report != nullptr) {
        report_ = report->make(display);
    } else if (display.format != Format::table) {
        const ListShape shape{
            .kind = "validation", .items = "diagnostics", .columns = {}, .csv_keys = diagnostic_csv_keys};
        list_ = make_list_view(display.out, shape, list_options(display));
    }
}

void DiagnosticsView::begin() {
    if (report_) {
        report_->begin();
    } else if (list_) {
        list_->begin();
    }
}

void DiagnosticsView::add(const core::Diagnostics& diagnostics) {
    errors_ += core::count(diagnostics, core::Severity::error);
    warnings_ += core::count(diagnostics, core::Severity::warning);
    accepted_ += core::count_accepted(diagnostics);
    if (report_) {
        report_->add(diagnostics);
        return;
    }
    if (!list_) {
        print_diagnostics_by_partner(display_, diagnostics);
        return;
    }
    for (const auto& diagnostic : diagnostics) {
        list_->item(core::to_json(diagnostic));
    }
}

void DiagnosticsView::end(std::int64_t checked, std::string_view noun) {
    if (report_) {
        report_->end(checked);
        return;
    }
    if (list_) {
        list_->end(core::Json::object(
            {{"checked", checked}, {"errors", errors_}, {"warnings", warnings_}, {"accepted", accepted_}}));
        return;
    }
    const auto accepted = accepted_ == 0 ? std::string{} : fmt::format(", {} accepted", accepted_);
    display_.print_text(fmt::format("{} checked: {}, {}{}\n", core::counted(static_cast<std::size_t>(checked), noun),
                                    core::counted(static_cast<std::size_t>(errors_), "error"),
                                    core::counted(static_cast<std::size_t>(warnings_), "warning"), accepted));
}

}  // namespace xmppfed::cli::view
