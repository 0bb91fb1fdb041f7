#include "cli/view/changes_view.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/view/partner_view.hpp"
#include "core/field.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli::view {

namespace {

using core::Json;

constexpr std::size_t short_text = 24;  // columns

bool is_unset(const Json& value) {
    return value.is_null() || (value.is_string() && value.get_ref<const std::string&>().empty()) ||
           (value.is_array() && value.empty());
}

std::string shown(const Json& value) {
    return is_unset(value) ? "(none)" : core::escape(core::plain_text(value, ", "));
}

/// The items of a list that are in another, or are not.
Json items_of(const Json& list, const Json& other, bool there) {
    Json items = Json::array();
    std::ranges::copy_if(list, std::back_inserter(items),
                         [&](const Json& item) { return (std::ranges::find(other, item) != other.end()) == there; });
    return items;
}

std::string signed_items(std::string_view sign, const Json& items) {
    std::string text;
    for (const auto& item : items) {
        text += fmt::format(" {}{}", sign, core::escape(item.get_ref<const std::string&>()));
    }
    return text;
}

/// What is new and what is gone; and the order, unless the new ones stand behind the others or it means nothing.
std::string list_difference(core::FieldKind kind, const Json& before, const Json& after) {
    const auto added = items_of(after, before, /*there=*/false);
    const auto text = signed_items("+", added) + signed_items("-", items_of(before, after, /*there=*/false));
    auto in_order = items_of(before, after, /*there=*/true);
    std::ranges::copy(added, std::back_inserter(in_order));
    const bool tells_order = kind == core::FieldKind::domain_list && in_order != after;
    return tells_order ? fmt::format("{} in the order {}", text, shown(after)) : text;
}

std::string difference(const core::FieldChange& change, FreeTexts texts) {
    const auto& [field, before, after] = change;
    if (texts == FreeTexts::shortened && field->kind == core::FieldKind::text) {
        return fmt::format(" {} -> {}", core::shorten(shown(before), short_text),
                           core::shorten(shown(after), short_text));
    }
    if (before.is_array() && after.is_array()) {
        return list_difference(field->kind, before, after);
    }
    const bool is_list = before.is_array() || after.is_array();  // that was never set, or is not any more
    const auto one = [is_list](const Json& value) { return is_list && value.is_null() ? "(not set)" : shown(value); };
    return fmt::format(" {} -> {}", one(before), one(after));
}

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
    const auto name = item.at("partner").is_null() ? subject : fmt::format("{} {}", subject, shown(item.at("partner")));
    auto text = fmt::format("{} {}\n", sign_of(action, style), style.bold(name));
    if (action == "update") {
        for (const auto& line : differences(change)) {
            text += fmt::format("    {}\n", line);
        }
        return text;
    }
    for (const auto& [field, before, after] : core::changed_fields(change)) {
        if (action == "create" && field->kind != core::FieldKind::identity && !is_unset(after)) {
            text += fmt::format("    {}: {}\n", field->key, shown(after));
        }
    }
    return text;
}

}  // namespace

std::vector<std::string> differences(const core::ManifestChange& change, FreeTexts texts) {
    std::vector<std::string> lines;
    for (const auto& each : core::changed_fields(change)) {
        lines.push_back(fmt::format("{}:{}", each.field->key, difference(each, texts)));
    }
    return lines;
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
    if (!list_) {
        display_.print_text(fmt::format("{}\n", outcome));
        return;
    }
    auto trailer =
        Json::object({{"summary", core::to_json(summary)}, {"diagnostics", core::to_json(diagnostics.kept())}});
    if (diagnostics.left_out() > 0) {
        trailer["diagnostics_left_out"] = diagnostics.left_out();
    }
    list_->end(trailer);
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
