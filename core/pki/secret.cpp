#include "core/pki/secret.hpp"

#include <openssl/crypto.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <new>
#include <utility>

#include "core/pki/openssl.hpp"

namespace xmppfed::pki {

namespace {

/// Of the locked pages: room for an RSA key of 16,384 bits in the making, and for some secrets.
constexpr std::size_t locked_size = std::size_t{1024} * 1024;
constexpr std::size_t least_block = 64;

/// No key is longer. What is would leave no room for one.
constexpr std::size_t longest_locked = std::size_t{64} * 1024;

/// Memory that `OPENSSL_secure_clear_free` takes back.
char* allocate_secret(std::size_t size) {
    start_openssl();
    void* memory = size <= longest_locked ? OPENSSL_secure_malloc(size) : nullptr;
    if (memory == nullptr) {
        memory = OPENSSL_malloc(size);
    }
    if (memory == nullptr) {
        throw std::bad_alloc{};
    }
    return static_cast<char*>(memory);
}

/// What lies below on the stack. A function of its own, since its frame is touched page by page whatever it does with it
/// (-fstack-clash-protection): most commands have no secret, and their start would take a tenth longer.
[[gnu::noinline]] void wipe_frames() {
    constexpr std::size_t depth = std::size_t{128} * 1024;
    std::array<char, depth> frames{};
    OPENSSL_cleanse(frames.data(), frames.size());
    // Registers that a secret was copied through keep it, and the loader saves them whenever it looks a symbol up. Each
    // size of a copy uses registers of its own.
    for (std::size_t size = 1; size <= depth / 2; size *= 2) {
        std::memmove(frames.data(), frames.data() + depth / 2, size);
        asm volatile("" : : "r"(frames.data()) : "memory");  // not to be optimised away
    }
}

}  // namespace

void lock_secrets() {
    start_openssl();
    if (CRYPTO_secure_malloc_initialized() == 0) {
        // Where pages cannot be locked it answers 2, and where there are none 0: secrets are wiped all the same.
        (void)CRYPTO_secure_malloc_init(locked_size, least_block);
    }
}

void wipe_stack() {
    if (CRYPTO_secure_malloc_initialized() != 0) {
        wipe_frames();
    }
}

Secret::Secret(const char* text, std::size_t size) : data_{allocate_secret(size + 1)}, size_{size} {
    *std::copy_n(text, size, data_) = '\0';
}

Secret Secret::copy_of(std::string_view text) {
    return {text.data(), text.size()};
}

/// Also what lies behind the end of the text: a longer one may have been there.
Secret::Secret(std::string&& text) : Secret{text.data(), text.size()} {
    text.resize(text.capacity());
    OPENSSL_cleanse(text.data(), text.size());
    text.clear();
}

Secret::Secret(Secret&& other) noexcept
    : data_{std::exchange(other.data_, nullptr)}, size_{std::exchange(other.size_, 0)} {}

Secret& Secret::operator=(Secret&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    return *this;
}

Secret::~Secret() {
    OPENSSL_secure_clear_free(data_, size_);
}

}  // namespace xmppfed::pki
