#include "store/postgres/link/copy_text.hpp"

#include <array>

#include <catch2/catch.hpp>

using namespace xmppfed;
using namespace std::string_literals;
using store::Value;

TEST_CASE("a row is copied with its values apart") {
    std::string rows;
    store::append_copied(rows, std::array{Value{"a\tb\nc\rd\\e"s}, Value{}, Value{std::int64_t{-7}}, Value{""s}});
    CHECK(rows == "a\\tb\\nc\\rd\\\\e\t\\N\t-7\t\n");
    rows.clear();
    store::append_copied(rows, std::array{Value{"\\N"s}});
    CHECK(rows == "\\\\N\n");
}

TEST_CASE("a NUL is copied as what compares as it does") {
    const std::array ordered{""s,           "\0"s,   "\0\0"s, "\0a"s, "\x01"s, "\x01"s + "0",
                             "\x01"s + "1", "\x02"s, "a"s,    "a\0"s, "a\x01"s};
    for (std::size_t i = 0; i < ordered.size(); ++i) {
        const auto copied = store::to_copied(ordered[i]);
        CHECK(copied.find('\0') == std::string::npos);
        CHECK(store::from_copied(copied) == ordered[i]);
        CHECK((i == 0 || store::to_copied(ordered[i - 1]) < copied));
    }
}
