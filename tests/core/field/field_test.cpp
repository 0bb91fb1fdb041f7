#include "core/field/field.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <limits>

#include "core/partner/negotiation.hpp"
#include "tests/core/caught.hpp"

namespace xmppfed::core {

namespace {

/// The usage error for a text that names no value.
Error usage_error(auto read) {
    auto error = caught(read);
    CHECK(error.kind == ErrorKind::usage);
    return error;
}

}  // namespace

TEST_CASE("the number of a record is told as it was typed") {
    CHECK(read_record_number("COMMIT", "7", "commit", "h") == 7);
    CHECK(read_record_number("COMMIT", "-0", "commit", "h") == 0);
    CHECK(read_record_number("COMMIT", "9223372036854775807", "commit", "h") == 9223372036854775807);
    for (const auto* text : {"9223372036854775808", "-9223372036854775809"}) {
        const auto error = caught([&] { (void)read_record_number("COMMIT", text, "commit", "h"); });
        CHECK(error.kind == ErrorKind::not_found);
        CHECK(error.message == std::string{"there is no commit "} + text);
        CHECK(error.hints == std::vector<std::string>{"h"});
    }
}

TEST_CASE("a whole number is read without sign games") {
    using Limits = std::numeric_limits<std::int64_t>;
    const std::vector<std::pair<std::string, std::int64_t>> table{
        {"0", 0},
        {"1", 1},
        {"10", 10},
        {"-1", -1},
        {"4294967295", 4294967295},
        {"4294967296", 4294967296},
        {"9223372036854775807", Limits::max()},
        {"-9223372036854775808", Limits::min()},
        {"9223372036854775808", Limits::max()},  // beyond the type: its limit
        {"-9223372036854775809", Limits::min()},
        {std::string(1000, '9'), Limits::max()},
        {"-" + std::string(1000, '9'), Limits::min()},
    };
    for (const auto& [text, number] : table) {
        CHECK(read_number("--n", text) == number);
    }
    for (const auto* text : {"", "-", "--1", "+1", "010", "-01", "00", "0x10", "1e3", "1.0", "1,000", " 1", "1 ", "1\n",
                             "ten", "\u0661", "1_000", "infinity"}) {
        CAPTURE(text);
        CHECK(usage_error([&] {
                  (void)read_number("--n", text);
              }).message.starts_with("--n needs a whole number, not '"));
    }
    CHECK(usage_error([] { (void)read_number("--n", "0\x1b"); }).message == "--n needs a whole number, not '0\\x1b'");
}

TEST_CASE("a boolean is true or false in any case and nothing else") {
    CHECK(read_boolean("--b", "true"));
    CHECK(read_boolean("--b", "TRUE"));
    CHECK_FALSE(read_boolean("--b", "false"));
    CHECK_FALSE(read_boolean("--b", "False"));
    for (const auto* text : {"", "yes", "no", "1", "0", "on", "null", "t", " true", "tr-ue"}) {
        CAPTURE(text);
        CHECK(usage_error([&] { (void)read_boolean("--b", text); }).message.ends_with(": give true or false"));
    }
    CHECK(usage_error([] { (void)read_boolean("--b", "ture"); }).hints ==
          std::vector<std::string>{"did you mean `true`?"});
}

TEST_CASE("a word names a value or the nearest right one") {
    const auto read = [](std::string_view text) { return read_value("--tls", values_of<Level>(), text); };
    CHECK(read("optional") == 1);
    CHECK(read("Not Supported") == 2);

    const auto dotless = usage_error([&] { (void)read("requ\u0131red"); });
    CHECK(dotless.message == "--tls does not take 'requ\u0131red': give required, optional or not-supported");
    CHECK(dotless.hints == std::vector<std::string>{"did you mean `required`?"});
    CHECK(std::string_view{dotless.what()} == dotless.message);

    for (const auto* text : {"", "0", "null", "yes"}) {
        CHECK(usage_error([&] { (void)read(text); }).hints ==
              std::vector<std::string>{"`--help` tells what each value means"});
    }
}

TEST_CASE("a value becomes one line of text") {
    CHECK(plain_text(Json{}, " ").empty());
    CHECK(plain_text(Json("text"), " ") == "text");
    CHECK(plain_text(Json::array({"a", "b"}), " ") == "a b");
    CHECK(plain_text(Json::array(), " ").empty());
    CHECK(plain_text(Json(true), " ") == "true");
    CHECK(plain_text(Json(4294967295), " ") == "4294967295");
}

TEST_CASE("domains are read into canonical form where they have one") {
    CHECK(canonical_or_as_is("BÜCHER.example.") == "xn--bcher-kva.example");
    CHECK(canonical_or_as_is("A_b.com") == "A_b.com");
    const std::vector<std::string> items{"b.com", "A.com", "A_", "", "a.com."};
    CHECK(read_domain_set(items) == std::vector<std::string>{"", "A_", "a.com", "a.com", "b.com"});
    CHECK(read_domain_set({}).empty());
}

TEST_CASE("booleans are listed as the values that are read") {
    CHECK(list_of(boolean_values()) == "true or false");
}

TEST_CASE("an error gathers its cause and hints") {
    const auto error = Error{ErrorKind::failed, "message"}.because("cause").hint("first").hint("second");
    CHECK(error.cause == "cause");
    CHECK(error.hints == std::vector<std::string>{"first", "second"});

    const auto suggesting = [](std::string_view near, std::string otherwise) {
        return Error{ErrorKind::usage, "message"}.suggesting(near, std::move(otherwise)).hints;
    };
    CHECK(suggesting("near", "otherwise") == std::vector<std::string>{"did you mean `near`?"});
    CHECK(suggesting("", "otherwise") == std::vector<std::string>{"otherwise"});
    CHECK(suggesting("", "").empty());
}

}  // namespace xmppfed::core
