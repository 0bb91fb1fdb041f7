#pragma once

#include <optional>
#include <string>

#include "core/cert/cert_request.hpp"
#include "core/pki/key.hpp"

namespace xmppfed::app {

/// Where somebody says that files of a certificate request are now; absolute paths.
struct MovedFiles {
    std::optional<std::string> key_file = {};
    std::optional<std::string> csr_file = {};
    std::optional<std::string> directory = {};  ///< the one that `cert assign --to` names

    [[nodiscard]] bool any() const { return key_file || csr_file || directory; }
};

/// The request with these places on the host `here`, after a look that they hold what is on record. What was on another
/// host and is not named is forgotten; a key, and what servers read, must be named then: a conflict. Throws not-found for a
/// file that is not there, failed for one that cannot be read, and a refusal for another's.
[[nodiscard]] core::CertRequest with_moved_files(const core::CertRequest& request, const MovedFiles& files,
                                                 const std::string& here, const pki::Secret& passphrase);

}  // namespace xmppfed::app
