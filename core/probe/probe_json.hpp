#pragma once

#include "core/probe/probe_judgement.hpp"
#include "core/text/json/json.hpp"

namespace xmppfed::core {

/// One of the `partners` of a document of kind `probe`.
[[nodiscard]] Json to_json(const ProbeInput& input, const ProbeVerdict& verdict);

}  // namespace xmppfed::core
