#pragma once

#include <string>

#include "cli/context.hpp"
#include "cli/line/settings.hpp"

/// What is made of who else may write where the program reads or writes.
namespace xmppfed::cli {

/// Warnings about a store that others could have put where it is, or could replace. Root uses such a store only when the
/// user has named it, by --store or XMPPFED_STORE: otherwise this throws failed.
[[nodiscard]] core::Diagnostics judge_store_place(const Setting& store);

/// The same of a directory that the user has named for what servers read.
[[nodiscard]] core::Diagnostics judge_named_directory(const std::string& directory);

/// Why a directory that the user has not named may be another's trap; empty when it belongs to the user or to root and
/// nobody else may write it. One that is missing is as good as the nearest above it.
[[nodiscard]] std::string doubt_about(const std::string& directory);

/// A directory that the store names, or that is where it is because of the store.
struct UnnamedDirectory {
    std::string path;
    std::string_view question;  ///< "Put the key there"
    std::string_view instead;   ///< what to do when nobody can be asked: "name the directory with --to"
};

/// Asks whether to use a directory that is in doubt, unless `yes` answers. Throws failed when that is declined, and a
/// usage error that names --yes where nothing can be asked.
void agree_to(Context& context, const UnnamedDirectory& directory, bool yes);

}  // namespace xmppfed::cli
