#pragma once

#include "core/report/html/html.hpp"

namespace xmppfed::core {

/// The style sheet of the page, and what a Content-Security-Policy calls it: the SHA-256 of its octets.
extern const Markup report_style;
extern const Markup report_style_hash;

}  // namespace xmppfed::core
