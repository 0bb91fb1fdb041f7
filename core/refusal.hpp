#pragma once

#include "core/diagnostic.hpp"
#include "core/diagnostics_log.hpp"
#include "core/error.hpp"

namespace xmppfed::core {

/// Whether a diagnostic is an error, or a warning and `strict` is set.
[[nodiscard]] bool refuses(const Diagnostics& diagnostics, bool strict);
[[nodiscard]] bool refuses(const DiagnosticsLog& diagnostics, bool strict);

/// An error from diagnostics, of the kind that the rules of all errors agree on (`Rule::refuses_as`), else refused.
[[nodiscard]] Error refusal(Diagnostics diagnostics);
[[nodiscard]] Error refusal(const DiagnosticsLog& diagnostics);

/// Throws `refusal` when the diagnostics refuse.
void refuse_unsound(const Diagnostics& diagnostics, bool strict);
void refuse_unsound(const DiagnosticsLog& diagnostics, bool strict);

}  // namespace xmppfed::core
