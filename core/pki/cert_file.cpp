#include "core/pki/cert_file.hpp"

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/pkcs7.h>
#include <openssl/x509.h>

#include <algorithm>

#include <fmt/format.h>

#include "core/pki/cert_content.hpp"
#include "core/pki/openssl.hpp"
#include "core/text/text.hpp"

namespace xmppfed::pki {

namespace {

using core::Error;
using core::ErrorKind;

constexpr std::string_view begin_mark = "-----BEGIN ";

Error unreadable(std::string_view what, std::string cause,
                 std::string hint = "give a certificate as the CA sent it, in PEM, DER or PKCS#7") {
    return Error{ErrorKind::failed, fmt::format("{} cannot be read", what)}
        .because(std::move(cause))
        .hint(std::move(hint));
}

/// Each takes a fraction of a millisecond, and a verification perhaps.
void refuse_crowd(std::size_t count, std::string_view what) {
    if (count > most_in_file) {
        throw unreadable(
            what, fmt::format("it holds {} certificates or requests, and {} are read at most", count, most_in_file),
            "give the certificate and its chain alone");
    }
}

/// Decodes DER with nothing behind it; null when it is something else.
template <auto decode, auto release>
auto decoded(std::string_view der) {
    const auto* position = reinterpret_cast<const unsigned char*>(der.data());
    const auto* const end = position + der.size();
    auto* const object = decode(nullptr, &position, static_cast<long>(der.size()));
    using Object = std::remove_pointer_t<decltype(object)>;
    Handle<Object, release> owner{object};
    if (position != end) {
        owner.reset();
    }
    return owner;
}

/// The certificates that PKCS#7 carries beside what it signs or, mostly, without anything signed; null when it carries
/// none.
const STACK_OF(X509) * certificates_in(const PKCS7* message) {
    if (PKCS7_type_is_signed(message)) {
        return message->d.sign->cert;
    }
    return PKCS7_type_is_signedAndEnveloped(message) ? message->d.signed_and_enveloped->cert : nullptr;
}

/// Adds what the DER is. Returns false when it is nothing of ours.
bool add_decoded(CertFile& file, std::string_view der, std::string_view what) {
    if (const auto certificate = decoded<d2i_X509, X509_free>(der)) {
        file.certificates.push_back(certificate_facts(certificate.get()));
        return true;
    }
    if (const auto request = decoded<d2i_X509_REQ, X509_REQ_free>(der)) {
        file.requests.push_back(request_facts(request.get()));
        return true;
    }
    if (const auto message = decoded<d2i_PKCS7, PKCS7_free>(der)) {
        const auto* const certificates = certificates_in(message.get());
        refuse_crowd(file.certificates.size() + static_cast<std::size_t>(std::max(sk_X509_num(certificates), 0)), what);
        for (int i = 0; i < sk_X509_num(certificates); ++i) {
            file.certificates.push_back(certificate_facts(sk_X509_value(certificates, i)));
        }
        return sk_X509_num(certificates) > 0;
    }
    return false;
}

/// Adds each block of a PEM text and returns their number.
std::size_t add_blocks(CertFile& file, std::string_view text, std::string_view what) {
    const Handle<BIO, BIO_free> input{check(BIO_new_mem_buf(text.data(), size_of(text, what)), what)};
    for (std::size_t count = 0;; ++count) {
        char* label = nullptr;
        char* header = nullptr;
        unsigned char* data = nullptr;
        long size = 0;
        if (PEM_read_bio(input.get(), &label, &header, &data, &size) != 1) {
            return count;
        }
        const Handle<char, free_text> label_owner{label};
        const Handle<char, free_text> header_owner{header};
        const Handle<unsigned char, free_octets> data_owner{data};
        if (std::string_view{label}.ends_with("PRIVATE KEY")) {
            throw unreadable(what, "it holds a private key, which has no place beside a certificate");
        }
        if (!add_decoded(file, {reinterpret_cast<const char*>(data), static_cast<std::size_t>(size)}, what)) {
            throw unreadable(what, fmt::format("its block {} is damaged, or no certificate", count + 1));
        }
    }
}

/// Does it begin as a SEQUENCE of more than 127 octets does, whose length takes one to four octets (X.690, 8.1.3.5)? No
/// text in UTF-8 begins so. The last octet of a signature may be a line feed: marks behind it do not make the whole a
/// text.
bool is_der(std::string_view text) {
    constexpr std::string_view length_octets = "\x81\x82\x83\x84";
    return text.size() > 1 && text[0] == '\x30' && length_octets.find(text[1]) != std::string_view::npos;
}

/// PKCS#12 (RFC 7292) in DER: holds a key, mostly.
bool is_pfx(std::string_view der) {
    return decoded<d2i_PKCS12, PKCS12_free>(der) != nullptr;
}

/// By its mark, or by the octets of a PEM text's first two characters, hyphens or letters.
bool is_utf16(std::string_view text) {
    return text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff") ||
           (text.size() > 3 && ((text[0] != '\0' && text[1] == '\0' && text[2] != '\0' && text[3] == '\0') ||
                                (text[0] == '\0' && text[1] != '\0' && text[2] == '\0' && text[3] != '\0')));
}

/// DER in Base64 alone, as web pages and interfaces of CAs hand it out: a SEQUENCE with a length of two octets.
bool is_bare_base64(std::string_view text) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\r\n \t";
    return text.starts_with("MI") && text.find_first_not_of(alphabet) == std::string_view::npos;
}

void refuse_other_kinds(std::string_view text, std::string_view what) {
    if (text.empty()) {
        throw unreadable(what, "it is empty");
    }
    if (is_utf16(text)) {
        throw unreadable(what, "it is text in UTF-16, as Windows saves \"Unicode\"",
                         "make it UTF-8: `iconv -f UTF-16 -t UTF-8 FILE`, or have Windows save it as ANSI or UTF-8");
    }
    if (is_bare_base64(text)) {
        throw unreadable(what, "it is Base64 without the lines around it",
                         "put it between the lines `-----BEGIN CERTIFICATE-----` and `-----END CERTIFICATE-----`");
    }
    if (is_pfx(text)) {
        throw unreadable(what, "it is PKCS#12 (PFX), which holds a key beside its certificates",
                         "take the certificates out of it: `openssl pkcs12 -nokeys -in FILE -out CERTIFICATES`");
    }
}

std::size_t marks_in(std::string_view text) {
    std::size_t count = 0;
    for (auto at = text.find(begin_mark); at != std::string_view::npos; at = text.find(begin_mark, at + 1)) {
        if (at == 0 || text[at - 1] == '\n' || text[at - 1] == '\r') {
            ++count;
        }
    }
    return count;
}

}  // namespace

CertFile read_cert_file(std::string_view text, std::string_view what) {
    start_openssl();
    CertFile file;
    refuse_other_kinds(text, what);
    if (text.starts_with(core::byte_order_mark)) {
        text.remove_prefix(core::byte_order_mark.size());
    }
    const auto marks = is_der(text) ? 0 : marks_in(text);
    refuse_crowd(marks, what);
    if (marks == 0) {
        if (!add_decoded(file, text, what)) {
            throw unreadable(what, "it is neither PEM nor one whole certificate, request or PKCS#7 message in DER");
        }
    } else if (add_blocks(file, text, what) != marks) {
        throw unreadable(what, "a block is damaged or cut off");
    }
    start_openssl();  // forget what the tries left behind
    return file;
}

}  // namespace xmppfed::pki
