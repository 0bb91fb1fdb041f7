#include "core/pki/key_reader.hpp"

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>

#include <algorithm>

#include "core/text/text.hpp"

namespace xmppfed::pki {

namespace {

using core::Error;
using core::ErrorKind;

constexpr std::string_view damaged = "the private key is damaged";

/// Nothing tells a wrong passphrase from damage, and what OpenSSL says of either depends on the key's form alone.
Error wrong_passphrase() {
    ERR_clear_error();
    return Error{ErrorKind::failed, "the passphrase of the private key is wrong, or the key is damaged"}.hint(
        "type the passphrase again, or look at the file that --key-passphrase-file names: its first line counts");
}

/// What came of a passphrase: none, null or 0, when it is wrong.
template <class Result>
Result opened(Result result) {
    if (!result) {
        throw wrong_passphrase();
    }
    return result;
}

/// One block of a PEM text (RFC 7468), decoded. Its data is wiped when it goes.
class Block {
  public:
    Block() = default;
    Block(const Block&) = delete;
    Block& operator=(const Block&) = delete;
    ~Block() { clear(); }

    /// Reads the next block; false at the end and on damage, which OpenSSL's error queue tells apart.
    bool read(BIO* input) {
        clear();
        char* name = nullptr;
        char* header = nullptr;
        const int code = PEM_read_bio(input, &name, &header, &data_, &size_);
        name_.reset(name);
        header_.reset(header);
        capacity_ = size_;
        return code == 1;
    }

    [[nodiscard]] std::string_view name() const { return name_.get(); }

    /// Whether a header in the block itself says that the data is encrypted (RFC 1421 4.6.1.1).
    [[nodiscard]] bool encrypted() const {
        return std::string_view{header_.get()}.find("ENCRYPTED") != std::string_view::npos;
    }

    /// Undoes the encryption that the header tells of.
    void decrypt(std::string_view passphrase) {
        EVP_CIPHER_INFO cipher{};
        check(PEM_get_EVP_CIPHER_INFO(header_.get(), &cipher), damaged);
        opened(PEM_do_header(&cipher, data_, &size_, give_passphrase, &passphrase) == 1);
    }

    [[nodiscard]] const unsigned char* data() const { return data_; }
    [[nodiscard]] long size() const { return size_; }

  private:
    /// PEM_do_header's question. A passphrase that does not fit into OpenSSL's buffer is wrong: it is not cut off.
    static int give_passphrase(char* buffer, int size, int /*writing*/, void* passphrase) {
        const auto& text = *static_cast<std::string_view*>(passphrase);
        if (text.size() > static_cast<std::size_t>(size)) {
            return -1;
        }
        std::ranges::copy(text, buffer);
        return static_cast<int>(text.size());
    }

    void clear() {
        OPENSSL_clear_free(data_, static_cast<std::size_t>(capacity_));
        data_ = nullptr;
        size_ = capacity_ = 0;
    }

    Handle<char, free_text> name_;
    Handle<char, free_text> header_;
    unsigned char* data_ = nullptr;
    long size_ = 0;
    long capacity_ = 0;
};

using PrivateKeyInfo = Handle<PKCS8_PRIV_KEY_INFO, PKCS8_PRIV_KEY_INFO_free>;

KeyHandle from_pkcs8(const PKCS8_PRIV_KEY_INFO* info) {
    return KeyHandle{check(EVP_PKCS82PKEY(info), "the private key cannot be read")};
}

KeyHandle from_encrypted_pkcs8(const Block& block, std::string_view passphrase) {
    const auto* data = block.data();
    const Handle<X509_SIG, X509_SIG_free> encrypted{check(d2i_X509_SIG(nullptr, &data, block.size()), damaged)};
    const int size = size_of(passphrase, "the passphrase is too long");
    const PrivateKeyInfo info{opened(PKCS8_decrypt(encrypted.get(), passphrase.data(), size))};
    return from_pkcs8(info.get());
}

KeyHandle decode(Block& block, std::string_view passphrase) {
    constexpr std::string_view encrypted_pkcs8 = "ENCRYPTED PRIVATE KEY";
    const bool encrypted = block.encrypted() || block.name() == encrypted_pkcs8;
    if (encrypted && passphrase.empty()) {
        throw Error{ErrorKind::usage, "the private key is encrypted, and no passphrase is given"}.hint(
            "give the file that holds its passphrase: --key-passphrase-file FILE");
    }
    if (block.name() == encrypted_pkcs8) {
        return from_encrypted_pkcs8(block, passphrase);
    }
    if (block.encrypted()) {
        block.decrypt(passphrase);
    }
    // A wrong passphrase now and then leaves what looks decrypted, and is no key.
    const auto read = [&](auto* key) { return encrypted ? opened(key) : check(key, damaged); };
    const auto* data = block.data();
    if (block.name() == "PRIVATE KEY") {
        const PrivateKeyInfo info{read(d2i_PKCS8_PRIV_KEY_INFO(nullptr, &data, block.size()))};
        return from_pkcs8(info.get());
    }
    if (block.name() == "RSA PRIVATE KEY") {
        return KeyHandle{read(d2i_PrivateKey(EVP_PKEY_RSA, nullptr, &data, block.size()))};
    }
    if (block.name() == "EC PRIVATE KEY") {
        return KeyHandle{read(d2i_PrivateKey(EVP_PKEY_EC, nullptr, &data, block.size()))};
    }
    throw Error{ErrorKind::refused, "the key is in a form that is not read: " + core::quote(block.name())}.hint(
        "PKCS#8, PKCS#1 (RSA) and SEC 1 (EC) in PEM are read");
}

/// Of a text without a private key; `other` is what its first block has, or empty.
Error no_private_key(std::string_view text, const std::string& other) {
    Error error{ErrorKind::failed, "the text holds no private key in PEM"};
    if (!other.empty()) {
        return std::move(error).because("it holds " + core::quote(other)).hint("name the file of the private key");
    }
    const auto* octets = reinterpret_cast<const unsigned char*>(text.data());
    const KeyHandle key{d2i_AutoPrivateKey(nullptr, &octets, static_cast<long>(text.size()))};
    ERR_clear_error();
    return key ? std::move(error).because("it is DER").hint("`openssl pkey -inform DER -in FILE -out KEY` writes PEM")
               : std::move(error).hint("PKCS#8, PKCS#1 (RSA) and SEC 1 (EC) in PEM are read");
}

}  // namespace

KeyHandle read_private_key(std::string_view pem, const Secret& passphrase) {
    constexpr std::string_view message = "the text holds no private key in PEM";
    const Handle<BIO, BIO_free> input{
        check(BIO_new_mem_buf(pem.empty() ? "" : pem.data(), size_of(pem, message)), message)};
    Block block;
    std::string other;
    while (block.read(input.get())) {
        if (block.name().ends_with("PRIVATE KEY")) {
            return decode(block, passphrase.text());
        }
        other = other.empty() ? std::string{block.name()} : other;
    }
    if (ERR_GET_REASON(ERR_peek_last_error()) != PEM_R_NO_START_LINE) {
        throw openssl_failure("the PEM text is damaged");
    }
    ERR_clear_error();
    throw no_private_key(pem, other);
}

}  // namespace xmppfed::pki
