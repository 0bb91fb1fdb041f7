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

#include "core/pki/key_kind.hpp"
#include "core/pki/openssl.hpp"
#include "core/text.hpp"

namespace xmppfed::pki {

namespace {

using core::CertName;
using core::NameType;

constexpr std::string_view unreadable_certificate = "the certificate cannot be read";
constexpr int most_names = 20'000;  // twice what a request may well have; no TLS peer takes a certificate of that size

using GeneralNames = Handle<GENERAL_NAMES, GENERAL_NAMES_free>;
using Usages = Handle<EXTENDED_KEY_USAGE, EXTENDED_KEY_USAGE_free>;
using Extensions = Handle<STACK_OF(X509_EXTENSION), free_extensions>;

std::string octets_of(const ASN1_STRING* string) {
    const auto* const data = reinterpret_cast<const char*>(ASN1_STRING_get0_data(string));
    return {data, static_cast<std::size_t>(ASN1_STRING_length(string))};
}

std::string utf8_of(const ASN1_STRING* string) {
    unsigned char* text = nullptr;
    const int size = ASN1_STRING_to_UTF8(&text, string);
    const Handle<unsigned char, free_octets> owner{text};
    check(size, unreadable_certificate);
    return {reinterpret_cast<const char*>(text), static_cast<std::size_t>(size)};
}

std::string dotted(const ASN1_OBJECT* object) {
    std::array<char, 128> text{};
    check(OBJ_obj2txt(text.data(), static_cast<int>(text.size()), object, 1 /* numbers */), unreadable_certificate);
    return text.data();
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

std::optional<CertName> name_of(const GENERAL_NAME* general) {
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
        auto name = name_of(sk_GENERAL_NAME_value(general, i));
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

core::PublicKey public_key(EVP_PKEY* key) {
    if (key == nullptr) {
        throw openssl_failure("the public key of the certificate cannot be read");
    }
    core::PublicKey result;
    result.kind = kind_of(key);
    result.bits = EVP_PKEY_get_bits(key);
    result.description = describe(key);
    result.der = public_der(key);
    return result;
}

bool allows_client_auth(const EXTENDED_KEY_USAGE* usages) {
    if (usages == nullptr) {
        return true;  // RFC 5280 4.2.1.12: without the extension every purpose is allowed
    }
    for (int i = 0; i < sk_ASN1_OBJECT_num(usages); ++i) {
        const int nid = OBJ_obj2nid(sk_ASN1_OBJECT_value(usages, i));
        if (nid == NID_client_auth || nid == NID_anyExtendedKeyUsage) {
            return true;
        }
    }
    return false;
}

std::chrono::sys_seconds time_of(const ASN1_TIME* time) {
    std::tm fields{};
    check(ASN1_TIME_to_tm(time, &fields), unreadable_certificate);
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

template <class T>
T* extension(X509* certificate, int nid) {
    int critical = 0;
    auto* const value = static_cast<T*>(X509_get_ext_d2i(certificate, nid, &critical, nullptr));
    if (value == nullptr && critical != -1) {
        throw openssl_failure(unreadable_certificate)
            .because(fmt::format("its extension {} is damaged or twice there", OBJ_nid2sn(nid)));
    }
    return value;
}

template <class T>
T* extension(const STACK_OF(X509_EXTENSION) * extensions, int nid) {
    int critical = 0;
    auto* const value = static_cast<T*>(X509V3_get_d2i(extensions, nid, &critical, nullptr));
    if (value == nullptr && critical != -1) {
        throw openssl_failure("the certificate request cannot be read")
            .because(fmt::format("its extension {} is damaged or twice there", OBJ_nid2sn(nid)));
    }
    return value;
}

}  // namespace

core::Certificate certificate_facts(X509* certificate) {
    const GeneralNames names{extension<GENERAL_NAMES>(certificate, NID_subject_alt_name)};
    const Usages usages{extension<EXTENDED_KEY_USAGE>(certificate, NID_ext_key_usage)};
    core::Certificate facts;
    facts.subject = subject_of(X509_get_subject_name(certificate));
    facts.names = names_of(names.get());
    facts.key = public_key(X509_get0_pubkey(certificate));
    facts.client_auth = allows_client_auth(usages.get());
    facts.pem = to_pem(certificate);
    facts.issuer = text_of(X509_get_issuer_name(certificate));
    facts.serial = serial_of(certificate);
    facts.fingerprint = digest_of(certificate, EVP_sha256());
    facts.thumbprint = digest_of(certificate, EVP_sha1());
    facts.not_before = time_of(X509_get0_notBefore(certificate));
    facts.not_after = time_of(X509_get0_notAfter(certificate));
    // What says that it is a CA, also where its key usage then does not let it sign certificates.
    facts.is_ca = (X509_get_extension_flags(certificate) & EXFLAG_CA) != 0 || X509_check_ca(certificate) != 0;
    facts.self_issued = X509_NAME_cmp(X509_get_subject_name(certificate), X509_get_issuer_name(certificate)) == 0;
    facts.signature = OBJ_nid2ln(X509_get_signature_nid(certificate));
    facts.weak_signature = is_weakly_signed(certificate);
    return facts;
}

core::CertContent request_facts(X509_REQ* request) {
    const Extensions extensions{X509_REQ_get_extensions(request)};
    const GeneralNames names{extension<GENERAL_NAMES>(extensions.get(), NID_subject_alt_name)};
    const Usages usages{extension<EXTENDED_KEY_USAGE>(extensions.get(), NID_ext_key_usage)};
    auto* const key = X509_REQ_get0_pubkey(request);
    core::CertContent facts;
    facts.key = public_key(key);
    start_openssl();  // forget what the tries to read something else left behind
    check(X509_REQ_verify(request, key), "the signature of the certificate request is wrong");
    facts.subject = subject_of(X509_REQ_get_subject_name(request));
    facts.names = names_of(names.get());
    facts.client_auth = allows_client_auth(usages.get());
    facts.signature = OBJ_nid2ln(X509_REQ_get_signature_nid(request));
    facts.weak_signature = is_weakly_signed(request);
    return facts;
}

std::string to_pem(const X509* certificate) {
    const Handle<BIO, BIO_free> output{check(BIO_new(BIO_s_mem()), unreadable_certificate)};
    check(PEM_write_bio_X509(output.get(), certificate), unreadable_certificate);
    return text_in(output.get());
}

}  // namespace xmppfed::pki
