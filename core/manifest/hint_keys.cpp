#include "core/manifest/hint_keys.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/edge/edge.hpp"
#include "core/error.hpp"
#include "core/field/field.hpp"
#include "core/partner/partner_fields.hpp"
#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

constexpr std::string_view option_dashes = "--";

/// `"tls": "required"`, in CSV `tls: required`, or "" when no field has the option.
template <class Subject>
std::string member_of(std::span<const Field<Subject>> fields, std::string_view option, std::string_view value,
                      KeyNames names) {
    const auto field = std::ranges::find(fields, option, &Field<Subject>::option);
    if (field == fields.end()) {
        return {};
    }
    Subject subject;
    const std::string text{value == R"("")" ? std::string_view{} : value};
    try {
        field->read(subject, {&text, 1});
    } catch (const Error&) {
        return {};  // a word that stands for a value
    }
    const auto json = field->write(subject);
    return names == csv_name ? fmt::format("{}: {}", names(field->key), json.is_null() ? "\"\"" : plain_text(json, " "))
                             : fmt::format(R"("{}": {})", names(field->key), to_text(json, JsonLayout::compact));
}

/// The members that the options of `span` set, or "" when it is anything else than options and their values.
std::string members_of(std::string_view span, KeyNames names) {
    const auto words = split(span, ' ');
    std::vector<std::string> members;
    for (std::size_t i = 0; i < words.size(); i += 2) {
        if (!words[i].starts_with(option_dashes) || i + 1 == words.size()) {
            return {};
        }
        const auto option = std::string_view{words[i]}.substr(option_dashes.size());
        auto member = member_of(partner_fields(), option, words[i + 1], names);
        if (member.empty()) {
            member = member_of(edge_fields(), option, words[i + 1], names);
        }
        if (member.empty()) {
            return {};
        }
        members.push_back(std::move(member));
    }
    return join(members, ", ");
}

}  // namespace

std::string_view manifest_name(std::string_view key) {
    return key;
}

std::string_view csv_name(std::string_view key) {
    return key;
}

std::string hint_in_keys(std::string_view hint, KeyNames names) {
    auto parts = split(hint, '`');  // what stands in backticks has the odd numbers
    for (std::size_t i = 1; i + 1 < parts.size(); i += 2) {
        if (auto members = members_of(parts[i], names); !members.empty()) {
            parts[i] = std::move(members);
        }
    }
    return join(parts, "`");
}

}  // namespace xmppfed::core
