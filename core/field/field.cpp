#include "core/field/field.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/field/field_row.hpp"
#include "core/text/domain/domain_name.hpp"
#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

constexpr std::array booleans{EnumValue{"true", {}}, EnumValue{"false", {}}};

[[noreturn]] void not_a_value(std::string_view option, std::string_view text, std::span<const EnumValue> values) {
    throw Error{ErrorKind::usage, fmt::format("{} does not take {}: give {}", option, quote(text), list_of(values))}
        .suggesting(nearest_value(text, values), "`--help` tells what each value means");
}

std::optional<std::int64_t> whole_number(std::string_view text) {
    const bool negative = text.starts_with('-');
    const auto digits = negative ? text.substr(1) : text;
    const bool decimal = !digits.empty() && std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
    const bool padded = digits.size() > 1 && digits.front() == '0';
    if (!decimal || padded) {
        return std::nullopt;
    }
    std::int64_t number = 0;
    const auto status = std::from_chars(text.data(), text.data() + text.size(), number).ec;
    if (status == std::errc::result_out_of_range) {
        using Limits = std::numeric_limits<std::int64_t>;
        return negative ? Limits::min() : Limits::max();
    }
    return number;
}

}  // namespace

std::string plain_text(const Json& value, std::string_view separator) {
    if (value.is_null()) {
        return {};
    }
    if (value.is_string()) {
        return value.get<std::string>();
    }
    if (value.is_array()) {
        return join(value.get<std::vector<std::string>>(), separator);
    }
    return value.dump();
}

std::size_t read_value(std::string_view option, std::span<const EnumValue> values, std::string_view text) {
    const auto index = find_value(values, text);
    if (!index) {
        not_a_value(option, text, values);
    }
    return *index;
}

bool read_boolean(std::string_view option, std::string_view text) {
    const auto lower = ascii_lower(text);
    if (lower != "true" && lower != "false") {
        not_a_value(option, text, booleans);
    }
    return lower == "true";
}

std::int64_t read_number(std::string_view option, std::string_view text) {
    if (const auto number = whole_number(text)) {
        return *number;
    }
    throw Error{ErrorKind::usage, fmt::format("{} needs a whole number, not {}", option, quote(text))}.hint(
        "give decimal digits, without a leading zero");
}

std::int64_t read_record_number(std::string_view option, std::string_view text, std::string_view what,
                                std::string_view hint) {
    const auto number = read_number(option, text);
    if (number != 0 && fmt::to_string(number) != text) {
        throw Error{ErrorKind::not_found, fmt::format("there is no {} {}", what, text)}.hint(std::string{hint});
    }
    return number;
}

std::span<const EnumValue> boolean_values() {
    return booleans;
}

std::string canonical_or_as_is(std::string_view text) {
    auto domain = canonical_domain(text);
    return domain.valid() ? std::move(domain.name) : std::string{text};
}

std::vector<std::string> read_domain_list(std::span<const std::string> items) {
    std::vector<std::string> domains;
    domains.reserve(items.size());
    std::ranges::transform(items, std::back_inserter(domains), canonical_or_as_is);
    return domains;
}

std::vector<std::string> read_domain_set(std::span<const std::string> items) {
    auto domains = read_domain_list(items);
    std::ranges::sort(domains);
    return domains;
}

std::vector<std::string> read_choices(std::string_view option, std::span<const EnumValue> values,
                                      std::span<const std::string> items) {
    std::vector<std::string> choices;
    for (const auto& item : items) {
        choices.emplace_back(values[read_value(option, values, item)].name);
    }
    std::ranges::sort(choices);
    choices.erase(std::unique(choices.begin(), choices.end()), choices.end());
    return choices;
}

namespace field_row {

namespace {

std::string dashed(const FieldDescription& field) {
    return fmt::format("--{}", field.option);
}

std::string kept(const FieldDescription& field, const std::string& text) {
    if (field.spelled != nullptr) {
        return field.spelled(text);
    }
    return field.kind == FieldKind::text ? text : canonical_or_as_is(text);
}

}  // namespace

void read(const FieldDescription& field, Items items, std::string& value) {
    value = kept(field, items.front());
}

void read(const FieldDescription& field, Items items, std::optional<std::string>& value) {
    value = items.front().empty() ? std::nullopt : std::optional{kept(field, items.front())};
}

void read(const FieldDescription& field, Items items, Domains& value) {
    if (items.empty()) {
        value.clear();
        return;
    }
    if (field.kind == FieldKind::choice_set) {
        value = read_choices(dashed(field), field.values, items);
        return;
    }
    value = field.kind == FieldKind::domain_set ? read_domain_set(items) : read_domain_list(items);
}

void read(const FieldDescription& field, Items items, std::optional<Domains>& value) {
    value.reset();
    if (!items.empty()) {
        read(field, items, value.emplace());
    }
}

// Of a whole book each value comes by here, and only a message needs the name of the option.

void read(const FieldDescription& field, Items items, bool& value) {
    const auto& text = items.front();
    value = text == "true" || (text != "false" && read_boolean(dashed(field), text));
}

void read(const FieldDescription& field, Items items, std::int64_t& value) {
    const auto number = whole_number(items.front());
    value = number ? *number : read_number(dashed(field), items.front());
}

void read(const FieldDescription& field, Items items, std::optional<std::int64_t>& value) {
    if (items.front().empty()) {
        value.reset();
    } else {
        std::int64_t number = 0;
        read(field, items, number);
        value = number;
    }
}

std::size_t read_index(const FieldDescription& field, Items items) {
    const auto index = find_value(field.values, items.front());
    return index ? *index : read_value(dashed(field), field.values, items.front());
}

bool surely_reads_back(const FieldDescription& field, const std::string& value) {
    if (field.spelled != nullptr) {
        return field.spelled(value) == value;
    }
    return field.kind == FieldKind::text || is_canonical_domain(value);
}

bool surely_reads_back(const FieldDescription& field, const std::optional<std::string>& value) {
    return !value || (!value->empty() && surely_reads_back(field, *value));
}

bool surely_reads_back(const FieldDescription& field, const Domains& value) {
    if (field.kind == FieldKind::choice_set) {
        return value.empty();
    }
    return std::ranges::all_of(value, is_canonical_domain) &&
           (field.kind == FieldKind::domain_list || std::ranges::is_sorted(value));
}

bool surely_reads_back(const FieldDescription& field, const std::optional<Domains>& value) {
    return value ? surely_reads_back(field, *value) : field.is_null_by_default;
}

}  // namespace field_row

}  // namespace xmppfed::core
