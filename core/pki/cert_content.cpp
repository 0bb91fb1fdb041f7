#include "core/pki/cert_content.hpp"

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <ctime>

#include <fmt/format.h>

#include "core/pki/cert_form.hpp"
#include "core/pki/key_kind.hpp"
#include "core/pki/openssl.hpp"
#include "core/pki/verification.hpp"
#include "core/text/text.hpp"

namespace xmppfed::pki {

namespace {

using core::CertName;
using core::NameType;

constexpr std::string_view unreadable_certificate = "the certificate cannot be read";
constexpr std::string_view unreadable_key = "the public key of the certificate cannot be read";
constexpr int most_names = 20'000;  // twice what a request may well have; no TLS peer takes a certificate of that size

using GeneralNames = Handle<GENERAL_NAMES, GENERAL_NAMES_free>;
using Extensions = Handle<STACK_OF(X509_EXTENSION), free_extensions>;

std::string octets_of(const ASN1_STRING* string) {
    const auto* const data = reinterpret_cast<const char*>(ASN1_STRING_get0_data(string));
    return {data, static_cast<std::size_t>(ASN1_STRING_length(string))};
}

std::string utf8_of(const ASN1_STRING* string) {
    unsigned char* text = nullptr;
    const int size = ASN1_STRING_to_UTF8(&text, string);
    const Handle<unsigned char, free_octets> owner{text};
    if (size < 0) {  // a value of no length is one
        throw openssl_failure(unreadable_certificate);
    }
    return {reinterpret_cast<const char*>(text), static_cast<std::size_t>(size)};
}

std::string hexadecimal(const unsigned char* octets, unsigned size) {
    std::string text;
    for (unsigned i = 0; i < size; ++i) {
        text += fmt::format("{:02X}", octets[i]);
    }
    return text;
}

// --- names -------------------------------------------------------------------------------------------------------

std::optional<NameType> type_of(const std::string& identifier) {
    if (identifier == "1.3.6.1.5.5.7.8.7") {
        return NameType::srv;
    }
    if (identifier == "1.3.6.1.5.5.7.8.5") {
        return NameType::xmpp_addr;
    }
    return std::nullopt;
}

std::optional<CertName> cert_name_of(const GENERAL_NAME* general) {
    int kind = 0;
    const void* const value = GENERAL_NAME_get0_value(general, &kind);
    if (kind == GEN_DNS) {
        return CertName{NameType::dns, core::ascii_lower(octets_of(static_cast<const ASN1_STRING*>(value))), {}};
    }
    if (kind != GEN_OTHERNAME) {
        return std::nullopt;
    }
    const auto* const other = static_cast<const OTHERNAME*>(value);
    const auto type = type_of(dotted(other->type_id));
    // A peer that looks for one form does not find the other: RFC 4985 section 2, RFC 6120 section 13.7.1.4.
    const int form = type == NameType::srv ? V_ASN1_IA5STRING : V_ASN1_UTF8STRING;
    if (!type || other->value->type != form) {
        return std::nullopt;
    }
    auto text = octets_of(other->value->value.asn1_string);
    return CertName{*type, type == NameType::srv ? core::ascii_lower(text) : std::move(text), {}};
}

std::vector<CertName> names_of(const GENERAL_NAMES* general) {
    std::vector<CertName> names;
    if (general != nullptr && sk_GENERAL_NAME_num(general) > most_names) {
        throw core::Error{core::ErrorKind::failed, std::string{unreadable_certificate}}
            .because(fmt::format("it has {} names, and {} are the most", sk_GENERAL_NAME_num(general), most_names))
            .hint("spread the names over several certificates");
    }
    for (int i = 0; general != nullptr && i < sk_GENERAL_NAME_num(general); ++i) {
        auto name = cert_name_of(sk_GENERAL_NAME_value(general, i));
        if (!name) {
            continue;
        }
        if (name->value.find('\0') != std::string::npos) {
            throw core::Error{core::ErrorKind::failed, std::string{unreadable_certificate}}
                .because("a name in it contains a NUL character")
                .hint("trust nothing from whoever issued that");
        }
        name->source = core::NameSource::additional;
        names.push_back(std::move(*name));
    }
    return names;
}

core::CertSubject subject_of(const X509_NAME* name) {
    core::CertSubject subject;
    for (const auto& field : core::subject_fields()) {
        const int nid = OBJ_txt2nid(std::string{field.short_name}.c_str());
        const int at = X509_NAME_get_index_by_NID(name, nid, -1);
        if (at >= 0) {
            subject.*field.value = utf8_of(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
        }
    }
    return subject;
}

std::string text_of(const X509_NAME* name) {
    const Handle<BIO, BIO_free> output{check(BIO_new(BIO_s_mem()), unreadable_certificate)};
    constexpr unsigned long flags = XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
    if (X509_NAME_print_ex(output.get(), name, 0, flags) < 0) {
        throw openssl_failure(unreadable_certificate);
    }
    return text_in(output.get());
}

// --- key, usages, dates ------------------------------------------------------------------------------------------

const ASN1_OBJECT* algorithm_of(X509_PUBKEY* encoded) {
    ASN1_OBJECT* algorithm = nullptr;
    check(X509_PUBKEY_get0_param(&algorithm, nullptr, nullptr, nullptr, encoded), unreadable_key);
    if (OBJ_length(algorithm) == 0) {
        throw openssl_failure(unreadable_key);
    }
    return algorithm;
}

std::string encoded_key(X509_PUBKEY* encoded) {
    unsigned char* der = nullptr;
    const int size = i2d_X509_PUBKEY(encoded, &der);
    const Handle<unsigned char, free_octets> owner{der};
    check(size, unreadable_key);
    return {reinterpret_cast<const char*>(der), static_cast<std::size_t>(size)};
}

/// A key of a kind that OpenSSL does not know is one all the same, of that kind.
core::PublicKey public_key(EVP_PKEY* key, X509_PUBKEY* encoded) {
    core::PublicKey result;
    if (key == nullptr) {
        start_openssl();  // forget why it is none
        const auto* const algorithm = algorithm_of(encoded);
        result.is_elliptic = OBJ_obj2nid(algorithm) == NID_X9_62_id_ecPublicKey;
        result.description =
            result.is_elliptic ? "EC on a curve, or with a point, that nobody knows" : name_of(algorithm);
        result.der = encoded_key(encoded);
        return result;
    }
    result.kind = kind_of(key);
    result.is_elliptic = EVP_PKEY_is_a(key, "EC") == 1;
    result.bits = EVP_PKEY_get_bits(key);
    result.description = describe(key);
    result.der = public_der(key);
    return result;
}

/// The epoch where there is no time to be read, which is a defect.
std::chrono::sys_seconds time_of(const ASN1_TIME* time) {
    std::tm fields{};
    if (ASN1_TIME_to_tm(time, &fields) != 1) {
        start_openssl();
        return {};
    }
    return std::chrono::sys_seconds{std::chrono::seconds{::timegm(&fields)}};
}

std::string digest_of(const X509* certificate, const EVP_MD* digest) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> octets{};
    unsigned size = 0;
    check(X509_digest(certificate, digest, octets.data(), &size), unreadable_certificate);
    return hexadecimal(octets.data(), size);
}

std::string serial_of(const X509* certificate) {
    const Handle<BIGNUM, BN_free> number{
        check(ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), nullptr), unreadable_certificate)};
    const Handle<char, free_text> text{check(BN_bn2hex(number.get()), unreadable_certificate)};
    return text.get();
}

