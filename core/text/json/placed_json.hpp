#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/text/json/json_source.hpp"

namespace xmppfed::core {

/// A JSON value that knows where it stands. A number without a fraction is whole, however it is spelt (1.0, 1e2).
struct PlacedJson {
    enum class Kind { null, boolean, integer, fraction, text, object, array };
    struct Member;

    Kind kind = Kind::null;
    std::string text = {};  ///< of a string, decoded; a whole number as plain digits; else as JSON spells it
    Place place = {};
    std::vector<Member> members;       ///< of an object, in order, repeated ones included
    std::vector<PlacedJson> elements;  ///< of an array

    [[nodiscard]] bool is_empty_text() const { return kind == Kind::text && text.empty(); }
};

struct PlacedJson::Member {
    std::string name;
    Place place;
    PlacedJson value;
};

/// "a string", "a whole number": for messages.
[[nodiscard]] std::string_view name_of(PlacedJson::Kind kind);

/// Why reading ended early.
struct JsonProblem {
    std::string message;  ///< safe for a terminal
    Place place;
};

/// Reads one value. The elements of the outermost array, or of the array `streamed` of the outermost object, are handed
/// to `element` one after another and left out of what `whole` gets in the end, so that their number does not matter.
/// Those of the array `skipped` of the outermost object are left out too, and go to nobody.
/// Text that is no JSON (RFC 8259), is nested deeper than `deepest_json` or has more in one value than the limits below
/// allow ends the reading with a problem.
[[nodiscard]] std::optional<JsonProblem> read_placed(JsonSource& source, std::string_view streamed,
                                                     const std::function<void(PlacedJson&&)>& element,
                                                     const std::function<void(PlacedJson&&)>& whole,
                                                     std::string_view skipped = {});

inline constexpr std::size_t deepest_json = 32;
inline constexpr std::size_t most_members = 1000;     ///< of one object
inline constexpr std::size_t most_elements = 100000;  ///< of one array that is not handed on

}  // namespace xmppfed::core
