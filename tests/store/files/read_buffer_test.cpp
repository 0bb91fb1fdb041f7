#include "store/files/read_buffer.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include <catch2/catch.hpp>

using xmppfed::store::ReadBuffer;

namespace {

void put(ReadBuffer& buffer, std::string_view text) {
    while (!text.empty()) {
        const auto room = buffer.room();
        REQUIRE(!room.empty());
        const auto count = std::min(room.size(), text.size());
        std::ranges::copy(text.substr(0, count), room.begin());
        buffer.add(count);
        text.remove_prefix(count);
    }
}

}  // namespace

TEST_CASE("a read buffer hands over what was put into it") {
    for (const std::size_t expected : {0U, 1U, 100U, 5000U}) {
        for (const std::size_t size : {0U, 1U, 15U, 16U, 63U, 64U, 65U, 5000U, 100000U}) {
            ReadBuffer buffer{expected};
            const std::string text(size, 'x');
            put(buffer, text);
            CHECK(buffer.size() == size);
            CHECK(buffer.take() == text);
        }
    }
}

TEST_CASE("a read buffer gives its own memory away, and has room for the end of what was expected") {
    ReadBuffer buffer{1000};
    put(buffer, std::string(1000, 'x'));
    const auto* const begin = buffer.room().data() - 1000;
    CHECK(*begin == 'x');
    CHECK(buffer.take().data() == begin);
}
