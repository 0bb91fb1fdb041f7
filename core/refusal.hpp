#pragma once

#include "core/diagnostic.hpp"
#include "core/error.hpp"
#include "core/findings_log.hpp"

namespace xmppfed::core {

/// Whether a finding is an error, or a warning and `strict` is set.
[[nodiscard]] bool refuses(const Diagnostics& diagnostics, bool strict);
[[nodiscard]] bool refuses(const FindingsLog& findings, bool strict);

/// An error from findings, of the kind that the rules of all errors agree on (`Rule::refuses_as`), else refused.
[[nodiscard]] Error refusal(Diagnostics diagnostics);
[[nodiscard]] Error refusal(const FindingsLog& findings);

/// Throws `refusal` when the findings refuse.
void refuse_unsound(const Diagnostics& diagnostics, bool strict);
void refuse_unsound(const FindingsLog& findings, bool strict);

}  // namespace xmppfed::core
