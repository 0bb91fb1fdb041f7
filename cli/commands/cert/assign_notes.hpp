#pragma once

#include "app/cert/certificate_directory.hpp"
#include "cli/terminal/messages.hpp"
#include "core/cert/cert_request.hpp"

/// What whoever assigns a certificate is told.
namespace xmppfed::cli {

/// What a server may stumble over when it reads the files.
void tell_files(Messages& messages, const app::CertificateDirectory& files, const core::CertRequest& request);

/// What is left to do; `is_restarted`: what uses the certificate has been restarted already.
void tell_restart(Messages& messages, const core::CertRequest& request, bool is_restarted);

}  // namespace xmppfed::cli