/// X509_NAME_cmp finds two names the same when their hashes are, and others hardly ever.
std::uint32_t hash_of(const X509_NAME* name) {
    int succeeded = 0;
    const auto hash = X509_NAME_hash_ex(name, nullptr, nullptr, &succeeded);
    check(succeeded, unreadable_certificate);
    return static_cast<std::uint32_t>(hash);
}

std::string signature_name(const X509_ALGOR* algorithm) {
    const ASN1_OBJECT* object = nullptr;
    X509_ALGOR_get0(&object, nullptr, nullptr, algorithm);
    return name_of(object);
}

bool is_weak(int digest) {
    constexpr std::array weak{NID_md2, NID_md4, NID_md5, NID_sha1, NID_md5_sha1};
    return std::ranges::count(weak, digest) != 0;
}

bool is_weakly_signed(X509* certificate) {
    int digest = NID_undef;
    // Or an algorithm that this OpenSSL no longer knows.
    return X509_get_signature_info(certificate, &digest, nullptr, nullptr, nullptr) != 1 || is_weak(digest);
}

/// Of a request, which has no such function. What is not a digest and a key's algorithm together, as PSS, is taken for
/// strong.
bool is_weakly_signed(const X509_REQ* request) {
    int digest = NID_undef;
    return OBJ_find_sigid_algs(X509_REQ_get_signature_nid(request), &digest, nullptr) == 1 && is_weak(digest);
}

}  // namespace

