#include "cli/view/changes_view.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/view/partner_view.hpp"
#include "core/field/field.hpp"
#include "core/manifest/change_text.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli::view {

namespace {

using core::Json;

std::string sign_of(std::string_view action, const Style& style) {
    if (action == "create") {
        return style.added("+");
    }
    return action == "remove" ? style.removed("-") : style.changed("~");
}

std::string as_text(const core::ManifestChange& change, const Style& style) {
    const auto item = core::to_json(change);
    const auto action = core::action_of(change);
    const std::string subject{core::name_of(change.subject)};
    const auto name =
        item.at("partner").is_null() ? subject : fmt::format("{} {}", subject, core::shown_value(item.at("partner")));
    auto text = fmt::format("{} {}\n", sign_of(action, style), style.bold(name));
    if (action == "update") {
        for (const auto& line : core::differences(change)) {
            text += fmt::format("    {}\n", line);
        }
        return text;
    }
    for (const auto& each : core::changed_fields(change)) {
        if (action == "create" && each.field->kind != core::FieldKind::identity && core::is_set(each)) {
            text += fmt::format("    {}: {}\n", each.field->key, core::shown_value(each.after));
        }
    }
    return text;
}

Json trailer_of(const core::ManifestSummary& summary, const core::Diagnostics& diagnostics) {
    return Json::object({{"summary", core::to_json(summary)}, {"diagnostics", core::to_json(diagnostics)}});
}

}  // namespace

void print_updates(const Display& display, std::span<const core::PartnerTransition> partners) {
    if (display.format != Format::table) {
        return;
    }
    for (const auto& [before, after] : partners) {
        const core::ManifestChange change{core::Subject::partner, core::to_json(*before), core::to_json(*after)};
        display.print_text(as_text(change, display.style));
    }
    if (!partners.empty()) {
        display.print_text("\n");
    }
}

ChangesView::ChangesView(const Display& display, std::string_view kind) : display_{display} {
    if (display.format != Format::table) {
        const ListShape shape{.kind = kind, .items = "changes", .columns = {}, .csv_keys = {}};
        list_ = make_list_view(display.out, shape, list_options(display));
    }
}

void ChangesView::begin() {
    if (list_) {
        list_->begin();
    }
}

void ChangesView::add(const core::ManifestChange& change) {
    if (list_) {
        list_->item(core::to_json(change));
    } else {
        display_.print_text(as_text(change, display_.style));
    }
}

void ChangesView::end(const core::ManifestSummary& summary, const core::DiagnosticsLog& diagnostics,
                      std::string_view outcome) {
    auto trailer = trailer_of(summary, diagnostics.kept());
    if (diagnostics.left_out() > 0) {
        trailer["diagnostics_left_out"] = diagnostics.left_out();
    }
    end(trailer, outcome);
}

void ChangesView::end(const core::ManifestSummary& summary, const core::Diagnostics& diagnostics,
                      std::string_view outcome) {
    end(trailer_of(summary, diagnostics), outcome);
}

void ChangesView::end(const Json& trailer, std::string_view outcome) {
    if (list_) {
        list_->end(trailer);
    } else {
        display_.print_text(fmt::format("{}\n", outcome));
    }
}

std::string intention(std::string_view lead, const core::ManifestSummary& summary) {
    return summary.changes_anything() ? fmt::format("{}: {} to create, {} to update, {} to remove, {} unchanged.", lead,
                                                    summary.create, summary.update, summary.remove, summary.unchanged)
                                      : fmt::format("No changes: {} unchanged.", summary.unchanged);
}

void tell_unchanged_warnings(const Display& display, const core::ManifestSummary& summary) {
    if (const auto warnings = static_cast<std::size_t>(summary.unchanged_warnings); warnings > 0) {
        display.messages.note(fmt::format("what stays as it is has {}: `xmppfed partner validate` shows them",
                                          core::counted(warnings, "warning")));
    }
}

}  // namespace xmppfed::cli::view
