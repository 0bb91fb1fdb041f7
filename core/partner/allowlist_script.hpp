#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "core/gateway/gateway.hpp"
#include "core/partner/partner.hpp"
#include "core/text/text.hpp"

namespace xmppfed::core {

/// Takes a text piece by piece.
using TextSink = std::function<void(std::string_view)>;

/// Visits all partners in the order of their primary domains, as often as it is called. The visitor returns whether to
/// go on.
using PartnerSource = std::function<void(const std::function<bool(const CommittedPartner&)>&)>;

/// Writes a PowerShell script that brings the XMPP gateway and the allowed XMPP partners of a Skype for Business or Lync
/// deployment to exactly those that are given, whatever they were, and may be run again. No text of a partner can become
/// code. What is made for a terminal can be pasted from there. Returns how many partners were left out because they are
/// suspended.
std::size_t write_allowlist_script(const Gateway& gateway, const PartnerSource& partners, Medium medium,
                                   const TextSink& sink);

}  // namespace xmppfed::core
