#include <array>

#include <rapidcheck/catch.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "core/manifest/manifest.hpp"
#include "core/partner/partner_fields.hpp"
#include "tests/core/caught.hpp"

using namespace xmppfed::core;
using Catch::Matchers::Contains;

namespace {

/// A partner in which nothing is as it is by default.
CommittedPartner unusual_partner() {
    CommittedPartner partner;
    partner.primary_domain = "fabrikam.com";
    partner.description = "a \"b\"\n\u00fc";
    partner.additional_domains = {"a.fabrikam.com", "b.fabrikam.com"};
    partner.type = PartnerType::federated;
    partner.negotiation = {Level::not_supported, Level::not_supported, true};
    partner.proxy_fqdn = "proxy.fabrikam.com";
    partner.connection_limit = 4'294'967'295;
    partner.keepalive = false;
    partner.accepted_warnings = {"domain-own", "trust-exceeds-authentication"};
    partner.enabled = false;
    partner.revision = 3;
    partner.created_at = "2026-03-15T09:30:00Z";
    partner.updated_at = "2026-03-16T09:30:00Z";
    return partner;
}

Partner read(const Json& json) {
    return partner_from_text(json.dump());
}

void check_damaged_entry(const std::string& text) {
    CAPTURE(text);
    const auto error = caught([&] { (void)partner_from_text(text); });
    CHECK(error.kind == ErrorKind::failed);
    CHECK(error.message == "the store is damaged: an entry of the history cannot be read");
    CHECK_FALSE(error.cause.empty());
    REQUIRE(error.hints.size() == 1);
    CHECK_THAT(error.hints.front(), Contains("xmppfed store check"));
}

}  // namespace

TEST_CASE("a partner of the history is read back as it was committed") {
    CHECK(read(to_json(unusual_partner())) == unusual_partner());
    CommittedPartner usual;
    usual.primary_domain = "contoso.com";
    CHECK(read(to_json(usual)) == usual);
}

TEST_CASE("a partner is written as the text of its document, whatever its texts are") {
    const auto document = [](const CommittedPartner& partner) {
        return to_text(to_json(partner), JsonLayout::compact);
    };
    CHECK(to_text(unusual_partner()) == document(unusual_partner()));
    CHECK(to_text(CommittedPartner{}) == document(CommittedPartner{}));
    rc::prop("any texts",
             [&](const std::string& text, const std::vector<std::string>& domains, std::int64_t number, bool yes) {
                 auto partner = unusual_partner();
                 partner.primary_domain = partner.description = partner.created_at = text;
                 partner.additional_domains = domains;
                 partner.connection_limit = number;
                 partner.proxy_fqdn = text;
                 partner.revision = number;
                 partner.enabled = yes;
                 RC_ASSERT(to_text(partner) == document(partner));
             });
}

TEST_CASE("what commands print of a partner is written as the text of its document, in both layouts") {
    const auto written = [](JsonLayout layout, const auto& append) {
        std::string text;
        ObjectText object{text, layout, 1};
        append(object);
        object.end();
        return text;
    };
    const auto layout = GENERATE(JsonLayout::compact, JsonLayout::indented);
    for (const auto& partner : {unusual_partner(), CommittedPartner{}}) {
        CHECK(written(layout, [&](ObjectText& object) { append_with_methods(object, partner); }) ==
              to_text(to_json_with_methods(partner), layout, 1));
        CHECK(written(layout, [&](ObjectText& object) { append(object, static_cast<const Partner&>(partner)); }) ==
              to_text(manifest_form(partner), layout, 1));
    }
}

