#pragma once

#include "cli/context.hpp"
#include "cli/view/list_view.hpp"

namespace xmppfed::cli::view {

[[nodiscard]] ListShape request_list_shape();

/// Prints one certificate request in the format asked for.
void print_request(Context& context, const core::CertRequest& request, const core::Diagnostics& diagnostics);

}  // namespace xmppfed::cli::view
