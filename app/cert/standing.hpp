#pragma once

#include <chrono>

#include "app/book.hpp"
#include "core/cert/certificate_standing.hpp"
#include "store/store.hpp"

namespace xmppfed::app {

/// How the certificate of a request stands as of `now`, by what is on record alone: no file is looked at.
[[nodiscard]] core::CertificateStanding standing_on_record(store::Reader& reader, core::CertRequest request,
                                                           std::chrono::sys_seconds now, core::Days warn);

/// Looks at the certificate in use and at its files; one that ends within `warn` is warned of. Throws not-found when none
/// is in use; its diagnostics tell what a killed assignment has left, for servers may use that.
[[nodiscard]] core::CertificateStanding look_at_certificate(Book& book, core::Days warn);

}  // namespace xmppfed::app
