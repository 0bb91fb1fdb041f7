#pragma once

#include <string>
#include <string_view>

#include "cli/context.hpp"
#include "cli/terminal/editing/secret_input.hpp"

/// Passphrases that no option gives are asked for where somebody can be asked.
namespace xmppfed::cli {

/// What opens a key file: from its source, else asked for when the file is encrypted, else empty: whoever needs it says
/// which option is missing. Throws failed when it is not answered.
[[nodiscard]] pki::Secret passphrase_of(Context& context, const PassphraseSource& source, const std::string& key_file);

/// A new password: from its source, else asked for twice. Throws a usage error that names the options where nobody can
/// be asked, failed when it is not answered, and a usage error when the answers differ. `what` it is for stands in the question.
[[nodiscard]] pki::Secret new_password(Context& context, const PassphraseSource& source, std::string_view what);

}  // namespace xmppfed::cli
