#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "core/cert/cert_lifecycle.hpp"
#include "core/cert/cert_request.hpp"
#include "core/diagnostic.hpp"

namespace xmppfed::core {

/// How the certificate in use stands.
struct CertificateStanding {
    CertRequest request;  ///< that it was issued for
    Delivery delivery;
    std::vector<CertName> needed;    ///< what the request would ask for today: the edge may have changed since
    std::chrono::sys_seconds now;    ///< when it was looked at
    Diagnostics diagnostics;         ///< on its dates and those of its chain, on its names, on the files in use
    std::vector<std::string> notes;  ///< which files could not be looked at
};

/// What a document says of it beside names and diagnostics.
[[nodiscard]] Json to_json(const CertificateStanding& standing);

}  // namespace xmppfed::core
