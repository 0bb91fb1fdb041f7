#pragma once

#include <string>

#include "core/partner/partner.hpp"
#include "core/text/text.hpp"

namespace xmppfed::core {

/// The parts of a PowerShell script that brings the allowed XMPP partners of a Skype for Business or Lync deployment to
/// exactly those that are given, whatever they were, and may be run again. In order: `script_head`, `script_wish` for
/// each partner, `script_middle`, `script_partner` for each, all of them sorted alike. No text of a partner can become
/// code, as long as the file is read as UTF-8: Windows PowerShell needs a byte order mark for that. What is made for a
/// terminal can be pasted from there.
[[nodiscard]] std::string script_head();
[[nodiscard]] std::string script_wish(const Partner& partner, Medium medium = Medium::file);
[[nodiscard]] std::string script_middle();
[[nodiscard]] std::string script_partner(const Partner& partner, Medium medium = Medium::file);

}  // namespace xmppfed::core
