#pragma once

#include <vector>

#include "cli/commands/cert/cert_request_options.hpp"
#include "cli/wizard/interactive_request.hpp"

namespace xmppfed::cli {

/// The pages of the wizard, in its order. Throws what makes a request impossible whatever is answered: an edge that is not
/// set, options that contradict each other, and files that cannot be read more than once.
[[nodiscard]] std::vector<Page> cert_request_pages(Context& context, const CertRequestOptions& options,
                                                   const Answers& answers);

/// Judges the answer to a page: throws when it cannot be used, and prints what the rules find about it.
void review_cert_request(Context& context, const CertRequestOptions& options, const Answers& answers, const Page& page);

}  // namespace xmppfed::cli
