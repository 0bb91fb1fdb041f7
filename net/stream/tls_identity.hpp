#pragma once

#include <memory>
#include <string>

#include "core/pki/secret.hpp"

struct ssl_ctx_st;

namespace xmppfed::net {

/// How we speak TLS: with our certificate, or without one. The other side's certificate is not judged here, and whatever
/// version, cipher and key it has, the session comes about, so that there is something to judge.
class TlsIdentity {
  public:
    TlsIdentity();

    /// `chain` is PEM, our certificate first; `key` is its private key in PEM. Throws `core::Error` of kind failed when
    /// OpenSSL does not take them together.
    TlsIdentity(const std::string& chain, const pki::Secret& key);

    [[nodiscard]] ssl_ctx_st* context() const { return context_.get(); }
    [[nodiscard]] bool has_certificate() const { return has_certificate_; }

  private:
    struct Free {
        void operator()(ssl_ctx_st* context) const;
    };
    std::unique_ptr<ssl_ctx_st, Free> context_;
    bool has_certificate_ = false;
};

}  // namespace xmppfed::net
