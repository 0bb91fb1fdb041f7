#pragma once

#include "cli/context.hpp"

namespace xmppfed::cli {

/// The summary of the store; none when it is missing.
[[nodiscard]] std::optional<store::Summary> summary_of(Context& context);

/// The members of a document of kind `store`: where it is, and what is in it. Null for what a missing store does not
/// have, and for what a damaged one cannot tell.
[[nodiscard]] core::Json store_members(Context& context, const std::optional<store::Summary>& summary);

/// The absolute path of a store's file that an argument or option names, `wanted` being what it is for: "a backup needs".
/// Throws Error of kind usage for what is no file: nothing, `-`, the address of a database.
[[nodiscard]] std::string store_file(const World& world, const std::string& name, std::string_view wanted,
                                     const std::string& hint);

/// Prints them: a document, or text with one a line.
void print_store(Context& context, const core::Json& members);

}  // namespace xmppfed::cli
