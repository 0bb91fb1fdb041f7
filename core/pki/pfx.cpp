#include "core/pki/pfx.hpp"

#include <array>

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>

#include "core/pki/openssl.hpp"
#include "core/text/text.hpp"

namespace xmppfed::pki {

namespace {

constexpr std::string_view pfx_failure = "the PKCS#12 file cannot be made";
constexpr std::array encryptions{
    core::EnumValue{"aes", "AES-256, which Windows Server 2019 and later read"},
    core::EnumValue{"legacy", "triple DES and SHA-1, for Windows before that"},
};

constexpr int pfx_rounds = 100'000;  // of PBKDF2; the MAC's key derivation takes as many

using Stack = Handle<STACK_OF(X509), free_certificates>;

Stack parse(const std::string& pem) {
    const Handle<BIO, BIO_free> input{check(BIO_new_mem_buf(pem.data(), size_of(pem, pfx_failure)), pfx_failure)};
    Stack stack{check(sk_X509_new_null(), pfx_failure)};
    while (X509* const certificate = PEM_read_bio_X509(input.get(), nullptr, nullptr, nullptr)) {
        Handle<X509, X509_free> owner{certificate};
        check(sk_X509_push(stack.get(), certificate), pfx_failure);
        static_cast<void>(owner.release());
    }
    start_openssl();  // forget the end of the text
    return stack;
}

/// PKCS#9 has the name as a BMPString, which holds no character beyond U+FFFF: those become U+FFFD.
std::string basic_plane(const std::string& text) {
    constexpr char32_t last = 0xFFFF;
    std::string result;
    for (const auto& character : core::characters(text)) {
        result += character.scalar > last ? "\xEF\xBF\xBD" : character.bytes;
    }
    return result;
}

}  // namespace

Secret make_pfx(const KeyPair& key, const std::string& certificate, const std::string& chain,
                const std::string& friendly_name, const Secret& password, PfxEncryption encryption) {
    start_openssl();
    const auto leaf = parse(certificate);
    const auto others = parse(chain);
    const auto text = password.text();
    if (text.find('\0') != std::string_view::npos) {  // OpenSSL would encrypt by what stands before it
        throw core::Error{core::ErrorKind::usage, "the password of a PKCS#12 file cannot contain a NUL character"}.hint(
            "give a password of text");
    }
    const auto name = basic_plane(friendly_name);
    const bool is_legacy = encryption == PfxEncryption::legacy;
    const int cipher = is_legacy ? NID_pbe_WithSHA1And3_Key_TripleDES_CBC : NID_aes_256_cbc;
    const Handle<PKCS12, PKCS12_free> pfx{
        check(PKCS12_create_ex(text.data() /* ends with a NUL */, name.c_str(), key.handle(),
                               check(sk_X509_value(leaf.get(), 0), pfx_failure), others.get(), cipher, cipher,
                               pfx_rounds, -1 /* the MAC is made below */, 0, nullptr, nullptr),
              pfx_failure)};
    check(PKCS12_set_mac(pfx.get(), text.data(), size_of(text, pfx_failure), nullptr, 0, pfx_rounds,
                         is_legacy ? EVP_sha1() : EVP_sha256()),
          pfx_failure);
    const Handle<BIO, BIO_free> output{check(BIO_new(BIO_s_mem()), pfx_failure)};
    check(i2d_PKCS12_bio(output.get(), pfx.get()), pfx_failure);
    return Secret::copy_of(content_of(output.get()));
}

}  // namespace xmppfed::pki

template <>
std::span<const xmppfed::core::EnumValue> xmppfed::core::values_of<xmppfed::pki::PfxEncryption>() {
    return xmppfed::pki::encryptions;
}
