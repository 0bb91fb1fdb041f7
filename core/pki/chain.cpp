#include "core/pki/chain.hpp"

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <algorithm>

#include <fmt/format.h>

#include "core/pki/openssl.hpp"
#include "core/text.hpp"

namespace xmppfed::pki {

namespace {

constexpr std::string_view chain_failure = "the chain of the certificate cannot be checked";
constexpr int security_level = 2;  // 112 bits: no SHA-1, no RSA below 2,048

using Parsed = Handle<X509, X509_free>;
using Stack = Handle<STACK_OF(X509), free_certificates>;

Parsed parse(const core::Certificate& certificate) {
    const Handle<BIO, BIO_free> input{
        check(BIO_new_mem_buf(certificate.pem.data(), size_of(certificate.pem, chain_failure)), chain_failure)};
    return Parsed{check(PEM_read_bio_X509(input.get(), nullptr, nullptr, nullptr), chain_failure)};
}

Stack parse_all(std::span<const core::Certificate> certificates) {
    Stack stack{check(sk_X509_new_null(), chain_failure)};
    for (const auto& certificate : certificates) {
        auto parsed = parse(certificate);
        check(sk_X509_push(stack.get(), parsed.get()), chain_failure);
        static_cast<void>(parsed.release());
    }
    return stack;
}

/// Whether `issuer` has issued the certificate: name and extensions say so, and the signature does.
bool has_issued(X509* issuer, X509* certificate) {
    return X509_check_issued(issuer, certificate) == X509_V_OK &&
           X509_verify(certificate, X509_get0_pubkey(issuer)) == 1;
}

/// What is said of the leaf itself is the business of the rules.
int forgive_leaf(int good, X509_STORE_CTX* context) {
    if (good == 1 || X509_STORE_CTX_get_error_depth(context) != 0) {
        return good;
    }
    switch (X509_STORE_CTX_get_error(context)) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
    case X509_V_ERR_CERT_NOT_YET_VALID:
    case X509_V_ERR_EE_KEY_TOO_SMALL:
    case X509_V_ERR_CA_MD_TOO_WEAK:
        return 1;
    default:
        return good;
    }
}

}  // namespace

std::vector<core::Certificate> chain_of(const core::Certificate& leaf, std::span<const core::Certificate> pool) {
    start_openssl();
    const auto parsed = parse_all(pool);
    std::vector<bool> used(pool.size(), false);
    std::vector<core::Certificate> chain;
    auto current = parse(leaf);
    for (;;) {
        int next = 0;
        const int count = sk_X509_num(parsed.get());
        for (; next < count; ++next) {
            if (!used[static_cast<std::size_t>(next)] && has_issued(sk_X509_value(parsed.get(), next), current.get())) {
                break;
            }
        }
        if (next == count || pool[static_cast<std::size_t>(next)].self_issued) {
            start_openssl();  // forget why the others did not fit
            return chain;
        }
        used[static_cast<std::size_t>(next)] = true;
        chain.push_back(pool[static_cast<std::size_t>(next)]);
        current = parse(chain.back());
    }
}

std::string chain_problem(const core::Certificate& leaf, std::span<const core::Certificate> chain,
                          std::span<const core::Certificate> anchors, std::chrono::sys_seconds now) {
    start_openssl();
    const bool has_root =
        std::ranges::any_of(anchors, [](const core::Certificate& it) { return it.is_ca && it.self_issued; });
    const Handle<X509_STORE, X509_STORE_free> store{check(X509_STORE_new(), chain_failure)};
    for (const auto& anchor : anchors) {
        if (anchor.is_ca && (!has_root || anchor.self_issued)) {
            const auto parsed = parse(anchor);
            check(X509_STORE_add_cert(store.get(), parsed.get()), chain_failure);
        }
    }
    const auto certificate = parse(leaf);
    const auto untrusted = parse_all(chain);
    const Handle<X509_STORE_CTX, X509_STORE_CTX_free> context{check(X509_STORE_CTX_new(), chain_failure)};
    check(X509_STORE_CTX_init(context.get(), store.get(), certificate.get(), untrusted.get()), chain_failure);
    auto* const parameters = X509_STORE_CTX_get0_param(context.get());
    X509_VERIFY_PARAM_set_time(parameters, static_cast<time_t>(now.time_since_epoch().count()));
    X509_VERIFY_PARAM_set_auth_level(parameters, security_level);
    if (!has_root) {
        check(X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_PARTIAL_CHAIN), chain_failure);
    }
    X509_STORE_CTX_set_verify_cb(context.get(), forgive_leaf);
    if (X509_verify_cert(context.get()) == 1) {
        return {};
    }
    const auto* const at = X509_STORE_CTX_get_current_cert(context.get());
    std::string subject;
    if (at != nullptr) {
        const Handle<char, free_text> name{X509_NAME_oneline(X509_get_subject_name(at), nullptr, 0)};
        subject = name ? fmt::format(" (at {})", core::quote(name.get())) : "";
    }
    auto problem = fmt::format("{}{}", X509_verify_cert_error_string(X509_STORE_CTX_get_error(context.get())), subject);
    start_openssl();
    return problem;
}

}  // namespace xmppfed::pki
