#include "core/field/enumeration.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <string>

#include "core/history/history_entry.hpp"
#include "core/partner/negotiation.hpp"
#include "core/partner/partner.hpp"

using namespace xmppfed::core;

namespace {

template <class E>
std::string names() {
    std::string all;
    for (std::size_t i = 0; i < values_of<E>().size(); ++i) {
        const auto value = static_cast<E>(i);
        CHECK(parse_enum<E>(name_of(value)) == value);
        all += std::string{name_of(value)} + ' ';
    }
    return all;
}

}  // namespace

TEST_CASE("enumerations are written in their documented form and read back") {
    CHECK(names<Level>() == "required optional not-supported ");
    CHECK(names<Method>() == "sasl-over-tls tls-dialback tcp-dialback ");
    CHECK(names<Preset>() == "strict flexible opportunistic dialback ");
    CHECK(names<PartnerType>() == "federated public-verified public-unverified ");
    CHECK(names<Subject>() == "partner edge cert-request gateway ");
}

TEST_CASE("enumerations are read without regard to case, blanks, hyphens and underscores") {
    for (const auto* text : {"not-supported", "NotSupported", "NOT_SUPPORTED", "not supported", " notsupported- "}) {
        CHECK(parse_enum<Level>(text) == Level::not_supported);
    }
    for (const auto* text : {"", "-", "0", "null", "requ\u0131red", "require", "not.supported", "required\n"}) {
        CHECK_FALSE(parse_enum<Level>(text));
    }
    CHECK(folded(" Public_Verified-") == "publicverified");
}

TEST_CASE("a mistyped word finds the nearest candidate") {
    const std::array<std::string_view, 4> candidates{"required", "optional", "not-supported", "set"};
    const std::vector<std::pair<std::string, std::string>> table{
        {"required", "required"},
        {"REQUIRED", "required"},
        {"requird", "required"},    // a letter missing
        {"requiredd", "required"},  // one too many
        {"reqoired", "required"},   // another one
        {"rqeuired", "required"},   // two swapped
        {"qeruried", ""},           // too many of those
        {"optionel", "optional"},
        {"optiomul", "optional"},
        {"optxxxxl", ""},
        {"st", "set"},
        {"sat", "set"},
        {"sxx", ""},
        {"est", "set"},
        {"a", ""},
        {"", ""},
        {std::string(65, 'o'), ""},
        {"op", ""},
        {"OPT", "optional"},  // its beginning
        {"not", "not-supported"},
        {"nots", ""},
        {"re", ""},
    };
    for (const auto& [word, expected] : table) {
        CAPTURE(word);
        CHECK(nearest(word, candidates) == expected);
    }
    CHECK(nearest_value("oportunistic", values_of<Preset>()) == "opportunistic");
    CHECK(nearest_value("oportunistic", values_of<Level>()).empty());
    CHECK(nearest_value("Not_S", values_of<Level>()) == "not-supported");
    CHECK(nearest_value("Not supportde", values_of<Level>()) == "not-supported");
    CHECK(nearest_value("public", values_of<PartnerType>()).empty());  // more trust, or less?
}

TEST_CASE("what a word begins is taken before what is spelt like it, if it is plain what that is") {
    const std::array<std::string_view, 8> options{
        "store", "strict", "help", "keepalive", "additional", "add-domain", "remove-xmpp-domain", "remove-domain"};
    CHECK(nearest("str", options) == "strict");
    CHECK(nearest("stroe", options) == "store");
    CHECK(nearest("keep", options) == "keepalive");
    CHECK(nearest("ADDIT", options) == "additional");
    CHECK(nearest("add", options).empty());
    CHECK(nearest("remove", options).empty());
    CHECK(nearest("org", std::array<std::string_view, 2>{"organizations", "organization"}) == "organization");
    CHECK(nearest("org", std::array<std::string_view, 2>{"organizational-unit", "organization"}) == "organization");
    CHECK(nearest("org", std::array<std::string_view, 3>{"organizational", "organization", "organ-donor"}).empty());
}

TEST_CASE("of two near candidates the nearer wins, and the first of two alike") {
    CHECK(nearest("shaw", std::array<std::string_view, 2>{"shown", "show"}) == "show");
    CHECK(nearest("bat", std::array<std::string_view, 2>{"cat", "hat"}) == "cat");
    CHECK(nearest(std::string(64, 'o'), std::array{std::string_view{"o"}}).empty());
    const std::string longest(64, 'o');
    CHECK(nearest(longest, std::array{std::string_view{longest}}) == longest);
}

TEST_CASE("the values of an enumeration are listed for a message") {
    const std::array values{EnumValue{"a", {}}, EnumValue{"b", {}}, EnumValue{"c", {}}};
    CHECK(list_of(values) == "a, b or c");
    CHECK(list_of(std::span{values}.first(2)) == "a or b");
    CHECK(list_of(std::span{values}.first(1)) == "a");
    CHECK(list_of({}).empty());
}
