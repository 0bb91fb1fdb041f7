#pragma once

#include <string>

#include "core/diagnostic.hpp"

/// What is made of who else may write where the program reads or writes.
namespace xmppfed::app {

/// Warnings about a store that others could have put where it is, or could replace. Root uses such a store only when
/// `is_named` by the user: otherwise this throws failed.
[[nodiscard]] core::Diagnostics judge_store_place(const std::string& store, bool is_named);

/// The same of a directory that the user has named for what servers read.
[[nodiscard]] core::Diagnostics judge_named_directory(const std::string& directory);

/// Why a directory that the user has not named may be another's trap; empty when it belongs to the user or to root and
/// nobody else may write it. One that is missing is as good as the nearest above it.
[[nodiscard]] std::string doubt_about(const std::string& directory);

}  // namespace xmppfed::app
