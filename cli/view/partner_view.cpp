#include "cli/view/partner_view.hpp"

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/partner/partner_fields.hpp"
#include "core/text/domain/domain_name.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli::view {

namespace {

using core::Json;

constexpr std::size_t partner_label_width = 24;

std::string enabled_text(const Json& item) {
    return item.at("enabled").get<bool>() ? "" : "suspended";
}

constexpr std::array partner_columns{
    Column{.key = "primary_domain", .heading = "PARTNER"},
    Column{.key = "type", .heading = "TYPE"},
    Column{.key = "tls", .heading = "TLS"},
    Column{.key = "sasl", .heading = "SASL"},
    Column{.key = "dialback", .heading = "DIALBACK", .rank = 2},
    Column{.key = "enabled", .heading = "STATE", .rank = 1, .text = enabled_text},
    Column{.key = "additional_domains", .heading = "ADDITIONAL DOMAINS", .content = Content::names, .rank = 3},
    Column{.key = "description", .heading = "DESCRIPTION", .content = Content::text, .rank = 4},
};

/// What is no field, and in a list only when it is asked for.
constexpr std::array further_partner_columns{
    Column{.key = core::computed_partner_key, .heading = "METHODS", .content = Content::names},
    Column{.key = "revision", .heading = "REVISION"},
    Column{.key = "created_at", .heading = "CREATED"},
    Column{.key = "updated_at", .heading = "UPDATED"},
};

Content content_of(core::FieldKind kind) {
    if (core::is_plural(kind)) {
        return Content::names;
    }
    return kind == core::FieldKind::text ? Content::text : Content::whole;
}

/// The column of a field that a list has only when it is asked for.
Column column_of_field(std::string_view key) {
    static const auto headings = [] {
        std::map<std::string_view, std::string> all;
        for (const auto& field : core::partner_fields()) {
            all[field.key] = core::ascii_upper(field.label);
        }
        return all;
    }();
    const auto& field = core::partner_field(key);
    return {.key = field.key, .heading = headings.at(key), .content = content_of(field.kind)};
}

Column column_of(std::string_view key) {
    for (const auto& columns :
         {std::span<const Column>{partner_columns}, std::span<const Column>{further_partner_columns}}) {
        if (const auto column = std::ranges::find(columns, key, &Column::key); column != columns.end()) {
            return *column;
        }
    }
    return column_of_field(key);
}

const std::vector<std::string_view>& partner_csv_keys() {
    static const auto keys = [] {
        std::vector<std::string_view> all;
        for (const auto& field : core::partner_fields()) {
            all.push_back(field.key);
        }
        const auto kept = core::kept_partner_keys();
        all.insert(all.end(), kept.begin(), kept.end());
        return all;
    }();
    return keys;
}

std::string property_line(std::string_view label, std::string_view value) {
    return fmt::format("  {:<{}}{}\n", fmt::format("{}:", label), partner_label_width, value.empty() ? "-" : value);
}

std::string heading(const core::Partner& partner, const Style& style) {
    const auto shown = core::escape(core::unicode_domain(partner.primary_domain));
    const auto suffix = shown == partner.primary_domain ? std::string{} : fmt::format(" ({})", shown);
    return fmt::format("{}{}\n", style.bold(core::escape(partner.primary_domain)), suffix);
}

std::string describe(const core::CommittedPartner& partner, const Style& style) {
    auto text = heading(partner, style);
    for (const auto& field : core::partner_fields()) {
        if (field.kind != core::FieldKind::identity) {  // that is the heading
            text += property_line(field.label, core::escape(core::plain_text(field.write(partner), ", ")));
        }
    }
    text += property_line("Methods", core::plain_text(core::to_json(core::offer(partner.negotiation).methods), ", "));
    text += property_line("Revision", fmt::to_string(partner.revision));
    text += property_line("Created", core::escape(partner.created_at));
    text += property_line("Updated", core::escape(partner.updated_at));
    return text + "\n" + permissions_text(partner.type);
}

void print_diagnostic(const Display& display, const core::Diagnostic& diagnostic, std::string_view indent,
                      Naming naming) {
    const auto style = display.style;
    display.print_text(fmt::format("{}{}\n", indent, diagnostic_text(diagnostic, style, naming)));
    if (!diagnostic.hint.empty()) {
        display.print_text(fmt::format("{}  {} {}\n", indent, style.bold("hint:"), diagnostic.hint));
    }
}

}  // namespace

