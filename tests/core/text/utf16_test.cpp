#include "core/text/utf16.hpp"

#include <rapidcheck/catch.h>
#include <catch2/catch.hpp>

#include "core/text/text.hpp"
#include "tests/core/wide.hpp"

using namespace xmppfed::core;

namespace {

std::string decoded(std::string_view octets, std::endian order, std::size_t piece) {
    Utf16Decoder decoder{order};
    std::string text;
    for (; !octets.empty(); octets.remove_prefix(std::min(piece, octets.size()))) {
        text += decoder.decode(octets.substr(0, piece));
    }
    return text + decoder.finish();
}

std::string little(std::string_view octets) {
    return decoded(octets, std::endian::little, 1);
}

}  // namespace

TEST_CASE("text of every plane is decoded, in either order and split anywhere") {
    const auto order = GENERATE(std::endian::little, std::endian::big);
    const auto piece = GENERATE(1U, 2U, 3U, 5U, 4096U);
    const auto octets = utf16_with_mark(u"a\u00E4\u20AC\uD7FF\uE000\uFFFD\U00010000\U0001F600\U0010FFFF\n", order);
    CHECK(decoded(octets, order, piece) == "\uFEFFa\u00E4\u20AC\uD7FF\uE000\uFFFD\U00010000\U0001F600\U0010FFFF\n");
    CHECK(decoded({}, order, piece).empty());
}

TEST_CASE("what is no UTF-16 becomes what is no UTF-8, and what follows is decoded") {
    CHECK(little({"\x00\xD8", 2}) == "\xFF");      // a high surrogate, and no more
    CHECK(little({"\x00\xD8z\0", 4}) == "\xFFz");  // instead of a low one
    CHECK(little({"\x00\xD8\x00\xD8\x00\xDC", 6}) == "\xFF\U00010000");
    CHECK(little({"\x00\xDCz\0", 4}) == "\xFFz");  // a low one alone
    CHECK(little({"z\0z", 3}) == "z\xFF");         // half a unit
    CHECK(little({"\x00\xD8z", 3}) == "\xFF");
}

TEST_CASE("whatever the octets are, finding the end is final") {
    rc::prop("", [](const std::vector<char>& octets) {
        Utf16Decoder decoder{std::endian::little};
        auto text = decoder.decode({octets.data(), octets.size()});
        text += decoder.finish();
        RC_ASSERT(decoder.finish().empty());
        RC_ASSERT(text.size() <= octets.size() * 2);
        const bool is_sound = text.find(Utf16Decoder::not_utf8) == std::string::npos;
        RC_ASSERT(is_utf8(text) == is_sound);
    });
}