TEST_CASE("the short way reads what is plain and exactly as written, and leaves the rest") {
    auto plain = unusual_partner();
    plain.description = "plain";
    const auto text = to_text(plain);
    const auto read = plain_partner_from_text(text);
    REQUIRE(read);
    CHECK(read->partner == plain);
    CHECK(read->text == text);
    CHECK_FALSE(plain_partner_from_text(to_text(unusual_partner())));
    for (const auto& [what, by] :
         std::vector<std::pair<std::string, std::string>>{{"\"revision\":3", "\"revision\":\"3\""},
                                                          {"\"revision\":3,", ""},
                                                          {"\"keepalive\":false,", "\"keepalive\":null,"},
                                                          {"federated", "Federated"},
                                                          {"true", "false,\"dialback\":true"},
                                                          {"plain", "plain\",\"colour\":\"red"},
                                                          {"[", "[ "},
                                                          {"not-supported", "never"},
                                                          {"proxy.", "PROXY."},
                                                          {"4294967295", "\"4294967295\""}}) {
        CAPTURE(what, by);
        auto changed = text;
        REQUIRE(changed.find(what) != std::string::npos);
        changed.replace(changed.find(what), what.size(), by);
        CHECK_FALSE(plain_partner_from_text(changed));
    }
    CHECK_FALSE(plain_partner_from_text(text + " "));
}

TEST_CASE("a partner that surely reads back is in its text") {
    auto plain = unusual_partner();
    plain.accepted_warnings = {};
    CHECK(surely_reads_back(plain));
    CHECK(partner_from_text(to_text(plain)) == plain);
    rc::prop("whatever it is", [&](const std::string& text, std::int64_t number, bool is_null) {
        const std::array<std::string, 6> domains{
            "a.fabrikam.com", "b.fabrikam.com", "B.fabrikam.com", "xn--bcher-kva.example", "", text};
        auto partner = plain;
        partner.primary_domain = *rc::gen::elementOf(domains);
        partner.additional_domains = *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(domains));
        partner.proxy_fqdn = is_null ? std::nullopt : std::optional{*rc::gen::elementOf(domains)};
        partner.connection_limit = is_null ? std::nullopt : std::optional{number};
        partner.description = *rc::gen::container<std::string>(rc::gen::inRange(' ', '\x7f'));
        if (surely_reads_back(partner)) {
            RC_ASSERT(partner_from_text(to_text(partner)) == partner);
        }
    });
}

TEST_CASE("the short way reads what lacks fields, and gives them their defaults") {
    auto plain = unusual_partner();
    plain.description = "plain";
    auto nothing = to_json(plain);
    for (const auto& field : partner_fields()) {
        CAPTURE(field.key);
        auto older = to_json(plain);
        older.erase(std::string{field.key});
        nothing.erase(std::string{field.key});
        const auto read = plain_partner_from_text(older.dump());
        REQUIRE(read);
        CHECK(field.write(read->partner) == field.write(Partner{}));
        CHECK(read->text == to_text(read->partner));
        auto moved = older;
        moved[std::string{field.key}] = field.write(plain);
        CHECK_FALSE(plain_partner_from_text(moved.dump()));
    }
    CommittedPartner empty;
    empty.revision = plain.revision;
    empty.created_at = plain.created_at;
    empty.updated_at = plain.updated_at;
    CHECK(plain_partner_from_text(nothing.dump())->partner == empty);
}

TEST_CASE("every field that is not in an entry has its default") {
    CHECK(read(Json::object()) == Partner{});
    for (const auto& field : partner_fields()) {
        auto json = to_json(unusual_partner());
        json.erase(std::string{field.key});
        CAPTURE(field.key);
        const auto partner = read(json);
        CHECK(field.write(partner) == field.write(Partner{}));
        CHECK(partner != unusual_partner());
    }
}

TEST_CASE("null in an entry is a field that is not set, also behind another value") {
    auto json = to_json(unusual_partner());
    json["proxy_fqdn"] = nullptr;
    json["connection_limit"] = nullptr;
    const auto partner = read(json);
    CHECK_FALSE(partner.proxy_fqdn);
    CHECK_FALSE(partner.connection_limit);
}

TEST_CASE("an entry that was never written is a damaged store") {
    for (const auto* text :
         {"", "{", "7", "[]", "null", R"({"type":"friend"})", R"({"tls":"sometimes"})", R"({"keepalive":7})",
          R"({"connection_limit":"many"})", R"({"connection_limit":1.5})", R"({"description":[]})",
          R"({"description":["a"]})", R"({"description":{}})", R"({"type":["federated"]})", R"({"enabled":null})",
          R"({"additional_domains":"a.example"})", R"({"additional_domains":[7]})"}) {
        check_damaged_entry(text);
    }
}
