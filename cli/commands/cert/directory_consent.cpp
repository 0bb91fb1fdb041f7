#include "cli/commands/cert/directory_consent.hpp"

#include <fmt/format.h>

#include "app/place_trust.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli {

using core::Error;
using core::ErrorKind;

void agree_to(Context& context, const UnnamedDirectory& directory, bool yes) {
    const auto doubt = app::doubt_about(directory.path);
    if (doubt.empty() || yes) {
        return;
    }
    const auto reason = fmt::format("he store leads to the directory {}, and {}", core::quote(directory.path), doubt);
    if (!context.is_interactive()) {
        throw Error{ErrorKind::usage, fmt::format("t{}: this needs --yes where nobody can be asked", reason)}.hint(
            fmt::format("{}, or give --yes when you are sure", directory.instead));
    }
    context.confirm(fmt::format("T{}. {}?", reason, directory.question), "--yes");
}

}  // namespace xmppfed::cli
