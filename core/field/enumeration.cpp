#include "core/field/enumeration.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <numeric>
#include <utility>
#include <vector>

#include "core/text/text.hpp"

namespace xmppfed::core {

std::string folded(std::string_view text) {
    std::string result = ascii_lower(text);
    std::erase_if(result, [](char c) { return c == ' ' || c == '-' || c == '_'; });
    return result;
}

std::optional<std::size_t> find_value(std::span<const EnumValue> values, std::string_view text) {
    auto found = std::ranges::find(values, text, &EnumValue::name);
    if (found == values.end()) {
        const auto wanted = folded(text);
        found = std::ranges::find_if(values, [&](const EnumValue& value) { return folded(value.name) == wanted; });
    }
    if (found == values.end()) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(found - values.begin());
}

namespace {

/// Nobody mistypes more than that, and the time that distances take is quadratic in it.
constexpr std::size_t longest_word = 64;

/// Optimal string alignment distance: Levenshtein's, with a swap of two neighbours counted once. Preconditions: `b` is
/// not longer than `longest_word`, nor `a` much longer.
std::size_t distance(std::string_view a, std::string_view b) {
    using Row = std::array<std::uint8_t, longest_word + 1>;  // small: it is copied for each letter
    Row before_last{};
    Row last{};
    Row row{};
    std::iota(row.begin(), row.end(), std::uint8_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        before_last = std::exchange(last, row);
        row[0] = static_cast<std::uint8_t>(i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            int fewest = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) {
                fewest = std::min(fewest, before_last[j - 2] + 1);
            }
            row[j] = static_cast<std::uint8_t>(fewest);
        }
    }
    return row[b.size()];
}

/// The candidate that goes on from the word, when no other does, or when all others go on from it in turn.
std::string_view begun_by(std::string_view word, std::span<const std::string_view> candidates) {
    constexpr std::size_t enough = 3;  // letters that mean something
    std::vector<std::string_view> longer;
    std::ranges::copy_if(candidates, std::back_inserter(longer),
                         [&](std::string_view candidate) { return candidate.starts_with(word); });
    if (word.size() < enough || longer.empty()) {
        return {};
    }
    const auto shortest = *std::ranges::min_element(longer, {}, &std::string_view::size);
    const bool is_clear =
        std::ranges::all_of(longer, [&](std::string_view candidate) { return candidate.starts_with(shortest); });
    return is_clear ? shortest : std::string_view{};
}

/// The candidate that the fewest edits make out of the word, if at most a third of its letters differ.
std::string_view closest_to(std::string_view word, std::span<const std::string_view> candidates) {
    std::string_view best;
    std::size_t best_distance = std::string_view::npos;
    for (const auto candidate : candidates) {
        const auto [shorter, longer] = std::minmax({word.size(), candidate.size()});
        const auto allowed = std::max<std::size_t>(1, longer / 3);
        if (longer - shorter > allowed) {
            continue;  // so many letters are missing at least
        }
        if (const auto found = distance(candidate, word); found <= allowed && found < best_distance) {
            best = candidate;
            best_distance = found;
        }
    }
    return best;
}

}  // namespace

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates) {
    if (word.empty() || word.size() > longest_word) {
        return {};
    }
    const auto lower = ascii_lower(word);
    const auto begun = begun_by(lower, candidates);
    return begun.empty() ? closest_to(lower, candidates) : begun;
}

std::string_view nearest_value(std::string_view word, std::span<const EnumValue> values) {
    std::vector<std::string> forms;
    std::ranges::transform(values, std::back_inserter(forms), folded, &EnumValue::name);
    const std::vector<std::string_view> candidates(forms.begin(), forms.end());
    const auto index = find_value(values, nearest(folded(word), candidates));
    return index ? values[*index].name : std::string_view{};
}

std::string list_of(std::span<const EnumValue> values) {
    std::string text;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i > 0) {
            text += i + 1 == values.size() ? " or " : ", ";
        }
        text += values[i].name;
    }
    return text;
}

}  // namespace xmppfed::core
