#pragma once

#include <limits>
#include <memory>
#include <string>
#include <string_view>

#include "core/error.hpp"

struct asn1_object_st;
struct bio_st;
struct stack_st_X509;
struct stack_st_X509_EXTENSION;

namespace xmppfed::pki {

template <auto free>
struct Freed {
    void operator()(auto* object) const { free(object); }
};

/// Owns an object of OpenSSL, which goes by that function.
template <class T, auto free>
using Handle = std::unique_ptr<T, Freed<free>>;

/// `Handle`s take these for what OpenSSL hands over to be freed by a macro of its own.
void free_text(char* text);
void free_octets(unsigned char* octets);
/// With all that is on the stack.
void free_certificates(stack_st_X509* certificates);
void free_extensions(stack_st_X509_EXTENSION* extensions);

/// What has been written to a BIO in memory: where it is there, and as a copy.
[[nodiscard]] std::string_view content_of(bio_st* memory);
[[nodiscard]] std::string text_in(bio_st* memory);

/// An object identifier in numbers and dots.
[[nodiscard]] std::string dotted(const asn1_object_st* object);

/// What OpenSSL calls it, or its numbers where it knows no name.
[[nodiscard]] std::string name_of(const asn1_object_st* object);

/// Comes first in every function that others call: sets OpenSSL up, once, without its configuration file, with memory that
/// is wiped when it is freed, and forgets what earlier calls left in its error queue.
void start_openssl();

/// A failure whose cause is all that OpenSSL's error queue holds, oldest first. Empties the queue.
[[nodiscard]] core::Error openssl_failure(std::string_view message);

/// Throws `openssl_failure(message)` unless the return code says success (1, or a size).
inline void check(int code, std::string_view message) {
    if (code <= 0) {
        throw openssl_failure(message);
    }
}

/// The pointer itself, or `openssl_failure(message)` thrown when it is null.
template <class T>
[[nodiscard]] T* check(T* pointer, std::string_view message) {
    if (pointer == nullptr) {
        throw openssl_failure(message);
    }
    return pointer;
}

/// A size as OpenSSL's int. Throws when it does not fit, so that nothing is cut short and no -1 comes out.
[[nodiscard]] inline int size_of(std::string_view text, std::string_view message) {
    if (text.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
        throw core::Error{core::ErrorKind::failed, std::string{message}}.because("a text is longer than 2 GiB");
    }
    return static_cast<int>(text.size());
}

}  // namespace xmppfed::pki
