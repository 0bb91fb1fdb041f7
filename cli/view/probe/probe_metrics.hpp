#pragma once

#include <string>

#include "cli/view/probe/probe_view.hpp"

namespace xmppfed::cli::view {

/// The text that node_exporter reads from a file (Prometheus exposition format 0.0.4).
[[nodiscard]] std::string probe_metrics(const std::vector<ProbedDomain>& domains);

}  // namespace xmppfed::cli::view
