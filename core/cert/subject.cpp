#include "core/cert/subject.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/rule/rules.hpp"
#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

constexpr std::array<std::string_view, 249> country_codes{
#include "core/cert/country_codes.inc"
};

constexpr std::array<std::string_view, 249> alpha_3_codes{
#include "core/cert/country_codes_alpha3.inc"
};

/// What stands for a country elsewhere, and its code.
struct OtherCode {
    std::string_view other;
    std::string_view code;
};

/// What ISO 3166-1 reserves for another use of the same country (UK, EL), languages of ISO 639-1 that no country has for
/// its code, and how some countries are called for short.
constexpr std::array other_codes{
    OtherCode{"UK", "GB"},  OtherCode{"EL", "GR"},  OtherCode{"EN", "GB"},  OtherCode{"CS", "CZ"},
    OtherCode{"DA", "DK"},  OtherCode{"JA", "JP"},  OtherCode{"KO", "KR"},  OtherCode{"ZH", "CN"},
    OtherCode{"ENG", "GB"}, OtherCode{"GER", "DE"}, OtherCode{"HOL", "NL"}, OtherCode{"UAE", "AE"},
};

constexpr std::string_view country_key = "country";

constexpr std::array subject_attributes{
    SubjectField{country_key, "country", "C", 2, &CertSubject::country},
    SubjectField{"state", "state", "ST", 128, &CertSubject::state},
    SubjectField{"city", "city", "L", 128, &CertSubject::locality},
    SubjectField{"organization", "organization", "O", 64, &CertSubject::organization},
    SubjectField{"organizational_unit", "organizational unit", "OU", 64, &CertSubject::organizational_unit},
    SubjectField{"common_name", "common name", "CN", 64, &CertSubject::common_name},
};

/// The two-letter code of what somebody may have meant; "" when that cannot be told.
std::string_view meant_country(std::string_view value) {
    if (const auto* const other = std::ranges::find(other_codes, value, &OtherCode::other);
        other != other_codes.end()) {
        return other->code;
    }
    const auto* const known = std::ranges::find(alpha_3_codes, value);
    return known == alpha_3_codes.end() ? std::string_view{}
                                        : country_codes.at(static_cast<std::size_t>(known - alpha_3_codes.begin()));
}

std::string hint_for(const SubjectField& field, std::string_view value) {
    if (field.key != country_key) {
        return "shorten it, or leave out what is not allowed";
    }
    const auto meant = meant_country(value);
    return meant.empty() ? "use the code of two letters, as in `--country US` for the United States"
                         : fmt::format("the code of that country is {}: use `--country {}`", meant, meant);
}

std::string problem(const SubjectField& field, std::string_view value) {
    if (field.key == country_key && !std::ranges::binary_search(country_codes, value)) {
        return fmt::format("{} is no two-letter code of ISO 3166-1", quote(value));
    }
    if (!is_utf8(value)) {
        return "is not valid UTF-8";
    }
    if (!is_safe(value)) {
        return "contains a control character";
    }
    if (const auto count = length(value); count > field.most) {
        return fmt::format("has {} characters; at most {} are allowed", count, field.most);
    }
    return {};
}

}  // namespace

std::span<const SubjectField> subject_fields() {
    return subject_attributes;
}

Diagnostics check_subject(const CertSubject& subject) {
    Diagnostics diagnostics;
    for (const auto& field : subject_attributes) {
        const auto& value = subject.*field.value;
        if (const auto text = value.empty() ? std::string{} : problem(field, value); !text.empty()) {
            diagnostics.push_back(make_diagnostic(rule::subject_invalid, field.key,
                                                  fmt::format("{} {}", field.label, text), hint_for(field, value)));
        }
    }
    return diagnostics;
}

Json to_json(const CertSubject& subject) {
    Json json = Json::object();
    for (const auto& field : subject_attributes) {
        if (const auto& value = subject.*field.value; !value.empty()) {
            json[std::string{field.short_name}] = value;
        }
    }
    return json;
}

}  // namespace xmppfed::core
