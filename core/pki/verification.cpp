#include "core/pki/verification.hpp"

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/pem.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "core/text/text.hpp"

namespace xmppfed::pki {

namespace {

constexpr int security_level = 2;  // 112 bits: no SHA-1, no RSA below 2,048

/// What the verifier found and was told to go on from.
struct Observation {
    std::size_t links = 0;
    bool is_in_dates = true;
    bool fits_purpose = true;
    bool is_of_namesake = false;  ///< what is trusted has the name of the last issuer, and another key
};

/// What is said of the leaf itself is the business of the rules, and so are the dates of what is sent with it.
int observe(int good, X509_STORE_CTX* context) {
    if (good == 1) {
        return good;
    }
    auto& seen = *static_cast<Observation*>(X509_STORE_CTX_get_app_data(context));
    const auto depth = static_cast<std::size_t>(X509_STORE_CTX_get_error_depth(context));
    const bool is_leaf = depth == 0;
    switch (X509_STORE_CTX_get_error(context)) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
    case X509_V_ERR_CERT_NOT_YET_VALID:
        seen.is_in_dates = seen.is_in_dates && is_leaf;
        return depth <= seen.links ? 1 : 0;
    case X509_V_ERR_INVALID_PURPOSE:
        seen.fits_purpose = seen.fits_purpose && is_leaf;
        return 1;
    case X509_V_ERR_EE_KEY_TOO_SMALL:
    case X509_V_ERR_CA_MD_TOO_WEAK:
    case X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION:
    case X509_V_ERR_INVALID_EXTENSION:
    case X509_V_ERR_ERROR_IN_CERT_NOT_BEFORE_FIELD:
    case X509_V_ERR_ERROR_IN_CERT_NOT_AFTER_FIELD:
        return is_leaf ? 1 : 0;
    default:
        return 0;
    }
}

std::string problem_at(const X509* at, int error) {
    std::string subject;
    if (at != nullptr) {
        const Handle<char, free_text> name{X509_NAME_oneline(X509_get_subject_name(at), nullptr, 0)};
        subject = name ? fmt::format(" (at {})", core::quote(name.get())) : "";
    }
    return fmt::format("{}{}",
                       error == X509_V_ERR_CERT_SIGNATURE_FAILURE
                           ? "the trusted CA that has its issuer's name did not sign it"
                           : X509_verify_cert_error_string(error),
                       subject);
}

/// One look, for one purpose. Returns the problem.
std::string look(X509* leaf, STACK_OF(X509) * links, const Anchors& anchors, std::chrono::sys_seconds now, int purpose,
                 Observation& seen) {
    const Handle<X509_STORE_CTX, X509_STORE_CTX_free> context{check(X509_STORE_CTX_new(), chain_failure)};
    check(X509_STORE_CTX_init(context.get(), anchors.store(), leaf, links), chain_failure);
    check(X509_STORE_CTX_set_app_data(context.get(), &seen), chain_failure);
    auto* const parameters = X509_STORE_CTX_get0_param(context.get());
    X509_VERIFY_PARAM_set_time(parameters, static_cast<time_t>(now.time_since_epoch().count()));
    X509_VERIFY_PARAM_set_auth_level(parameters, security_level);
    check(X509_VERIFY_PARAM_set_purpose(parameters, purpose), chain_failure);
    if (anchors.is_partial()) {
        check(X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_PARTIAL_CHAIN), chain_failure);
    }
    X509_STORE_CTX_set_verify_cb(context.get(), observe);
    const bool is_taken = X509_verify_cert(context.get()) == 1;
    const int error = X509_STORE_CTX_get_error(context.get());
    seen.is_of_namesake = error == X509_V_ERR_CERT_SIGNATURE_FAILURE;
    start_openssl();
    return is_taken ? "" : problem_at(X509_STORE_CTX_get_current_cert(context.get()), error);
}

