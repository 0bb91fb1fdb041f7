#pragma once

#include <optional>
#include <string_view>

#include "core/text/json/placed_json.hpp"

namespace xmppfed::core {

/// An object of JSON in one line, as programs write it: printable ASCII without escapes, blanks alone between the tokens,
/// whole numbers, and in arrays strings alone.
struct PlainObject {
    PlacedJson value;
    std::size_t size = 0;  ///< its characters
};

/// The one that `text` begins with; `begin` is the place of its first character. Nothing where it begins with anything
/// else, which may be good JSON too: this is a short way, not another opinion. Nor where the object has the key `streamed`.
[[nodiscard]] std::optional<PlainObject> read_plain_object(std::string_view text, Place begin,
                                                           std::string_view streamed);

}  // namespace xmppfed::core
