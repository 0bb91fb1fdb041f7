#pragma once

#include <string>
#include <vector>

#include "core/manifest/manifest_change.hpp"
#include "core/text/json/json.hpp"

/// Changes of fields in words, safe for a terminal.
namespace xmppfed::core {

/// Whether the value after a change says something: an empty list does, where one that was never set is null.
[[nodiscard]] bool is_set(const FieldChange& change);

/// A value of a field in one line; "(none)" where it is unset.
[[nodiscard]] std::string shown_value(const Json& value);

/// What becomes of free texts: one that is long says too much where there is little room.
enum class FreeTexts { whole, shortened };

/// Each field that an update changes: "tls: required -> optional".
[[nodiscard]] std::vector<std::string> differences(const ManifestChange& change, FreeTexts texts = FreeTexts::whole);

/// The same in one line, long texts shortened, and of a certificate request too; of a first edge which fields were set. Empty where
/// all else is new or gone.
[[nodiscard]] std::string changes_line(const ManifestChange& change);

}  // namespace xmppfed::core
