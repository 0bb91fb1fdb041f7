#pragma once

#include <string>

#include "core/cert/cert_request.hpp"
#include "core/text/text.hpp"

/// A request whose key is made on Windows, in the words of Windows' own tools.
namespace xmppfed::core {

/// Where such a request goes.
struct RequestDestination {
    std::string csr_file;  ///< the name of the CSR that will be made from it
    Medium medium = Medium::file;
};

/// The input of `certreq -new`: UTF-8 with CRLF. Only DNS names can be in it.
[[nodiscard]] std::string certreq_inf(const CertRequest& request, const RequestDestination& destination = {});

/// The command line of Request-CsCertificate (Skype for Business Server). Only DNS names can be in it, and RSA keys of
/// 2,048 and 4,096 bits or EC keys.
[[nodiscard]] std::string request_cs_certificate(const CertRequest& request, const RequestDestination& destination);

}  // namespace xmppfed::core
