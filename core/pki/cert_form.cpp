#include "core/pki/cert_form.hpp"

#include <openssl/asn1.h>
#include <openssl/objects.h>
#include <openssl/x509.h>

#include <ctime>

#include <fmt/format.h>

#include "core/pki/openssl.hpp"
#include "core/text/text.hpp"

namespace xmppfed::pki {

namespace {

constexpr int year_of_generalized_times = 2050;
constexpr long status_request = 5;  // RFC 6066 section 8
constexpr int netscape_client = 0;
constexpr int netscape_server = 1;

using Usages = Handle<EXTENDED_KEY_USAGE, EXTENDED_KEY_USAGE_free>;
using Bits = Handle<ASN1_BIT_STRING, ASN1_BIT_STRING_free>;
using Features = Handle<TLS_FEATURE, TLS_FEATURE_free>;

bool has_purpose(const EXTENDED_KEY_USAGE* usages, int purpose) {
    for (int i = 0; i < sk_ASN1_OBJECT_num(usages); ++i) {
        if (OBJ_obj2nid(sk_ASN1_OBJECT_value(usages, i)) == purpose) {
            return true;
        }
    }
    return false;
}

bool has_feature(const TLS_FEATURE* features, long feature) {
    for (int i = 0; features != nullptr && i < sk_ASN1_INTEGER_num(features); ++i) {
        if (ASN1_INTEGER_get(sk_ASN1_INTEGER_value(features, i)) == feature) {
            return true;
        }
    }
    return false;
}

void add_critical_extensions(const X509* certificate, std::vector<std::string>& defects) {
    for (int i = 0; i < X509_get_ext_count(certificate); ++i) {
        auto* const extension = X509_get_ext(certificate, i);
        if (X509_EXTENSION_get_critical(extension) == 0 || X509_supported_extension(extension) == 1) {
            continue;
        }
        const auto* const object = X509_EXTENSION_get_object(extension);
        defects.push_back(
            OBJ_obj2nid(object) == NID_ct_precert_poison
                ? "is a precertificate, which is for the logs of Certificate Transparency alone"
                : fmt::format("has the critical extension {}, which verifiers do not know", dotted(object)));
    }
}

/// X509_cmp_time takes the two forms of RFC 5280 and no other: whole seconds, in UTC.
bool is_well_written(const ASN1_TIME* time) {
    std::time_t epoch = 0;
    std::tm fields{};
    if (X509_cmp_time(time, &epoch) == 0 || ASN1_TIME_to_tm(time, &fields) != 1) {
        return false;
    }
    const bool is_late = fields.tm_year + 1900 >= year_of_generalized_times;
    return is_late == (ASN1_STRING_type(time) == V_ASN1_GENERALIZEDTIME);
}

}  // namespace

void* ExtensionReader::read_any(int nid) const {
    int critical = 0;
    auto* const value = X509V3_get_d2i(extensions_, nid, &critical, nullptr);
    if (value == nullptr && critical != -1) {
        defects_.push_back(critical == -2 ? fmt::format("has more than one {}", OBJ_nid2sn(nid))
                                          : fmt::format("has a damaged {}", OBJ_nid2sn(nid)));
    }
    return value;
}

void read_usages(const ExtensionReader& extensions, core::CertContent& facts) {
    if (const Usages purposes{extensions.read<EXTENDED_KEY_USAGE>(NID_ext_key_usage)}) {
        facts.server_auth = has_purpose(purposes.get(), NID_server_auth);
        facts.client_auth = has_purpose(purposes.get(), NID_client_auth);
    }
    if (const Bits type{extensions.read<ASN1_BIT_STRING>(NID_netscape_cert_type)}) {
        facts.server_type = ASN1_BIT_STRING_get_bit(type.get(), netscape_server) == 1;
        facts.client_type = ASN1_BIT_STRING_get_bit(type.get(), netscape_client) == 1;
    }
    if (const Bits usage{extensions.read<ASN1_BIT_STRING>(NID_key_usage)}) {
        facts.digital_signature = ASN1_BIT_STRING_get_bit(usage.get(), 0) == 1;
    }
    const Features features{extensions.read<TLS_FEATURE>(NID_tlsfeature)};
    facts.must_staple = has_feature(features.get(), status_request);
}

void add_form_defects(X509* certificate, std::vector<std::string>& defects) {
    add_critical_extensions(certificate, defects);
    if (defects.empty() && (X509_get_extension_flags(certificate) & EXFLAG_INVALID) != 0) {
        defects.emplace_back("has an extension that is damaged, or there twice");
    }
    if (!is_well_written(X509_get0_notBefore(certificate)) || !is_well_written(X509_get0_notAfter(certificate))) {
        defects.emplace_back("has a time that is not written as RFC 5280 has it");
    }
    const X509_ALGOR* outer = nullptr;
    X509_get0_signature(nullptr, &outer, certificate);
    if (X509_ALGOR_cmp(outer, X509_get0_tbs_sigalg(certificate)) != 0) {
        defects.emplace_back("names two signature algorithms");
    }
}

}  // namespace xmppfed::pki
