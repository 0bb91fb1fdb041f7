#pragma once

#include "app/book.hpp"
#include "core/cert/certificate_standing.hpp"

namespace xmppfed::app {

/// Looks at the certificate in use and at its files; one that ends within `warn` is warned of. Throws not-found when none
/// is in use; its diagnostics tell what a killed assignment has left, for servers may use that.
[[nodiscard]] core::CertificateStanding look_at_certificate(Book& book, core::Days warn);

}  // namespace xmppfed::app