core::Certificate certificate_facts(X509* certificate) {
    core::Certificate facts;
    const ExtensionReader extensions{X509_get0_extensions(certificate), facts.defects};
    const GeneralNames names{extensions.read<GENERAL_NAMES>(NID_subject_alt_name)};
    facts.subject = subject_of(X509_get_subject_name(certificate));
    facts.names = names_of(names.get());
    facts.key = public_key(X509_get0_pubkey(certificate), X509_get_X509_PUBKEY(certificate));
    read_usages(extensions, facts);
    facts.pem = to_pem(certificate);
    facts.issuer = text_of(X509_get_issuer_name(certificate));
    facts.serial = serial_of(certificate);
    facts.fingerprint = digest_of(certificate, EVP_sha256());
    facts.thumbprint = digest_of(certificate, EVP_sha1());
    facts.not_before = time_of(X509_get0_notBefore(certificate));
    facts.not_after = time_of(X509_get0_notAfter(certificate));
    // What says that it is a CA, also where its key usage then does not let it sign certificates.
    facts.is_ca = (X509_get_extension_flags(certificate) & EXFLAG_CA) != 0 || X509_check_ca(certificate) != 0;
    facts.self_signed = X509_self_signed(certificate, 1 /* look at the signature */) == 1;
    facts.subject_hash = hash_of(X509_get_subject_name(certificate));
    facts.issuer_hash = hash_of(X509_get_issuer_name(certificate));
    add_form_defects(certificate, facts.defects);
    facts.signature = signature_name(X509_get0_tbs_sigalg(certificate));
    facts.weak_signature = is_weakly_signed(certificate);
    start_openssl();  // forget why a signature is not its own
    return facts;
}

core::CertContent request_facts(X509_REQ* request) {
    core::CertContent facts;
    const Extensions list{X509_REQ_get_extensions(request)};
    const ExtensionReader extensions{list.get(), facts.defects};
    const GeneralNames names{extensions.read<GENERAL_NAMES>(NID_subject_alt_name)};
    auto* const key = X509_REQ_get0_pubkey(request);
    facts.key = public_key(key, X509_REQ_get_X509_PUBKEY(request));
    start_openssl();  // forget what the tries to read something else left behind
    if (key != nullptr) {
        check(X509_REQ_verify(request, key), "the signature of the certificate request is wrong");
    }
    facts.subject = subject_of(X509_REQ_get_subject_name(request));
    facts.names = names_of(names.get());
    read_usages(extensions, facts);
    const X509_ALGOR* algorithm = nullptr;
    X509_REQ_get0_signature(request, nullptr, &algorithm);
    facts.signature = signature_name(algorithm);
    facts.weak_signature = is_weakly_signed(request);
    facts.pem = to_pem(request);
    return facts;
}

std::string subject_name(const core::Certificate& certificate) {
    return text_of(X509_get_subject_name(parse(certificate).get()));
}

std::string to_pem(const X509* certificate) {
    const Handle<BIO, BIO_free> output{check(BIO_new(BIO_s_mem()), unreadable_certificate)};
    check(PEM_write_bio_X509(output.get(), certificate), unreadable_certificate);
    return text_in(output.get());
}

std::string to_pem(const X509_REQ* request) {
    constexpr std::string_view message = "the certificate request cannot be made";
    const Handle<BIO, BIO_free> output{check(BIO_new(BIO_s_mem()), message)};
    check(PEM_write_bio_X509_REQ(output.get(), request), message);
    return text_in(output.get());
}

}  // namespace xmppfed::pki
