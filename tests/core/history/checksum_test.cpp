#include "core/history/checksum.hpp"

#include <initializer_list>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

using xmppfed::core::Checksum;

namespace {

using Values = std::vector<std::optional<std::string>>;

std::int64_t checksum_of(const Values& values) {
    Checksum checksum;
    for (const auto& value : values) {
        checksum.add(value ? std::optional<std::string_view>{*value} : std::nullopt);
    }
    return checksum.value();
}

}  // namespace

TEST_CASE("a checksum is what the published algorithm makes of place, length and octets") {
    CHECK(static_cast<std::uint64_t>(checksum_of({})) == 0xcbf29ce484222325);
    CHECK(static_cast<std::uint64_t>(checksum_of({"a"})) == 0x928d3d64f9ba1f2c);
}

TEST_CASE("no other row has the same checksum") {
    std::set<std::int64_t> seen;
    const std::vector<Values> rows{{"ab", "c"}, {"a", "bc"},           {"abc"},     {"abc", ""},
                                   {"", "abc"}, {std::nullopt, "abc"}, {"ac", "b"}, {"c", "ab"}};
    for (const auto& row : rows) {
        CHECK(seen.insert(checksum_of(row)).second);
    }
    std::string text = "2026-03-15T09:30:00Z";
    for (auto& octet : text) {
        for (int bit = 0; bit < 8; ++bit) {
            octet = static_cast<char>(octet ^ (1 << bit));
            CHECK(seen.insert(checksum_of({text})).second);
            octet = static_cast<char>(octet ^ (1 << bit));
        }
    }
}

TEST_CASE("columns that are added behind and hold nothing change no checksum") {
    CHECK(checksum_of({"a", "b"}) == checksum_of({"a", "b", std::nullopt, std::nullopt}));
    CHECK(checksum_of({"a", std::nullopt, "b"}) != checksum_of({"a", "b"}));
}

TEST_CASE("a checksum is that of all octets one by one") {
    const auto one_by_one = [](const Values& values) {
        std::uint64_t state = 0xcbf29ce484222325;
        const auto mix = [&](std::uint64_t octet) { state = (state ^ octet) * 0x100000001b3; };
        const auto mix_number = [&](std::uint64_t number) {
            for (int i = 0; i < 8; ++i) {
                mix(number >> (8 * i) & 0xff);
            }
        };
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (values[i]) {
                mix_number(i + 1);
                mix_number(values[i]->size());
                for (const char octet : *values[i]) {
                    mix(static_cast<unsigned char>(octet));
                }
            }
        }
        return static_cast<std::int64_t>(state);
    };
    Values values(300);  // a place of two octets
    for (const auto size : std::initializer_list<std::size_t>{0, 1, 255, 256, 65'535, 65'536, 70'000}) {
        values.emplace_back(std::string(size, '\xe9'));
        CHECK(checksum_of(values) == one_by_one(values));
    }
}
