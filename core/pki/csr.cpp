#include "core/pki/csr.hpp"

#include <array>

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "core/pki/cert_content.hpp"
#include "core/pki/openssl.hpp"
#include "core/text/text.hpp"

namespace xmppfed::pki {

namespace {

using core::CertName;
using core::NameType;

constexpr std::string_view request_failure = "the certificate request cannot be made";

using Object = Handle<ASN1_OBJECT, ASN1_OBJECT_free>;
using String = Handle<ASN1_STRING, ASN1_STRING_free>;
using GeneralName = Handle<GENERAL_NAME, GENERAL_NAME_free>;
using Extension = Handle<X509_EXTENSION, X509_EXTENSION_free>;
using Extensions = Handle<STACK_OF(X509_EXTENSION), free_extensions>;

const EVP_MD* digest(Hash hash) {
    switch (hash) {
    case Hash::sha256:
        return EVP_sha256();
    case Hash::sha384:
        return EVP_sha384();
    case Hash::sha512:
        return EVP_sha512();
    }
    return nullptr;
}

const unsigned char* bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

/// Adds one relative distinguished name with one attribute, unless the value is empty. OpenSSL knows the string type
/// and the longest value of each attribute.
void add_attribute(X509_NAME* name, int nid, std::string_view value) {
    if (value.empty()) {
        return;
    }
    const int size = size_of(value, request_failure);
    check(X509_NAME_add_entry_by_NID(name, nid, MBSTRING_UTF8, bytes(value), size, -1 /* last */, 0 /* new */),
          request_failure);
}

void add_subject(X509_NAME* name, const core::CertSubject& subject) {
    add_attribute(name, NID_countryName, subject.country);
    add_attribute(name, NID_stateOrProvinceName, subject.state);
    add_attribute(name, NID_localityName, subject.locality);
    add_attribute(name, NID_organizationName, subject.organization);
    add_attribute(name, NID_organizationalUnitName, subject.organizational_unit);
    add_attribute(name, NID_commonName, subject.common_name);
}

/// A UTF-8 text as the string type of `mask`. Fails when it is empty or has a character that the type cannot hold.
String make_string(std::string_view text, unsigned long mask) {
    const int size = size_of(text, request_failure);
    ASN1_STRING* string = nullptr;
    check(ASN1_mbstring_ncopy(&string, bytes(text), size, MBSTRING_UTF8, mask, 1 /* at least */, 0), request_failure);
    return String{string};
}

Object make_object(const char* identifier) {
    return Object{check(OBJ_txt2obj(identifier, 1 /* dotted numbers only */), request_failure)};
}

GeneralName other_name(const char* identifier, std::string_view text, unsigned long mask) {
    GeneralName name{check(GENERAL_NAME_new(), request_failure)};
    Handle<ASN1_TYPE, ASN1_TYPE_free> value{check(ASN1_TYPE_new(), request_failure)};
    auto string = make_string(text, mask);
    const int type = ASN1_STRING_type(string.get());
    ASN1_TYPE_set(value.get(), type, string.release());
    auto object = make_object(identifier);
    check(GENERAL_NAME_set0_othername(name.get(), object.get(), value.get()), request_failure);
    static_cast<void>(object.release());  // both are owned by the name now
    static_cast<void>(value.release());
    return name;
}

enum class Form { primitive, constructed };

void append_element(std::string& der, Form form, int tag, int tag_class, std::string_view content) {
    std::array<unsigned char, 8> header{};  // one octet for the tag, at most five for the length
    auto* end = header.data();
    ASN1_put_object(&end, form == Form::constructed ? 1 : 0, size_of(content, request_failure), tag, tag_class);
    der.append(header.data(), end);
    der += content;
}

/// Without an object of OpenSSL for each name: a request may have thousands.
void append_dns_name(std::string& der, std::string_view value) {
    if (value.empty() || !core::is_plain_ascii(value)) {
        static_cast<void>(make_string(value, B_ASN1_IA5STRING));  // throws when it is no IA5String
    }
    append_element(der, Form::primitive, GEN_DNS, V_ASN1_CONTEXT_SPECIFIC, value);
}

void append_other_name(std::string& der, const char* identifier, std::string_view text, unsigned long mask) {
    const auto name = other_name(identifier, text, mask);
    unsigned char* encoded = nullptr;
    const int size = i2d_GENERAL_NAME(name.get(), &encoded);
    const Handle<unsigned char, free_octets> owner{encoded};
    check(size, request_failure);
    der.append(encoded, encoded + size);
}

void append_name(std::string& der, const CertName& name) {
    if (name.value.find('\0') != std::string::npos) {
        throw core::Error{core::ErrorKind::failed, std::string{request_failure}}.because(
            "a name contains a NUL character");
    }
    switch (name.type) {
    case NameType::dns:
        append_dns_name(der, name.value);
        break;
    case NameType::srv:
        append_other_name(der, "1.3.6.1.5.5.7.8.7", name.value, B_ASN1_IA5STRING);
        break;
    case NameType::xmpp_addr:
        append_other_name(der, "1.3.6.1.5.5.7.8.5", name.value, B_ASN1_UTF8STRING);
        break;
    }
}

/// GeneralNames of RFC 5280 4.2.1.6.
Extension subject_alt_name(std::span<const CertName> names, bool critical) {
    constexpr std::size_t usual_length = 32;
    std::string content;
    content.reserve(names.size() * usual_length);
    for (const auto& name : names) {
        append_name(content, name);
    }
    std::string der;
    append_element(der, Form::constructed, V_ASN1_SEQUENCE, V_ASN1_UNIVERSAL, content);
    const Handle<ASN1_OCTET_STRING, ASN1_OCTET_STRING_free> octets{check(ASN1_OCTET_STRING_new(), request_failure)};
    check(ASN1_OCTET_STRING_set(octets.get(), bytes(der), size_of(der, request_failure)), request_failure);
    return Extension{check(X509_EXTENSION_create_by_NID(nullptr, NID_subject_alt_name, critical ? 1 : 0, octets.get()),
                           request_failure)};
}

void add(STACK_OF(X509_EXTENSION) * extensions, Extension extension) {
    check(sk_X509_EXTENSION_push(extensions, extension.get()), request_failure);
    static_cast<void>(extension.release());
}

/// An extension that OpenSSL knows how to encode.
Extension make_extension(int nid, bool critical, void* value) {
    return Extension{check(X509V3_EXT_i2d(nid, critical ? 1 : 0, value), request_failure)};
}

Extension key_usage(Algorithm algorithm) {
    constexpr int digital_signature = 0;  // the bits of RFC 5280 4.2.1.3
    constexpr int key_encipherment = 2;
    const Handle<ASN1_BIT_STRING, ASN1_BIT_STRING_free> bits{check(ASN1_BIT_STRING_new(), request_failure)};
    check(ASN1_BIT_STRING_set_bit(bits.get(), digital_signature, 1), request_failure);
    if (algorithm == Algorithm::rsa) {
        check(ASN1_BIT_STRING_set_bit(bits.get(), key_encipherment, 1), request_failure);
    }
    return make_extension(NID_key_usage, true, bits.get());
}

Extension extended_key_usage(bool client_auth) {
    const Handle<EXTENDED_KEY_USAGE, EXTENDED_KEY_USAGE_free> purposes{
        check(EXTENDED_KEY_USAGE_new(), request_failure)};
    check(sk_ASN1_OBJECT_push(purposes.get(), OBJ_nid2obj(NID_server_auth)), request_failure);  // static objects
    if (client_auth) {
        check(sk_ASN1_OBJECT_push(purposes.get(), OBJ_nid2obj(NID_client_auth)), request_failure);
    }
    return make_extension(NID_ext_key_usage, false, purposes.get());
}

/// The name of a version 1 template of Microsoft's CA (MS-WCCE 2.2.2.7.7.1 szOID_ENROLL_CERTTYPE).
Extension template_extension(std::string_view template_name) {
    const auto text = make_string(template_name, B_ASN1_BMPSTRING);
    unsigned char* encoded = nullptr;
    const int size = i2d_ASN1_BMPSTRING(text.get(), &encoded);
    const Handle<unsigned char, free_octets> owner{encoded};
    check(size, request_failure);
    const Handle<ASN1_OCTET_STRING, ASN1_OCTET_STRING_free> octets{check(ASN1_OCTET_STRING_new(), request_failure)};
    check(ASN1_OCTET_STRING_set(octets.get(), encoded, size), request_failure);
    const auto object = make_object("1.3.6.1.4.1.311.20.2");
    return Extension{check(X509_EXTENSION_create_by_OBJ(nullptr, object.get(), 0, octets.get()), request_failure)};
}

Extensions make_extensions(const CsrContent& content, Algorithm algorithm) {
    const bool no_subject = content.subject == core::CertSubject{};
    Extensions extensions{check(sk_X509_EXTENSION_new_null(), request_failure)};
    add(extensions.get(), subject_alt_name(content.names, no_subject));
    add(extensions.get(), key_usage(algorithm));
    add(extensions.get(), extended_key_usage(content.client_auth));
    if (!content.template_name.empty()) {
        add(extensions.get(), template_extension(content.template_name));
    }
    return extensions;
}

}  // namespace

std::string make_csr(const CsrContent& content, const KeyPair& key) {
    start_openssl();
    if (content.names.empty()) {
        throw core::Error{core::ErrorKind::failed, std::string{request_failure}}.because("it has no name");
    }
    const auto extensions = make_extensions(content, key.kind().algorithm);
    const Handle<X509_REQ, X509_REQ_free> request{check(X509_REQ_new(), request_failure)};
    check(X509_REQ_set_version(request.get(), X509_REQ_VERSION_1), request_failure);
    add_subject(X509_REQ_get_subject_name(request.get()), content.subject);
    check(X509_REQ_set_pubkey(request.get(), key.handle()), request_failure);
    check(X509_REQ_add_extensions(request.get(), extensions.get()), request_failure);
    check(X509_REQ_sign(request.get(), key.handle(), digest(content.hash)), request_failure);
    // The public and the private half of a key from a file need not belong together.
    check(X509_REQ_verify(request.get(), key.handle()), "the private key does not match its public key");
    return to_pem(request.get());
}

}  // namespace xmppfed::pki
