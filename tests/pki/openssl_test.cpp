#include "core/pki/openssl.hpp"

#include <openssl/err.h>

#include <catch2/catch.hpp>

#include "tests/core/caught.hpp"

using namespace xmppfed::pki;
using Catch::Matchers::Contains;
using xmppfed::core::caught;
using xmppfed::core::ErrorKind;

TEST_CASE("a failure tells all that OpenSSL said, and leaves nothing for the next one") {
    start_openssl();
    ERR_raise_data(ERR_LIB_PEM, ERR_R_MALLOC_FAILURE, "first \x1b[31m");
    ERR_raise(ERR_LIB_EVP, ERR_R_INTERNAL_ERROR);
    const auto error = openssl_failure("the key cannot be read");
    CHECK(error.kind == ErrorKind::failed);
    CHECK(error.message == "the key cannot be read");
    CHECK_THAT(error.cause, Contains("PEM") && Contains("first") && Contains("internal error") && Contains("; "));
    CHECK_THAT(error.cause, !Contains("\x1b"));
    CHECK(ERR_peek_error() == 0);
    CHECK(openssl_failure("").cause == "OpenSSL gives no reason");
}

TEST_CASE("starting forgets old errors") {
    ERR_raise(ERR_LIB_EVP, ERR_R_INTERNAL_ERROR);
    start_openssl();
    CHECK(ERR_peek_error() == 0);
}

TEST_CASE("only success passes") {
    int object = 0;
    CHECK(check(&object, "") == &object);
    CHECK_NOTHROW(check(1, ""));
    CHECK_NOTHROW(check(7, ""));
    CHECK(caught([] { check(0, "zero"); }).message == "zero");
    CHECK(caught([] { check(-1, "minus one"); }).message == "minus one");
    CHECK(caught([] { (void)check(static_cast<int*>(nullptr), "null"); }).message == "null");
    CHECK(size_of("abc", "") == 3);
    CHECK(caught([] { (void)size_of(std::string_view{"", 1UL << 31U}, "long"); }).message == "long");
}
