#include "cli/view/cert_names_view.hpp"

#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/view/layout/list_view.hpp"
#include "cli/view/partner_view.hpp"
#include "core/cert/cert_name_rules.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli::view {

namespace {

using core::Json;

constexpr std::array<std::string_view, 4> name_csv_keys{"type", "value", "source", "present"};

std::string names_text(const Json& names, const Style& style) {
    auto text = fmt::format("  Names that are needed ({}):\n", names.size());
    for (const auto& name : names) {
        text += fmt::format("    {:<10}{}  {}{}\n", name.at("type").get<std::string>(),
                            core::escape(name.at("value").get<std::string>()),
                            style.dim(name.at("source").get<std::string>()),
                            name.at("present").get<bool>() ? "" : "  missing");
    }
    return text;
}

std::string surplus_text(const Json& names) {
    auto text = names.empty() ? std::string{} : fmt::format("  Names that are not needed ({}):\n", names.size());
    for (const auto& name : names) {
        text += fmt::format("    {:<10}{}\n", name.at("type").get<std::string>(),
                            core::escape(name.at("value").get<std::string>()));
    }
    return text;
}

}  // namespace

Json names_json(std::span<const core::CertName> needed, std::span<const core::CertName> present) {
    const core::NameSet there{present};
    auto names = Json::array();
    for (const auto& name : needed) {
        names.push_back(Json::object({{"type", core::name_of(name.type)},
                                      {"value", name.value},
                                      {"source", core::name_of(name.source)},
                                      {"present", there.covers(name)}}));
    }
    return names;
}

Json surplus_json(std::span<const core::CertName> needed, std::span<const core::CertName> present) {
    auto names = Json::array();
    for (const auto& name : core::surplus_names(present, needed)) {
        names.push_back(Json::object({{"type", core::name_of(name.type)}, {"value", name.value}}));
    }
    return names;
}

void print_cert_diagnostics(const Display& display, std::string_view kind, const std::string& heading, Json members,
                            const Json& names, const core::Diagnostics& diagnostics, const std::optional<Json>& surplus,
                            const Json& row_members) {
    switch (display.format) {
    case Format::table:
        display.print_text(heading + names_text(names, display.style) + surplus_text(surplus.value_or(Json{})));
        print_diagnostics(display, diagnostics, "");
        break;
    case Format::json:
        members["names"] = names;
        if (surplus) {
            members["surplus_names"] = *surplus;
        }
        members["errors"] = core::count(diagnostics, core::Severity::error);
        members["warnings"] = core::count(diagnostics, core::Severity::warning);
        members["diagnostics"] = core::to_json(diagnostics);
        display.print_document(kind, members);
        break;
    case Format::jsonl:
    case Format::csv: {
        std::vector<std::string_view> keys{name_csv_keys.begin(), name_csv_keys.end()};
        for (const auto& member : row_members.items()) {
            keys.emplace_back(member.key());
        }
        const ListShape shape{.kind = kind, .items = "names", .columns = {}, .csv_keys = keys};
        const auto list = make_list_view(display.out, shape, list_options(display));
        list->begin();
        for (auto name : names) {
            name.update(row_members);
            list->item(name);
        }
        list->end({});
        // The rows are names, and have no place for diagnostics.
        display.out.flush();
        display.messages.diagnostics(diagnostics, display.strict);
        break;
    }
    }
}

}  // namespace xmppfed::cli::view
