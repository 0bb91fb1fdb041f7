#pragma once

#include <openssl/x509v3.h>

#include <string>
#include <vector>

#include "core/cert/certificate.hpp"

/// What a certificate or a request may be used for, and whether its form is one that verifiers take.
namespace xmppfed::pki {

/// Extensions, read one by one. What is damaged or there twice counts as not there, and becomes a defect.
class ExtensionReader {
  public:
    /// Both outlive the reader. `extensions` may be null: there are none.
    ExtensionReader(const STACK_OF(X509_EXTENSION) * extensions, std::vector<std::string>& defects)
        : extensions_{extensions}, defects_{defects} {}

    /// The value of an extension, which the caller frees as T; null when it has none.
    template <class T>
    [[nodiscard]] T* read(int nid) const {
        return static_cast<T*>(read_any(nid));
    }

  private:
    [[nodiscard]] void* read_any(int nid) const;

    const STACK_OF(X509_EXTENSION) * extensions_;
    std::vector<std::string>& defects_;
};

/// Reads keyUsage, extendedKeyUsage (RFC 5280 sections 4.2.1.3 and 4.2.1.12) and the TLS features (RFC 7633). A purpose
/// counts when it is there by name: OpenSSL takes anyExtendedKeyUsage for none of TLS.
void read_usages(const ExtensionReader& extensions, core::CertContent& facts);

/// Adds what peers refuse: critical extensions that nobody knows, the poison of a precertificate (RFC 6962), times that
/// are not written as RFC 5280 section 4.1.2.5 has them, and two signature algorithms (section 4.1.1.2).
void add_form_defects(X509* certificate, std::vector<std::string>& defects);

}  // namespace xmppfed::pki
