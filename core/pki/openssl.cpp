#include "core/pki/openssl.hpp"

#include <malloc.h>
#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>

#include "core/text/text.hpp"

namespace xmppfed::pki {

namespace {

// OpenSSL wipes what it knows to be a key, but not the buffers of its readers and writers that a key went through. It
// says where in its sources it wants memory, which is of no use here.

void* allocate(std::size_t size, const char* /*file*/, int /*line*/) {
    return std::malloc(size);  // NOLINT(cppcoreguidelines-no-malloc): in its place
}

void release(void* memory, const char* /*file*/, int /*line*/) {
    if (memory != nullptr) {
        OPENSSL_cleanse(memory, ::malloc_usable_size(memory));
        std::free(memory);  // NOLINT(cppcoreguidelines-no-malloc): likewise
    }
}

void* reallocate(void* memory, std::size_t size, const char* file, int line) {
    if (size == 0) {
        release(memory, file, line);
        return nullptr;
    }
    void* const larger = allocate(size, file, line);
    if (larger != nullptr && memory != nullptr) {
        std::memcpy(larger, memory, std::min(size, ::malloc_usable_size(memory)));
        release(memory, file, line);
    }
    return larger;
}

int set_up() {
    // Too late in a test that has called OpenSSL before; its memory is not wiped then.
    (void)CRYPTO_set_mem_functions(allocate, reallocate, release);
    return OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
}

}  // namespace

void start_openssl() {
    static const int started = set_up();
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

std::string_view content_of(bio_st* memory) {
    char* data = nullptr;
    const auto size = BIO_get_mem_data(memory, &data);
    return data == nullptr ? std::string_view{} : std::string_view{data, static_cast<std::size_t>(size)};
}

std::string text_in(bio_st* memory) {
    return std::string{content_of(memory)};
}

}  // namespace xmppfed::pki