std::string permissions_text(core::PartnerType type) {
    std::string text = "  The partner's users may\n";
    for (const auto& permission : core::permissions()) {
        text += fmt::format("    {}: {}\n", permission.what, permission.answers[static_cast<std::size_t>(type)]);
    }
    const auto& meaning = core::values_of<core::PartnerType>()[static_cast<std::size_t>(type)].meaning;
    return text + fmt::format("  Meant for: {}\n", meaning);
}

std::string permissions_of_all_types() {
    std::string text = "  The partner's users may\n";
    const auto types = core::values_of<core::PartnerType>();
    for (const auto& permission : core::permissions()) {
        text += fmt::format("    {}\n", permission.what);
        for (std::size_t type = 0; type < types.size(); ++type) {
            text += fmt::format("      {}: {}\n", types[type].name, permission.answers[type]);
        }
    }
    return text + fmt::format("  For a public provider {} is recommended, and {} is not.\n",
                              core::name_of(core::PartnerType::public_unverified),
                              core::name_of(core::PartnerType::public_verified));
}

std::span<const core::EnumValue> partner_keys() {
    static const auto keys = [] {
        std::vector<core::EnumValue> all;
        for (const auto& field : core::partner_fields()) {
            all.push_back({field.key, field.label});
        }
        all.push_back({core::computed_partner_key, "how streams may be authenticated"});
        for (const auto key : core::kept_partner_keys()) {
            all.push_back({key, "kept by the store"});
        }
        return all;
    }();
    return keys;
}

ChosenColumns partner_columns_of(std::span<const std::string_view> keys) {
    ChosenColumns chosen;
    for (const auto key : keys) {
        auto column = column_of(key);
        column.rank = static_cast<int>(chosen.columns.size());
        chosen.columns.push_back(column);
        chosen.csv_keys.push_back(key);
    }
    return chosen;
}

ListShape partner_list_shape(const ChosenColumns& chosen) {
    auto shape = partner_list_shape();
    shape.columns = chosen.columns;
    shape.csv_keys = chosen.csv_keys;
    return shape;
}

ListShape partner_list_shape() {
    return {.kind = "partner-list", .items = "partners", .columns = partner_columns, .csv_keys = partner_csv_keys()};
}

ListOptions list_options(const Display& display) {
    return {.format = display.format,
            .columns = display.columns,
            .style = display.style,
            .dry_run = display.dry_run,
            .medium = display.medium,
            .messages = &display.messages};
}

core::Json PartnerItem::json() const {
    return core::to_json_with_methods(partner_);
}

void PartnerItem::append(core::ObjectText& object) const {
    core::append_with_methods(object, partner_);
}

void print_diagnostics(const Display& display, const core::Diagnostics& diagnostics, std::string_view indent) {
    for (const auto& diagnostic : diagnostics) {
        print_diagnostic(display, diagnostic, indent, Naming::none);
    }
}

void print_diagnostics_by_partner(const Display& display, const core::Diagnostics& diagnostics,
                                  std::string_view indent) {
    for (const auto& diagnostic : diagnostics) {
        print_diagnostic(display, diagnostic, indent, Naming::partner);
    }
}

void print_partner(const Display& display, const core::CommittedPartner& partner, const core::Diagnostics& diagnostics,
                   DiagnosticsInText in_text) {
    const auto item = core::to_json_with_methods(partner);
    switch (display.format) {
    case Format::table:
        display.print_text(describe(partner, display.style));
        if (in_text == DiagnosticsInText::all && !diagnostics.empty()) {
            display.print_text("\n");
            print_diagnostics(display, diagnostics, "  ");
        }
        break;
    case Format::json:
        display.print_document("partner",
                               Json::object({{"partner", item}, {"diagnostics", core::to_json(diagnostics)}}));
        break;
    case Format::jsonl:
    case Format::csv: {
        const auto list = make_list_view(display.out, partner_list_shape(), list_options(display));
        list->begin();
        list->item(item);
        list->end({});
        break;
    }
    }
}

void print_partner_list(const Display& display, std::span<const core::CommittedPartner> partners,
                        const core::Json& trailer) {
    const auto list = make_list_view(display.out, partner_list_shape(), list_options(display));
    list->begin();
    for (const auto& partner : partners) {
        list->item(PartnerItem{partner});
    }
    list->end(trailer);
}

void print_committed(const Display& display, const core::CommittedPartner& partner,
                     const core::Diagnostics& diagnostics) {
    if (display.shows_result()) {
        print_partner(display, partner, diagnostics, DiagnosticsInText::none);
    }
}

}  // namespace xmppfed::cli::view
