#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/field/enumeration.hpp"

namespace xmppfed::cli {

/// How a result is written.
enum class Format { table, json, jsonl, csv };

/// The formats that a command's output has: the first so many of `Format`.
enum class Formats : std::uint8_t { text = 1, document = 2, lines = 3, items = 4 };

}  // namespace xmppfed::cli

template <>
std::span<const xmppfed::core::EnumValue> xmppfed::core::values_of<xmppfed::cli::Format>();

namespace xmppfed::cli {

/// The values of --output that a command with these formats takes.
[[nodiscard]] inline std::span<const core::EnumValue> values_of(Formats formats) {
    return core::values_of<Format>().first(static_cast<std::size_t>(formats));
}

}  // namespace xmppfed::cli
