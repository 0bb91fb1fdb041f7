#include "core/pki/secret.hpp"

#include <openssl/crypto.h>

#include <string>
#include <string_view>
#include <utility>

#include <catch2/catch.hpp>

#include "core/pki/key.hpp"

using xmppfed::pki::Secret;

namespace {

constexpr std::string_view short_text = "short";
constexpr std::string_view long_text = "a secret that is too long for the string object itself";

}  // namespace

TEST_CASE("a secret wipes what it takes, short or long") {
    for (const auto text : {short_text, long_text}) {
        std::string source{text};
        const auto* const place = source.data();
        const Secret secret{std::move(source)};
        CHECK(secret.text() == text);
        CHECK(secret.text().data()[text.size()] == '\0');
        CHECK(source.empty());  // NOLINT(bugprone-use-after-move): it is wiped
        CHECK(source.data() == place);
        CHECK(std::string_view{place, text.size()} == std::string(text.size(), '\0'));
    }
    std::string shortened{long_text};
    shortened.resize(2);
    const auto* const place = shortened.data();
    const Secret secret{std::move(shortened)};
    CHECK(std::string_view{place, long_text.size()} == std::string(long_text.size(), '\0'));
}

TEST_CASE("a secret moves without a copy") {
    auto secret = Secret::copy_of(long_text);
    const auto* const place = secret.text().data();
    Secret moved{std::move(secret)};
    CHECK(secret.empty());  // NOLINT(bugprone-use-after-move)
    CHECK(moved.text().data() == place);
    secret = std::move(moved);
    CHECK(secret.text() == long_text);
    CHECK(moved.empty());  // NOLINT(bugprone-use-after-move)
    auto& same_secret = secret;
    secret = std::move(same_secret);
    CHECK(secret.text() == long_text);
}

TEST_CASE("an empty secret is an empty text") {
    CHECK(Secret{}.empty());
    CHECK(std::string{Secret{}.text().data()}.empty());
    CHECK(Secret{std::string{}}.empty());
}

TEST_CASE("secrets and keys get pages of their own when they are locked") {
    xmppfed::pki::lock_secrets();
    xmppfed::pki::lock_secrets();
    CHECK(CRYPTO_secure_allocated(Secret::copy_of(short_text).text().data()) == 1);
    (void)xmppfed::pki::KeyPair::generate({});  // the random generators keep their own state there
    const auto before = CRYPTO_secure_used();
    {
        const auto key = xmppfed::pki::KeyPair::generate({});
        CHECK(CRYPTO_secure_used() > before);
    }
    CHECK(CRYPTO_secure_used() == before);
    SECTION("what is too long for them, and for a key, is a secret all the same") {
        const std::string text(std::size_t{8} * 1024 * 1024, 'x');
        const auto secret = Secret::copy_of(text);
        CHECK(secret.text() == text);
        CHECK(CRYPTO_secure_used() == before);
    }
    SECTION("there is room for the longest keys") {
        for (int i = 0; i < 3; ++i) {
            CHECK_NOTHROW(Secret::copy_of(std::string(std::size_t{60} * 1024, 'x')));
        }
    }
}
