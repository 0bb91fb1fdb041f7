#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/cert/cert_request.hpp"

namespace xmppfed::app {

/// Removes the numbered directories that are older than the one in use, `directory`, apart from the `keep` newest of
/// them: the two files that were written there, and then the directory when nothing else is in it. What is not as
/// `requests` have it on record stays, and so does a key without another copy. Returns a sentence for each: that it is
/// removed, or why it stays.
[[nodiscard]] std::vector<std::string> remove_outdated(const std::string& directory, std::int64_t keep,
                                                       const std::vector<core::CertRequest>& requests);

}  // namespace xmppfed::app
