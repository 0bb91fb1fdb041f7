#include "cli/view/diagnostics_view.hpp"

#include <array>
#include <cstddef>

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
        print_diagnostics_by_partner(display_, shown_of(diagnostics));
        return;
    }
    for (const auto& diagnostic : diagnostics) {
        list_->item(core::to_json(diagnostic));
    }
}

/// A terminal gets the first of each severity, as of a manifest that is applied; a pipe or a file may be searched, and
/// gets all.
core::Diagnostics DiagnosticsView::shown_of(const core::Diagnostics& diagnostics) {
    if (display_.medium != core::Medium::terminal) {
        return diagnostics;
    }
    const auto before = static_cast<std::ptrdiff_t>(shown_.kept().size());
    shown_.add(diagnostics);
    return {shown_.kept().begin() + before, shown_.kept().end()};
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
    if (const auto left_out = shown_.left_out(); left_out > 0) {
        display_.messages.note(fmt::format(
            "findings that are not shown: {} more; through a pipe, and with `-o json`, come all", left_out));
    }
    const auto accepted = accepted_ == 0 ? std::string{} : fmt::format(", {} accepted", accepted_);
    display_.print_text(fmt::format("{} checked: {}, {}{}\n", core::counted(static_cast<std::size_t>(checked), noun),
                                    core::counted(static_cast<std::size_t>(errors_), "error"),
                                    core::counted(static_cast<std::size_t>(warnings_), "warning"), accepted));
}

}  // namespace xmppfed::cli::view
