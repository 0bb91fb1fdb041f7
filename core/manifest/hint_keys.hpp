#pragma once

#include <string>
#include <string_view>

namespace xmppfed::core {

/// What a kind of file calls the field of a partner or the edge with that JSON key.
using KeyNames = std::string_view (*)(std::string_view key);

/// Manifests call them by their JSON keys.
[[nodiscard]] std::string_view manifest_name(std::string_view key);

/// And so does CSV, which has values as they are.
[[nodiscard]] std::string_view csv_name(std::string_view key);

/// The hint of a diagnostic for whoever edits a file: a setting that stands in backticks as options of a command, such as
/// `--tls required`, becomes one of the file, `"tls": "required"`, or in CSV
/// `tls: required`. Commands, and everything else, stay as they are.
[[nodiscard]] std::string hint_in_keys(std::string_view hint, KeyNames names);

}  // namespace xmppfed::core
