#pragma once

#include "core/cert/certificate.hpp"
#include "core/probe/dns_facts.hpp"

namespace xmppfed::pki {

/// Whether a TLSA record stands for the certificate, by its selector and matching type (RFC 6698 section 2.1); what it
/// does not define stands for none. Throws `core::Error` of kind failed when the certificate cannot be read again.
[[nodiscard]] bool stands_for(const core::DnsTlsa& record, const core::Certificate& certificate);

}  // namespace xmppfed::pki
