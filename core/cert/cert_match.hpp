#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/cert/cert_request.hpp"
#include "core/cert/certificate.hpp"

/// Which of several certificates is for which of our requests.
namespace xmppfed::core {

/// A request and its certificate, both of those that were looked at.
struct CertMatch {
    const CertRequest* request = nullptr;      ///< none: no request has the certificate's key
    const Certificate* certificate = nullptr;  ///< never null where there was a certificate
    std::vector<std::int64_t> rivals = {};     ///< others that may be meant: of none has it all names
};

/// What it takes to tell.
struct CertMatching {
    /// The public key of a request, in DER; empty for one whose key lives on Windows.
    std::function<std::string(const CertRequest&)> key_of;
    /// Whether no rule of severity error speaks against the certificate; the request is null where there is none.
    std::function<bool(const CertRequest*, const Certificate&)> is_sound;
    /// Whether the certificate has the names that the request asks for.
    std::function<bool(const CertRequest&, const Certificate&)> has_names;
};

/// The best of the certificates of one key: a sound one before an unsound one, then the one that ends later.
[[nodiscard]] const Certificate* best_of_key(std::span<const Certificate> certificates, const std::string& key,
                                             const std::function<bool(const Certificate&)>& is_sound);

/// The best certificate among those of servers; of several keys the first one's. The certificates are not empty.
[[nodiscard]] const Certificate& best_leaf(std::span<const Certificate> certificates,
                                           const std::function<bool(const Certificate&)>& is_sound);

/// Finds the request by the public key; of several requests of one key the one that has the certificate already, else a
/// pending one before one that is done, then one whose names the certificate has, and a later one before an earlier. The
/// only pending request whose key lives on Windows takes any key of the kind and size that it asks for. With `number` that
/// request alone is looked at, and only the kind of a key on Windows counts. The certificates are not empty.
[[nodiscard]] CertMatch match_certificate(std::span<const CertRequest> requests,
                                          std::span<const Certificate> certificates, std::optional<std::int64_t> number,
                                          const CertMatching& matching);

}  // namespace xmppfed::core
