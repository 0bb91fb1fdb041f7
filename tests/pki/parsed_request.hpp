#pragma once

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "core/pki/openssl.hpp"

namespace xmppfed::pki {

/// An attribute of a subject, as it is encoded.
struct ParsedAttribute {
    int nid = 0;
    int type = 0;  ///< V_ASN1_UTF8STRING and the like
    std::string value;
    int set = 0;  ///< of which relative distinguished name, from 0

    bool operator==(const ParsedAttribute&) const = default;
};

/// A name of a subjectAltName, as it is encoded.
struct ParsedName {
    std::string kind;  ///< "dNSName", or the identifier of an otherName
    int type = 0;      ///< V_ASN1_IA5STRING and the like
    std::string value;

    bool operator==(const ParsedName&) const = default;
};

inline std::string content(const ASN1_STRING* string) {
    const auto* const data = ASN1_STRING_get0_data(string);
    return {data, data + ASN1_STRING_length(string)};
}

inline std::string dotted(const ASN1_OBJECT* object) {
    std::string text(80, '\0');
    text.resize(static_cast<std::size_t>(OBJ_obj2txt(text.data(), 80, object, 1)));
    return text;
}

/// A certificate request read back by OpenSSL's own parser.
class ParsedRequest {
  public:
    explicit ParsedRequest(const std::string& pem) {
        const Handle<BIO, BIO_free> input{BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))};
        request_.reset(PEM_read_bio_X509_REQ(input.get(), nullptr, nullptr, nullptr));
        if (!request_) {
            throw std::runtime_error{"no certificate request"};
        }
        extensions_.reset(X509_REQ_get_extensions(request_.get()));
    }

    [[nodiscard]] X509_REQ* get() const { return request_.get(); }

    [[nodiscard]] bool verifies() const {
        return X509_REQ_verify(request_.get(), X509_REQ_get0_pubkey(request_.get())) == 1;
    }

    [[nodiscard]] std::vector<ParsedAttribute> subject() const {
        std::vector<ParsedAttribute> result;
        const auto* const name = X509_REQ_get_subject_name(request_.get());
        for (int i = 0; i < X509_NAME_entry_count(name); ++i) {
            const auto* const entry = X509_NAME_get_entry(name, i);
            const auto* const value = X509_NAME_ENTRY_get_data(entry);
            result.push_back({OBJ_obj2nid(X509_NAME_ENTRY_get_object(entry)), ASN1_STRING_type(value), content(value),
                              X509_NAME_ENTRY_set(entry)});
        }
        return result;
    }

    [[nodiscard]] std::vector<ParsedName> names() const {
        std::vector<ParsedName> result;
        const Handle<GENERAL_NAMES, GENERAL_NAMES_free> names{
            static_cast<GENERAL_NAMES*>(decoded(NID_subject_alt_name))};
        for (int i = 0; i < sk_GENERAL_NAME_num(names.get()); ++i) {
            int type = 0;
            const auto* const name = sk_GENERAL_NAME_value(names.get(), i);
            const auto* const value = GENERAL_NAME_get0_value(name, &type);
            if (type == GEN_DNS) {
                const auto* const string = static_cast<const ASN1_STRING*>(value);
                result.push_back({"dNSName", ASN1_STRING_type(string), content(string)});
            } else if (type == GEN_OTHERNAME) {
                const auto* const other = static_cast<const OTHERNAME*>(value);
                result.push_back(
                    {dotted(other->type_id), other->value->type, content(other->value->value.asn1_string)});
            } else {
                result.push_back({"neither", type, {}});
            }
        }
        return result;
    }

    /// The identifiers of all extensions in order, with an exclamation mark after those that are critical.
    [[nodiscard]] std::vector<std::string> extensions() const {
        std::vector<std::string> result;
        for (int i = 0; i < sk_X509_EXTENSION_num(extensions_.get()); ++i) {
            auto* const extension = sk_X509_EXTENSION_value(extensions_.get(), i);
            const auto* const mark = X509_EXTENSION_get_critical(extension) == 1 ? "!" : "";
            result.push_back(dotted(X509_EXTENSION_get_object(extension)) + mark);
        }
        return result;
    }

    /// The encoded content of the extension at that place.
    [[nodiscard]] std::string extension(int place) const {
        return content(X509_EXTENSION_get_data(sk_X509_EXTENSION_value(extensions_.get(), place)));
    }

    /// The bits of keyUsage that are set.
    [[nodiscard]] std::vector<int> key_usage() const {
        const Handle<ASN1_BIT_STRING, ASN1_BIT_STRING_free> bits{static_cast<ASN1_BIT_STRING*>(decoded(NID_key_usage))};
        std::vector<int> result;
        for (int bit = 0; bit < 9; ++bit) {
            if (ASN1_BIT_STRING_get_bit(bits.get(), bit) == 1) {
                result.push_back(bit);
            }
        }
        return result;
    }

    [[nodiscard]] std::vector<int> purposes() const {
        const Handle<EXTENDED_KEY_USAGE, EXTENDED_KEY_USAGE_free> purposes{
            static_cast<EXTENDED_KEY_USAGE*>(decoded(NID_ext_key_usage))};
        std::vector<int> result;
        for (int i = 0; i < sk_ASN1_OBJECT_num(purposes.get()); ++i) {
            result.push_back(OBJ_obj2nid(sk_ASN1_OBJECT_value(purposes.get(), i)));
        }
        return result;
    }

    [[nodiscard]] int signature_algorithm() const { return X509_REQ_get_signature_nid(request_.get()); }

  private:
    static void free_extensions(STACK_OF(X509_EXTENSION) * extensions) {
        sk_X509_EXTENSION_pop_free(extensions, X509_EXTENSION_free);
    }

    [[nodiscard]] void* decoded(int nid) const { return X509V3_get_d2i(extensions_.get(), nid, nullptr, nullptr); }

    Handle<X509_REQ, X509_REQ_free> request_;
    Handle<STACK_OF(X509_EXTENSION), free_extensions> extensions_;
};

}  // namespace xmppfed::pki
