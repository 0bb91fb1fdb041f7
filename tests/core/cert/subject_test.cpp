#include "core/cert/subject.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/core/values.hpp"

using namespace xmppfed::core;

TEST_CASE("subject attributes come in the order of a request") {
    std::string order;
    for (const auto& field : subject_fields()) {
        order += std::string{field.short_name} + " ";
    }
    CHECK(order == "C ST L O OU CN ");
    CHECK(to_text(to_json(CertSubject{"US", "Washington", "Redmond", "Contoso", "IT", "sip.contoso.com"}),
                  JsonLayout::compact) ==
          R"({"C":"US","ST":"Washington","L":"Redmond","O":"Contoso","OU":"IT","CN":"sip.contoso.com"})");
    CHECK(to_json(CertSubject{}) == Json::object());
}

TEST_CASE("each attribute has the upper bound of RFC 5280, in characters") {
    const std::vector<std::size_t> bounds{2, 128, 128, 64, 64, 64};
    std::size_t number = 0;
    for (const auto& field : subject_fields()) {
        INFO(field.key);
        CHECK(field.most == bounds.at(number++));
        if (field.key == "country") {
            continue;
        }
        for (const std::string character : {"x", "é", "漢", "\U0001f600"}) {
            CertSubject subject;
            auto& value = subject.*field.value;
            for (std::size_t i = 0; i < field.most; ++i) {
                value += character;
            }
            CHECK(check_subject(subject).empty());
            value += character;
            const auto diagnostics = check_subject(subject);
            REQUIRE(diagnostics.size() == 1);
            CHECK(diagnostics[0].rule_id() == "subject-invalid");
            CHECK(diagnostics[0].severity == Severity::error);
            CHECK(diagnostics[0].field == field.key);
        }
    }
}

TEST_CASE("a country is an officially assigned code of ISO 3166-1") {
    std::size_t count = 0;
    for (char first = 'A'; first <= 'Z'; ++first) {
        for (char second = 'A'; second <= 'Z'; ++second) {
            CertSubject subject;
            subject.country = {first, second};
            count += check_subject(subject).empty() ? 1U : 0U;
        }
    }
    CHECK(count == 249);
    for (const auto* code : {"US", "DE", "CH", "GB", "AX", "ZW", "SS", "BQ", "CW", "SX"}) {
        CHECK(check_subject(made<CertSubject>([&](auto& it) { it.country = code; })).empty());
    }
    for (const auto* code : {"UK", "EU", "XK", "AN", "YU", "SU", "ZZ", "us", "USA", "U", "U ", "Ü"}) {
        INFO(code);
        CHECK(check_subject(made<CertSubject>([&](auto& it) { it.country = code; })).size() == 1);
    }
}

TEST_CASE("what is often taken for the code of a country leads to the code") {
    const auto hint_for = [](const std::string& country) {
        const auto diagnostics = check_subject(made<CertSubject>([&](auto& it) { it.country = country; }));
        REQUIRE(diagnostics.size() == 1);
        return diagnostics.front().hint;
    };
    const std::vector<std::pair<const char*, const char*>> meant{
        {"UK", "GB"},  {"GBR", "GB"}, {"ENG", "GB"}, {"EN", "GB"}, {"USA", "US"}, {"DEU", "DE"}, {"GER", "DE"},
        {"AND", "AD"}, {"ZWE", "ZW"}, {"CHE", "CH"}, {"EL", "GR"}, {"JA", "JP"},  {"UAE", "AE"}, {"SRB", "RS"}};
    for (const auto& [given, code] : meant) {
        INFO(given);
        CHECK(hint_for(given) == std::string{"the code of that country is "} + code + ": use `--country " + code + "`");
        CHECK(check_subject(made<CertSubject>([code = code](auto& it) { it.country = code; })).empty());
    }
    for (const auto* given : {"ZZ", "ZZZ", "EU", "GERMANY", "-"}) {
        INFO(given);
        CHECK(hint_for(given) == "use the code of two letters, as in `--country US` for the United States");
    }
}

TEST_CASE("an attribute is text for people, and each is judged by itself") {
    for (const auto* text : {"a\nb", "\x1b[2J", "a\x7f", "\xff\xfe", "a\u202eb", "a\u2028b", "\u0085"}) {
        INFO(text);
        CHECK(check_subject(made<CertSubject>([&](auto& it) { it.organization = text; })).size() == 1);
    }
    for (const auto* text : {"a/O=evil", "a+CN=b", "#0403", "Contoso, Ltd.", "\"x\"", " "}) {
        INFO(text);
        CHECK(check_subject(made<CertSubject>([&](auto& it) { it.organization = text; })).empty());
    }
    CHECK(check_subject(made<CertSubject>([](auto& it) {
              it.country = "xx";
              it.state = "\n";
              it.locality = "\n";
              it.organization = "\n";
          })).size() == 4);
}
