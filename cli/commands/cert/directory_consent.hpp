#pragma once

#include <string>
#include <string_view>

#include "cli/context.hpp"

namespace xmppfed::cli {

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
