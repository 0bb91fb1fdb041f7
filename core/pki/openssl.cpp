#include "core/pki/openssl.hpp"

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/x509.h>

#include <array>

#include "core/text.hpp"

namespace xmppfed::pki {

void start_openssl() {
    static const int started = OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
    check(started, "OpenSSL cannot be set up");
    ERR_clear_error();
}

core::Error openssl_failure(std::string_view message) {
    std::string cause;
    const char* data = nullptr;
    int flags = 0;
    while (const auto code = ERR_get_error_all(nullptr, nullptr, nullptr, &data, &flags)) {
        std::array<char, 256> text{};
        ERR_error_string_n(code, text.data(), text.size());
        cause += cause.empty() ? "" : "; ";
        cause += text.data();
        if ((static_cast<unsigned>(flags) & ERR_TXT_STRING) != 0 && data != nullptr && *data != '\0') {
            cause += " (";
            cause += data;
            cause += ')';
        }
    }
    return core::Error{core::ErrorKind::failed, std::string{message}}.because(cause.empty() ? "OpenSSL gives no reason"
                                                                                            : core::escape(cause));
}

void free_text(char* text) {
    OPENSSL_free(text);
}

void free_octets(unsigned char* octets) {
    OPENSSL_free(octets);
}

void free_certificates(stack_st_X509* certificates) {
    sk_X509_pop_free(certificates, X509_free);
}

void free_extensions(stack_st_X509_EXTENSION* extensions) {
    sk_X509_EXTENSION_pop_free(extensions, X509_EXTENSION_free);
}

std::string dotted(const asn1_object_st* object) {
    std::array<char, 128> text{};
    check(OBJ_obj2txt(text.data(), static_cast<int>(text.size()), object, 1 /* numbers */),
          "an object identifier cannot be read");
    return text.data();
}

std::string name_of(const asn1_object_st* object) {
    const int nid = OBJ_obj2nid(object);
    return nid == NID_undef ? dotted(object) : OBJ_nid2ln(nid);
}

std::string text_in(bio_st* memory) {
    char* data = nullptr;
    const auto size = BIO_get_mem_data(memory, &data);
    return data == nullptr ? std::string{} : std::string(data, static_cast<std::size_t>(size));
}

}  // namespace xmppfed::pki
