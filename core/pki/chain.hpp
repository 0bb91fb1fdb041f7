#pragma once

#include <chrono>
#include <span>
#include <string>
#include <vector>

#include "core/certificate.hpp"

namespace xmppfed::pki {

/// The CA certificates of `pool` that lead up from the leaf, each the issuer of the one before it, without a root that
/// issued itself: what a server sends beside its own certificate (RFC 8446 4.4.2). Others are left out.
[[nodiscard]] std::vector<core::Certificate> chain_of(const core::Certificate& leaf,
                                                      std::span<const core::Certificate> pool);

/// What is wrong with the way from the leaf over `chain` to one of the anchors (RFC 5280 section 6), or "" when nothing
/// is. The anchors that issued themselves count; where there is none, every one does. The leaf's own dates and key are
/// not looked at.
[[nodiscard]] std::string chain_problem(const core::Certificate& leaf, std::span<const core::Certificate> chain,
                                        std::span<const core::Certificate> anchors, std::chrono::sys_seconds now);

}  // namespace xmppfed::pki