/// Those of the trusted CAs that signed the certificate. OpenSSL tries the first one of the issuer's name, and no other.
std::optional<Anchors> signers_of(X509* certificate, const Anchors& anchors) {
    const Handle<STACK_OF(X509), free_certificates> all{
        check(X509_STORE_get1_all_certs(anchors.store()), chain_failure)};
    std::vector<X509*> signers;
    for (int i = 0; i < sk_X509_num(all.get()); ++i) {
        auto* const above = sk_X509_value(all.get(), i);
        auto* const key = X509_get0_pubkey(above);
        if (X509_check_issued(above, certificate) == X509_V_OK && key != nullptr &&
            X509_verify(certificate, key) == 1) {
            signers.push_back(above);
        }
    }
    start_openssl();
    return signers.empty() ? std::nullopt : std::optional<Anchors>{signers};
}

}  // namespace

Parsed parse(const core::Certificate& certificate) {
    const Handle<BIO, BIO_free> input{
        check(BIO_new_mem_buf(certificate.pem.data(), size_of(certificate.pem, chain_failure)), chain_failure)};
    return Parsed{check(PEM_read_bio_X509(input.get(), nullptr, nullptr, nullptr), chain_failure)};
}

Anchors::Anchors(std::span<const core::Certificate> certificates)
    : store_{check(X509_STORE_new(), chain_failure)},
      is_partial_{
          std::ranges::none_of(certificates, [](const core::Certificate& it) { return it.is_ca && it.self_signed; })} {
    for (const auto& certificate : certificates) {
        if (certificate.is_ca && (is_partial_ || certificate.self_signed)) {
            check(X509_STORE_add_cert(store_.get(), parse(certificate).get()), chain_failure);
        }
    }
}

Anchors::Anchors(std::span<X509* const> trusted) : store_{check(X509_STORE_new(), chain_failure)} {
    for (auto* const certificate : trusted) {
        check(X509_STORE_add_cert(store_.get(), certificate), chain_failure);
    }
}

namespace {

/// OpenSSL goes nowhere from a key of a kind that it does not know. What it is worth is for the rules to say; those above
/// it are looked at all the same.
Verdict verify_above(X509* leaf, std::span<X509* const> links, const Anchors& anchors, std::chrono::sys_seconds now) {
    if (!links.empty()) {
        return verify(links.front(), links.subspan(1), anchors, now);
    }
    Verdict verdict;
    verdict.problem = signers_of(leaf, anchors) ? "" : problem_at(leaf, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY);
    return verdict;
}

}  // namespace

Verdict verify(X509* leaf, std::span<X509* const> links, const Anchors& anchors, std::chrono::sys_seconds now) {
    if (X509_get0_pubkey(leaf) == nullptr) {
        return verify_above(leaf, links, anchors, now);
    }
    const Handle<STACK_OF(X509), free_certificates> stack{check(sk_X509_new_null(), chain_failure)};
    for (auto* const link : links) {
        check(X509_up_ref(link), chain_failure);
        if (sk_X509_push(stack.get(), link) <= 0) {
            X509_free(link);
            throw openssl_failure(chain_failure);
        }
    }
    const auto judged = [&](const Anchors& trusted, Observation& as_server) {
        Observation as_client = as_server;
        Verdict verdict;
        verdict.problem = look(leaf, stack.get(), trusted, now, X509_PURPOSE_SSL_SERVER, as_server);
        const auto for_clients = look(leaf, stack.get(), trusted, now, X509_PURPOSE_SSL_CLIENT, as_client);
        verdict.is_in_dates = as_server.is_in_dates;
        verdict.for_servers = as_server.fits_purpose;
        verdict.for_clients = as_client.fits_purpose && for_clients == verdict.problem;
        return verdict;
    };
    Observation seen{.links = links.size()};
    auto verdict = judged(anchors, seen);
    if (seen.is_of_namesake) {
        if (const auto signers = signers_of(links.empty() ? leaf : links.back(), anchors)) {
            Observation again{.links = links.size()};
            verdict = judged(*signers, again);
        }
    }
    return verdict;
}

}  // namespace xmppfed::pki
