#pragma once

#include <string>

#include "core/cert/cert_request.hpp"
#include "core/text/text.hpp"

/// A request whose key is made on Windows, in the words of Windows' own tools.
namespace xmppfed::core {

/// The input of `certreq -new`: UTF-8 with CRLF. Only DNS names can be in it.
[[nodiscard]] std::string certreq_inf(const CertRequest& request);

/// The command line of Request-CsCertificate (Skype for Business Server), which writes its CSR to `output`. Only DNS
/// names can be in it, and RSA keys of 2,048 and 4,096 bits or EC keys.
[[nodiscard]] std::string request_cs_certificate(const CertRequest& request, const std::string& output,
                                                 Medium medium = Medium::file);

}  // namespace xmppfed::core
