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

/// What is new and what is gone; and the order, unless the new ones stand behind the others. It means something for our
/// own domains, above all which is the first; additional domains are a set.
std::string list_difference(std::string_view key, const Json& before, const Json& after) {
    const auto added = items_of(after, before, /*there=*/false);
    const auto text = signed_items("+", added) + signed_items("-", items_of(before, after, /*there=*/false));
    auto in_order = items_of(before, after, /*there=*/true);
    std::ranges::copy(added, std::back_inserter(in_order));
    const bool tells_order = key != "additional_domains" && in_order != after;
    return tells_order ? fmt::format("{} in the order {}", text, shown(after)) : text;
}

std::string difference(std::string_view key, const Json& before, const Json& after) {
    if (before.is_array() && after.is_array()) {
        return list_difference(key, before, after);
    }
    const bool is_list = before.is_array() || after.is_array();  // that was never set, or is not any more
    const auto one = [&](const Json& value) { return is_list && value.is_null() ? "(not set)" : shown(value); };
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
    const auto name =
        item.at("partner").is_null() ? std::string{"edge"} : fmt::format("partner {}", shown(item.at("partner")));
    auto text = fmt::format("{} {}\n", sign_of(action, style), style.bold(name));
    if (action == "update") {
        for (const auto& line : differences(change)) {
            text += fmt::format("    {}\n", line);
        }
        return text;
    }
    for (const auto& field : item.at("fields")) {
        const auto& key = field.at("field").get_ref<const std::string&>();
        if (action == "create" && key != "primary_domain" && !is_unset(field.at("after"))) {
            text += fmt::format("    {}: {}\n", key, shown(field.at("after")));
        }
    }
    return text;
}

}  // namespace

std::vector<std::string> differences(const core::ManifestChange& change) {
    std::vector<std::string> lines;
    const auto item = core::to_json(change);
    for (const auto& field : item.at("fields")) {
        const auto& key = field.at("field").get_ref<const std::string&>();
        lines.push_back(fmt::format("{}:{}", key, difference(key, field.at("before"), field.at("after"))));
    }
    return lines;
}

ChangesView::ChangesView(Context& context, std::string_view kind) : context_{context} {
    if (context.globals().output != Format::table) {
        const ListShape shape{.kind = kind, .items = "changes", .columns = {}, .csv_keys = {}};
        list_ = make_list_view(context.out(), shape, list_options(context));
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
        context_.print_text(as_text(change, context_.style()));
    }
}

void ChangesView::end(const core::ManifestSummary& summary, const core::FindingsLog& findings,
                      std::string_view outcome) {
    if (!list_) {
        context_.print_text(fmt::format("{}\n", outcome));
        return;
    }
    auto trailer = Json::object({{"summary", core::to_json(summary)}, {"diagnostics", core::to_json(findings.kept())}});
    if (findings.left_out() > 0) {
        trailer["diagnostics_left_out"] = findings.left_out();
    }
    list_->end(trailer);
}

std::string intention(std::string_view lead, const core::ManifestSummary& summary) {
    return summary.changes_anything() ? fmt::format("{}: {} to create, {} to update, {} to remove, {} unchanged.", lead,
                                                    summary.create, summary.update, summary.remove, summary.unchanged)
                                      : fmt::format("No changes: {} unchanged.", summary.unchanged);
}

void tell_unchanged_warnings(Context& context, const core::ManifestSummary& summary) {
    if (const auto warnings = static_cast<std::size_t>(summary.unchanged_warnings); warnings > 0) {
        context.messages().note(fmt::format("what stays as it is has {}: `xmppfed partner validate` shows them",
                                            core::counted(warnings, "warning")));
    }
}

}  // namespace xmppfed::cli::view
