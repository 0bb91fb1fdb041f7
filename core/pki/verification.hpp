#pragma once

#include <openssl/x509.h>

#include <chrono>
#include <span>
#include <string>
#include <string_view>

#include "core/cert/certificate.hpp"
#include "core/pki/openssl.hpp"

/// One way from a certificate to what is trusted, put before OpenSSL.
namespace xmppfed::pki {

inline constexpr std::string_view chain_failure = "the chain of the certificate cannot be checked";

using Parsed = Handle<X509, X509_free>;

[[nodiscard]] Parsed parse(const core::Certificate& certificate);

/// What is trusted.
class Anchors {
  public:
    /// Of the certificates those that signed themselves; where none did, every CA.
    explicit Anchors(std::span<const core::Certificate> certificates);

    /// These, whatever they are.
    explicit Anchors(std::span<X509* const> trusted);

    [[nodiscard]] X509_STORE* store() const { return store_.get(); }
    /// A way may end at an anchor that did not sign itself.
    [[nodiscard]] bool is_partial() const { return is_partial_; }

  private:
    Handle<X509_STORE, X509_STORE_free> store_;
    bool is_partial_ = true;
};

/// What a verifier says of a way.
struct Verdict {
    std::string problem;      ///< why it refuses, apart from what follows and what the rules say of the leaf; or ""
    bool is_in_dates = true;  ///< of those between the leaf and the anchor
    bool for_servers = true;  ///< those above the leaf allow it
    bool for_clients = true;
};

/// Verifies the leaf over the links, each the issuer of the one before it.
[[nodiscard]] Verdict verify(X509* leaf, std::span<X509* const> links, const Anchors& anchors,
                             std::chrono::sys_seconds now);

}  // namespace xmppfed::pki
