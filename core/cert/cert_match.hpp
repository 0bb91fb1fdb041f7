#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>

#include "core/cert/cert_request.hpp"
#include "core/cert/certificate.hpp"

/// Which of several certificates is for which of our requests.
namespace xmppfed::core {

/// A request and its certificate, both of those that were looked at.
struct CertMatch {
    const CertRequest* request = nullptr;      ///< none: no request has the certificate's key
    const Certificate* certificate = nullptr;  ///< never null where there was a certificate
};

/// What it takes to tell.
struct CertMatching {
    /// The public key of a request, in DER; empty for one whose key lives on Windows.
    std::function<std::string(const CertRequest&)> key_of;
    /// Whether no rule of severity error speaks against the certificate; the request is null where there is none.
    std::function<bool(const CertRequest*, const Certificate&)> is_sound;
};

/// The best of the certificates of one key: a sound one before an unsound one, then the one that ends later.
[[nodiscard]] const Certificate* best_of_key(std::span<const Certificate> certificates, const std::string& key,
                                             const std::function<bool(const Certificate&)>& is_sound);

/// The best certificate among those of servers; of several keys the first one's. The certificates are not empty.
[[nodiscard]] const Certificate& best_leaf(std::span<const Certificate> certificates,
                                           const std::function<bool(const Certificate&)>& is_sound);

/// Finds the request by the public key; of several requests of one key the one that has the certificate already, else a
/// pending one before one that is done, and a later one before an earlier. The only pending request whose key lives on
/// Windows takes any key's. With `number` that request alone is looked at. The certificates are not empty.
[[nodiscard]] CertMatch match_certificate(std::span<const CertRequest> requests,
                                          std::span<const Certificate> certificates, std::optional<std::int64_t> number,
                                          const CertMatching& matching);

}  // namespace xmppfed::core
