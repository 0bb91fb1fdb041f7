#include "net/stream/tls_identity.hpp"

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include "core/pki/key_reader.hpp"
#include "core/pki/openssl.hpp"

namespace xmppfed::net {

namespace {

constexpr std::string_view no_context = "TLS cannot be set up";
constexpr std::string_view not_usable = "the certificate cannot be used for TLS";

using Certificate = pki::Handle<X509, X509_free>;

/// The next certificate in a PEM text; none at its end.
Certificate next_certificate(BIO* text) {
    Certificate certificate{PEM_read_bio_X509(text, nullptr, nullptr, nullptr)};
    pki::start_openssl();  // the end of the text is an error to OpenSSL
    return certificate;
}

}  // namespace

void TlsIdentity::Free::operator()(ssl_ctx_st* context) const {
    SSL_CTX_free(context);
}

TlsIdentity::TlsIdentity() {
    pki::start_openssl();
    context_.reset(pki::check(SSL_CTX_new(TLS_client_method()), no_context));
    SSL_CTX_set_verify(context_.get(), SSL_VERIFY_NONE, nullptr);
    SSL_CTX_set_security_level(context_.get(), 0);
    pki::check(static_cast<int>(SSL_CTX_set_min_proto_version(context_.get(), TLS1_VERSION)), no_context);
    pki::check(SSL_CTX_set_cipher_list(context_.get(), "ALL:@SECLEVEL=0"), no_context);
    SSL_CTX_set_session_cache_mode(context_.get(), SSL_SESS_CACHE_OFF);
}

TlsIdentity::TlsIdentity(const std::string& chain, const pki::Secret& key) : TlsIdentity{} {
    const pki::Handle<BIO, BIO_free> text{
        pki::check(BIO_new_mem_buf(chain.data(), pki::size_of(chain, not_usable)), not_usable)};
    const auto own = next_certificate(text.get());
    pki::check(SSL_CTX_use_certificate(context_.get(), pki::check(own.get(), not_usable)), not_usable);
    const auto private_key = pki::read_private_key(key.text(), pki::Secret{});
    pki::check(SSL_CTX_use_PrivateKey(context_.get(), private_key.get()), not_usable);
    while (const auto above = next_certificate(text.get())) {
        pki::check(static_cast<int>(SSL_CTX_add1_chain_cert(context_.get(), above.get())), not_usable);
    }
    has_certificate_ = true;
}

}  // namespace xmppfed::net
