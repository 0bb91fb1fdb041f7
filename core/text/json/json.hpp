#pragma once

#include <span>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

namespace xmppfed::core {

/// JSON with its keys in the order in which they were added: documents name their keys in the order of the manual.
using Json = nlohmann::ordered_json;

/// A text, or null for an empty one.
[[nodiscard]] Json or_null(std::string_view text);

/// A path, which may have any bytes: those of no UTF-8 are written visibly, for JSON cannot hold them.
[[nodiscard]] Json path_json(std::string_view path);

/// How `to_text` lays a document out.
enum class JsonLayout {
    compact,   ///< one line, no blanks
    indented,  ///< two blanks a level
};

/// Appends a JSON string to a document, as `to_text` would spell it.
void append_text(std::string& document, std::string_view text);

/// The same for an array of strings.
void append_texts(std::string& document, std::span<const std::string> texts);

/// Serialises `json` as UTF-8. Control, bidirectional and line-separator characters are written as \uXXXX, so that the
/// text can be shown on a terminal; bytes that are not UTF-8 become U+FFFD. `depth` indents every line but the first by
/// that many levels, for an item inside a document that is written piece by piece.
[[nodiscard]] std::string to_text(const Json& json, JsonLayout layout, int depth = 0);

}  // namespace xmppfed::core
