#include "core/manifest/manifest.hpp"

#include <fmt/format.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "core/partner/partner_fields.hpp"
#include "core/rule/rules.hpp"
#include "tests/core/wide.hpp"

using namespace xmppfed::core;
using Texts = std::vector<std::string>;

namespace {

struct Reading {
    std::vector<Partner> partners;
    std::vector<Places> places;
    std::vector<std::pair<Edge, Places>> edges;
    std::vector<std::pair<Gateway, Places>> gateways;
    Diagnostics diagnostics;

    /// "LINE:COLUMN MESSAGE" of each diagnostic.
    [[nodiscard]] Texts texts() const {
        Texts result;
        for (const auto& diagnostic : diagnostics) {
            CHECK(diagnostic.rule_id() == "manifest-invalid");
            CHECK_FALSE(diagnostic.hint.empty());
            result.push_back(fmt::format("{}:{} {}", *diagnostic.line, *diagnostic.column, diagnostic.message));
        }
        return result;
    }
};

Reading read(std::string_view text, void (*reader)(JsonSource&, const ManifestSink&) = read_manifest) {
    JsonSource source{[rest = text]() mutable { return std::exchange(rest, {}); }};
    Reading reading;
    reader(source,
           {.partner =
                [&](const Partner& partner, const Places& places) {
                    reading.partners.push_back(partner);
                    reading.places.push_back(places);
                },
            .edge = [&](const Edge& edge, const Places& places) { reading.edges.emplace_back(edge, places); },
            .gateway = [&](const Gateway& gateway,
                           const Places& places) { reading.gateways.emplace_back(gateway, places); },
            .diagnostic = [&](Diagnostic diagnostic) { reading.diagnostics.push_back(std::move(diagnostic)); }});
    return reading;
}

constexpr auto head = R"({"format_version":"1.0","kind":"manifest",)";

std::string document(std::string_view members) {
    return fmt::format("{}{}}}", head, members);
}

}  // namespace

TEST_CASE("missing keys have the defaults of a new partner") {
    const auto reading = read(R"({"primary_domain":"Fabrikam.COM."})");
    REQUIRE(reading.texts().empty());
    REQUIRE(reading.partners.size() == 1);
    Partner expected;
    expected.primary_domain = "fabrikam.com";
    CHECK(reading.partners.front() == expected);
}

TEST_CASE("every field of a partner is read") {
    const auto reading = read(R"({"primary_domain":"a.example","description":"x","additional_domains":["c.a.example",
        "B.a.example"],"type":"Public Verified","tls":"OPTIONAL","sasl":"not_supported","dialback":true,
        "proxy_fqdn":"p.example","connection_limit":7,"keepalive":false,"accepted_warnings":["Domain Own"],"enabled":false})");
    REQUIRE(reading.texts().empty());
    const auto& partner = reading.partners.at(0);
    CHECK(partner.additional_domains == Texts{"b.a.example", "c.a.example"});
    CHECK(partner.type == PartnerType::public_verified);
    CHECK(partner.negotiation == Negotiation{Level::optional, Level::not_supported, true});
    CHECK(partner.proxy_fqdn == "p.example");
    CHECK(partner.connection_limit == 7);
    CHECK_FALSE(partner.keepalive);
    CHECK_FALSE(partner.enabled);
    CHECK(manifest_form(partner).dump() ==
          R"({"primary_domain":"a.example","description":"x","additional_domains":["b.a.example","c.a.example"],)"
          R"("type":"public-verified","tls":"optional","sasl":"not-supported","dialback":true,)"
          R"("proxy_fqdn":"p.example","connection_limit":7,"keepalive":false,"accepted_warnings":["domain-own"],)"
          R"("enabled":false})");
}

TEST_CASE("a whole number may be written with a point or a power of ten") {
    for (const auto* limit : {"100", "100.0", "1e2", "1.0E+2"}) {
        const auto manifest = read(fmt::format(R"({{"primary_domain":"a.example","connection_limit":{}}})", limit));
        CHECK(manifest.texts().empty());
        CHECK(manifest.partners.at(0).connection_limit == 100);
        const auto dump =
            read(fmt::format(R"({{"Identity":"a.example","ConnectionLimit":{}}})", limit), read_allowlist);
        CHECK(dump.texts().empty());
        CHECK(dump.partners.at(0).connection_limit == 100);
    }
    CHECK(read(R"({"Identity":"a.example","PartnerType":0.0})", read_allowlist).partners.at(0).type ==
          PartnerType::federated);
}

TEST_CASE("null stands only where there may be nothing") {
    for (const auto& field : partner_fields()) {
        INFO(field.key);
        const auto text = field.key == "primary_domain"
                              ? std::string{R"({"primary_domain":null})"}
                              : fmt::format(R"({{"primary_domain":"a.example","{}":null}})", field.key);
        const bool is_nullable = field.key == "proxy_fqdn" || field.key == "connection_limit";
        CHECK(read(text).diagnostics.empty() == is_nullable);
    }
    CHECK(read(document(R"("edge":{"access_edge":null,"xmpp_domains":null,"city":null})")).diagnostics.empty());
    CHECK(read(document(R"("edge":{"sip_domains":null})")).texts() ==
          Texts{"1:65 sip_domains must be an array, not null"});
}

TEST_CASE("the edge is read, and no XMPP domains are not the same as none named") {
    const auto edge_of = [](std::string_view members) { return read(document(members)).edges.at(0).first; };
    CHECK(edge_of(R"("edge":{"xmpp_domains":[]})").xmpp_domains == Texts{});
    CHECK_FALSE(edge_of(R"("edge":{"xmpp_domains":null})").xmpp_domains);
    const auto edge = edge_of(R"("edge":{"access_edge":"SIP.a.example","sip_domains":["b.example","a.example"]})");
    CHECK(edge.access_edge == "sip.a.example");
    CHECK(edge.sip_domains == Texts{"b.example", "a.example"});
    CHECK(read(document(R"("partners":[])")).edges.empty());
    CHECK(manifest_form(edge).dump().find("effective") == std::string::npos);
}

TEST_CASE("the gateway is read, what it leaves out has its default, and nothing in it is null") {
    const auto reading = read(document(R"("gateway":{"inactivity_timeout":9e2,"log_message_bodies":true})"));
    REQUIRE(reading.texts().empty());
    CHECK(reading.gateways.at(0).first == Gateway{.inactivity_timeout = 900, .log_message_bodies = true});
    CHECK(read(document(R"("gateway":{})")).gateways.at(0).first == Gateway{});
    CHECK(read(document(R"("partners":[])")).gateways.empty());
    CHECK(read(document(R"("gateway":7)")).texts() == Texts{"1:53 gateway must be an object, not a whole number"});
    CHECK(read(document(R"("gateway":{"keepalive_interval":null})")).texts() ==
          Texts{"1:75 keepalive_interval must be a whole number, not null"});
    CHECK(read(document(R"("gateway":{"keepalive":true})")).texts() ==
          Texts{"1:54 the key 'keepalive' is unknown here"});
    CHECK(read(document(R"("gateway":{},"gateway":{})")).texts().size() == 1);
    auto late = read(document("\"gateway\":{\n\"establishment_timeout\":0}")).gateways.at(0);
    auto diagnostics = judge(late.first);
    locate_gateway_diagnostics(diagnostics, late.second);
    REQUIRE(diagnostics.size() == 1);
    CHECK(diagnostics.front().line == 2);
    CHECK(diagnostics.front().column == 25);
}

TEST_CASE("what a partner has too much or wrong is found at its place") {
    struct Case {
        std::string_view text;
        std::string_view diagnostic;
    };
    const auto each = GENERATE(values<Case>({
        {R"({"primary_domain":"a.b","tls":"required","tls":"optional"})",
         "1:42 the key 'tls' is repeated: it stands in line 1 already"},
        {R"({"primary_domain":"a.b","tls":"required","\u0074ls":"optional"})",
         "1:42 the key 'tls' is repeated: it stands in line 1 already"},
        {"{\"primary_domain\":\"a.b\",\n \"tsl\":\"required\"}", "2:2 the key 'tsl' is unknown here"},
        {R"({"primary_domain":"a.b","revision":1})", "1:25 the key 'revision' is unknown here"},
        {R"({"tls":"required"})", "1:1 primary_domain is missing: it identifies the partner"},
        {R"({"primary_domain":"a.b","tls":"on"})",
         "1:31 tls does not take 'on': give required, optional or not-supported"},
        {R"({"primary_domain":"a.b","tls":true})", "1:31 tls must be a string, not true or false"},
        {R"({"primary_domain":"a.b","dialback":"true"})", "1:36 dialback must be true or false, not a string"},
        {R"({"primary_domain":"a.b","connection_limit":100.5})",
         "1:44 connection_limit must be a whole number, not a fraction"},
        {R"({"primary_domain":"a.b","additional_domains":"c.d"})",
         "1:46 additional_domains must be an array, not a string"},
        {R"({"primary_domain":"a.b","additional_domains":["c.d",1]})",
         "1:53 an item of additional_domains must be a string, not a whole number"},
    }));
    CHECK(read(each.text).texts() == Texts{std::string{each.diagnostic}});
}

TEST_CASE("a host is null where there is none, not empty") {
    const auto partner = read(R"({"primary_domain":"a.b","proxy_fqdn":""})").diagnostics;
    REQUIRE(partner.size() == 1);
    CHECK(partner.front().rule_id() == "domain-invalid");
    CHECK(partner.front().field == "proxy_fqdn");
    CHECK(partner.front().message == "proxy_fqdn is empty");
    CHECK(partner.front().column == 38);
    const auto edge = read(document(R"("edge":{"access_edge":"","web_conferencing":"","city":""})")).diagnostics;
    REQUIRE(edge.size() == 2);
    CHECK(edge.back().field == "web_conferencing");
    const auto deployment = read(R"({"Identity":"a.b","ProxyFqdn":""})", read_allowlist);
    CHECK(deployment.diagnostics.empty());
    CHECK(deployment.partners.at(0).proxy_fqdn == std::nullopt);
}

TEST_CASE("a document says what it is") {
    CHECK(read(document(R"("partners":[{"primary_domain":"a.b"}])")).partners.size() == 1);
    CHECK(read(document(R"("partners":[])")).texts().empty());
    CHECK(read(R"({"partners":[{"primary_domain":"a.b"}],"kind":"manifest","format_version":"1.7"})").texts().empty());
    CHECK(read(R"({"format_version":"2.0","kind":"manifest"})").texts() ==
          Texts{"1:19 format_version must be \"1.0\", not '2.0'"});
    CHECK(read(R"({"format_version":1,"kind":"manifest"})").texts() ==
          Texts{"1:19 format_version must be \"1.0\", not a whole number"});
    CHECK(read(R"({"format_version":"1.0"})").texts() == Texts{"1:1 kind is missing"});
    CHECK(read(R"({"format_version":"1.0","kind":"partner-list"})").texts() ==
          Texts{"1:32 kind must be \"manifest\", not 'partner-list'"});
    CHECK(read(R"({"partners":[]})").texts().size() == 2);
    CHECK(read(document(R"("partners":{})")).texts() == Texts{"1:54 partners must be an array, not an object"});
    CHECK(read(document(R"("partners":[1])")).texts() == Texts{"1:55 a partner must be an object, not a whole number"});
    CHECK(read(document(R"("edge":[])")).texts() == Texts{"1:50 edge must be an object, not an array"});
    CHECK(read(document(R"("edges":{})")).texts() == Texts{"1:43 the key 'edges' is unknown here"});
    CHECK(read(R"([{"primary_domain":"a.b"}])").texts() == Texts{"1:1 a manifest must be an object, not an array"});
    CHECK(read("\"x\"").texts() == Texts{"1:1 a manifest must be an object, not a string"});
}

TEST_CASE("a stream has a partner on each line") {
    const auto reading = read("{\"primary_domain\":\"a.b\"}\n\n {\"primary_domain\":\"c.d\"}\n");
    CHECK(reading.texts().empty());
    REQUIRE(reading.partners.size() == 2);
    CHECK(reading.places[1].object == Place{3, 2});
    CHECK(read("{\"primary_domain\":\"a.b\"} {\"primary_domain\":\"c.d\"}").texts() ==
          Texts{"1:26 this stands in one line with the partner before it"});
    CHECK(read(document(R"("partners":[])") + "\n{\"primary_domain\":\"a.b\"}").texts() ==
          Texts{"2:1 something follows the manifest"});
    CHECK(read("{\"primary_domain\":\"a.b\"}\nnull\n{\"primary_domain\":5}\n" + document(R"("partners":[])") + "\n[]\n")
              .texts() == Texts{"2:1 this is no partner, as the lines before it are",
                                "3:19 primary_domain must be a string, not a whole number",
                                "4:1 this is no partner, as the lines before it are",
                                "5:1 this is no partner, as the lines before it are"});
    CHECK(read("").texts() == Texts{"1:1 the manifest is empty"});
    CHECK(read(" \n").texts() == Texts{"1:1 the manifest is empty"});
}

TEST_CASE("a line of a stream that is no JSON ends with its line") {
    const auto reading = read(
        "{\"primary_domain\":\"a.b\"}\n{\"primary_domain\":}\n{\"primary_domain\":\"c.d\"}\n"
        "{\"primary_domain\":\"e.f\"\n{\"primary_domain\":\"g.h\"}\n\"\n{\"primary_domain\":\"i.j\"}");
    CHECK(reading.partners.size() == 4);
    const auto texts = reading.texts();
    REQUIRE(texts.size() == 3);
    CHECK_THAT(texts[0], Catch::StartsWith("2:19 this is no JSON: while parsing value"));
    CHECK_THAT(texts[1], Catch::StartsWith("4:23 this is no JSON"));
    CHECK_THAT(texts[2], Catch::StartsWith("6:1 this is no JSON"));
    // A stream whose first partner takes several lines is read by its braces.
    CHECK(read("{\n\"primary_domain\":\"a.b\"\n}\n{\n\"primary_domain\":\"c.d\"\n}").partners.size() == 2);
}

TEST_CASE("findings on items stand at the item") {
    const auto reading = read(document(R"("partners":[{"primary_domain":"a.b","additional_domains":["z.a.b",
7,"y.a.b",
null]}])"));
    CHECK(reading.texts() == Texts{"2:1 an item of additional_domains must be a string, not a whole number",
                                   "3:1 an item of additional_domains must be a string, not null"});
    REQUIRE(reading.partners.size() == 1);
    CHECK(reading.partners[0].additional_domains == Texts{"y.a.b", "z.a.b"});
    const auto& places = reading.places[0];
    CHECK(places.unreadable.count() == 1);
    Diagnostics diagnostics(2);
    diagnostics[0].field = diagnostics[1].field = "additional_domains";
    diagnostics[0].rule = diagnostics[1].rule = &rule::domain_invalid;
    diagnostics[0].item = 0;
    diagnostics[1].item = 1;
    locate_partner_diagnostics(diagnostics, places_from_text(to_text(places)));
    CHECK(diagnostics[0].line == 2);
    CHECK(diagnostics[0].column == 3);
    CHECK(diagnostics[1].line == 1);
}

TEST_CASE("rules say nothing of the default that stands for what cannot be read") {
    const auto reading = read(document(R"("partners":[{"primary_domain":"a.b","sasl":"not-supported","dialback":"true",
"description":7,"additional_domains":["a..b"]}])"));
    REQUIRE(reading.partners.size() == 1);
    CHECK(reading.texts().size() == 2);
    auto diagnostics = check({.partner = reading.partners[0]});
    locate_partner_diagnostics(diagnostics, reading.places[0]);
    REQUIRE(diagnostics.size() == 1);
    CHECK(diagnostics[0].rule_id() == "domain-invalid");

    const auto certain = read(document(R"("partners":[{"primary_domain":"a.b","tls":"not-supported","dialback":1}])"));
    diagnostics = check({.partner = certain.partners.at(0)});
    locate_partner_diagnostics(diagnostics, certain.places.at(0));
    REQUIRE(diagnostics.size() == 1);
    CHECK(diagnostics[0].rule_id() == "sasl-requires-tls");  // whatever dialback is
}

TEST_CASE("findings on a form name the partner") {
    const auto reading = read(document(R"("partners":[{"tls":1,"x":2,"primary_domain":"A.b"}])"));
    REQUIRE(reading.diagnostics.size() == 2);
    CHECK(reading.diagnostics[0].partner == "a.b");
    CHECK(reading.diagnostics[1].partner == "a.b");
    const auto taken = read(R"([{"Identity":"A.b","Description":"x","Description":"y"},[]])", read_allowlist);
    REQUIRE(taken.diagnostics.size() == 2);
    CHECK(taken.diagnostics[0].partner == "a.b");
    CHECK(taken.diagnostics[1].partner.empty());
}

TEST_CASE("reading ends where a document is no JSON, and keeps what came before") {
    const auto reading = read(document(R"("partners":[{"primary_domain":"a.b"},
{"primary_domain":},
{"primary_domain":"c.d"}])"));
    CHECK(reading.partners.size() == 1);
    REQUIRE(reading.texts().size() == 1);
    CHECK_THAT(reading.texts().front(), Catch::StartsWith("2:19 this is no JSON: while parsing value"));
    CHECK(read({"{\0\"\0", 4}).texts() == Texts{"1:1 the manifest is UTF-16 without a byte order mark, not UTF-8"});
}

TEST_CASE("hints name the nearest key, or why there is none") {
    const auto hint = [](std::string_view key) {
        return read(fmt::format(R"({{"primary_domain":"a.b","{}":1}})", key)).diagnostics.at(0).hint;
    };
    CHECK(hint("conection_limit") == "did you mean `connection_limit`?");
    CHECK_THAT(hint("updated_at"), Catch::Contains("leave it out"));
    CHECK_THAT(hint("zzzzzzz"), Catch::Contains("xmppfed export"));
    CHECK_THAT(read(R"({"primary_domain":"a.b","tls":"requird"})").diagnostics.at(0).hint,
               Catch::Contains("`required`"));
    CHECK_THAT(read(R"({"primary_domain":"a.b","tls":"zzz"})").diagnostics.at(0).hint, Catch::Contains("--help"));
}

TEST_CASE("places survive being written beside a partner") {
    Places places;
    places.object = {12, 3};
    places.fields[0] = {12, 20};
    places.fields[4] = {1000000, 1};
    places.fields[most_fields - 1] = {7, 7};
    CHECK(places_from_text(to_text(places)) == places);
    CHECK(places_from_text(to_text(Places{})) == Places{});
}

TEST_CASE("a finding stands at its field, at a relative, or at the object") {
    const auto places = read("{\"primary_domain\":\"a.b\",\n\"tls\":\"not-supported\"}").places.at(0);
    const auto place_of = [&](std::string field) {
        Diagnostics diagnostics(1);
        diagnostics[0].field = std::move(field);
        locate_partner_diagnostics(diagnostics, places);
        return Place{*diagnostics[0].line, *diagnostics[0].column};
    };
    CHECK(place_of("primary_domain") == Place{1, 19});
    CHECK(place_of("tls") == Place{2, 7});
    CHECK(place_of("sasl") == Place{2, 7});
    CHECK(place_of("keepalive") == Place{1, 1});
    CHECK(place_of("") == Place{1, 1});
    Diagnostics diagnostics(1);
    diagnostics[0].field = "xmpp_domains";
    locate_edge_diagnostics(diagnostics, read(document("\"edge\":{\n\"sip_domains\":[]}")).edges.at(0).second);
    CHECK(diagnostics[0].line == 2);
}

TEST_CASE("the partners of a deployment are read in its words") {
    const auto reading = read(R"([{"Anchor":{"Id":[1]},"Identity":"Fabrikam.com","Domain":"fabrikam.com",
        "AdditionalDomains":["b.fabrikam.com","a.fabrikam.com"],"Description":null,"PartnerType":0,
        "TlsNegotiation":"Optional","SaslNegotiation":2,"SupportDialbackNegotiation":true,"EnableKeepAlive":false,
        "ConnectionLimit":null,"ProxyFqdn":"p.fabrikam.com"},{"Domain":"b.example","AdditionalDomains":"c.b.example"}])",
                              read_allowlist);
    REQUIRE(reading.texts().empty());
    REQUIRE(reading.partners.size() == 2);
    const auto& first = reading.partners[0];
    CHECK(first.primary_domain == "fabrikam.com");
    CHECK(first.additional_domains == Texts{"a.fabrikam.com", "b.fabrikam.com"});
    CHECK(first.type == PartnerType::federated);
    CHECK(first.negotiation == Negotiation{Level::optional, Level::not_supported, true});
    CHECK_FALSE(first.keepalive);
    CHECK(first.proxy_fqdn == "p.fabrikam.com");
    CHECK(reading.partners[1].additional_domains == Texts{"c.b.example"});
    CHECK(reading.partners[1].negotiation == Negotiation{});  // our defaults, as in a manifest
    CHECK(read(R"({"Identity":"a.b"})", read_allowlist).partners.size() == 1);
    const auto wrapped =
        read(R"({"Identity":"a.b","AdditionalDomains":{"value":["c.a.b"],"Count":1}})", read_allowlist);
    CHECK(wrapped.partners.at(0).additional_domains == Texts{"c.a.b"});
}

TEST_CASE("an enumeration of a deployment is a word, a number, or an object with both, of which the word counts") {
    for (const auto* type :
         {R"("Federated")", "0", R"({"value":0,"Value":"Federated"})", R"({"Value":"Federated","value":0})",
          R"({"value":2,"Value":"Federated"})", R"({"value":0})", R"({"value":0,"Value":null})"}) {
        INFO(type);
        const auto reading = read(fmt::format(R"({{"Identity":"a.b","PartnerType":{}}})", type), read_allowlist);
        CHECK(reading.texts().empty());
        CHECK(reading.partners.at(0).type == PartnerType::federated);
    }
}

TEST_CASE("the whole array of a deployment may stand in an object beside its count") {
    for (const auto* text : {R"({"value":[{"Identity":"a.b"},{"Identity":"c.d"}],"Count":2})",
                             R"({"Count":2,"value":[{"Identity":"a.b"},{"Identity":"c.d"}]})"}) {
        const auto reading = read(text, read_allowlist);
        CHECK(reading.texts().empty());
        CHECK(reading.partners.size() == 2);
    }
    CHECK(read(R"({"value":[],"Count":0})", read_allowlist).texts().empty());
}

TEST_CASE("the gateway of a deployment stands alone, among its partners or behind them") {
    const std::string gateway =
        R"({"Identity":"Global","ConnectionLimit":1200,"PartnerConnectionLimit":40,"KeepAliveInterval":1,)"
        R"("StreamEstablishmentTimeout":2,"StreamInactivityTimeout":3,"SubscriptionRefreshInterval":4,)"
        R"("EnableLoggingAllMessageBodies":true,"DialbackPassphrase":"secret","Anchor":null})";
    const std::string partner = R"({"Identity":"a.b"})";
    const auto text = GENERATE_COPY(values<std::string>({
        gateway,
        "[" + gateway + "]",
        R"({"value":[)" + gateway + R"(],"Count":1})",
        "[" + partner + "," + gateway + "]",
        "[" + gateway + "," + partner + "]",
        "[" + partner + "]\r\n" + gateway + "\r\n",
        partner + gateway,
        gateway + "\n[" + partner + "]",
    }));
    INFO(text);
    const auto reading = read(text, read_allowlist);
    CHECK(reading.texts().empty());
    REQUIRE(reading.gateways.size() == 1);
    CHECK(reading.gateways[0].first == Gateway{.connection_limit = 1200,
                                               .partner_connection_limit = 40,
                                               .keepalive_interval = 1,
                                               .establishment_timeout = 2,
                                               .inactivity_timeout = 3,
                                               .subscription_refresh = 4,
                                               .log_message_bodies = true});
    CHECK(reading.partners.size() == (text.find("a.b") == std::string::npos ? 0 : 1));
    if (text == gateway) {
        const auto there = read(text);  // for the other command
        REQUIRE(there.texts().size() == 1);
        CHECK(there.texts()[0] == "1:1 this is what Get-CsXmppGatewayConfiguration wrote, not a manifest");
    }
}

TEST_CASE("a deployment is read from UTF-16 with a mark, and a finding stands where an editor shows it") {
    const auto order = GENERATE(std::endian::little, std::endian::big);
    const auto sound = read(
        utf16_with_mark(u"[{\"Identity\":\"a.b\",\"Description\":\"\u20AC\U0001F600\"}]\r\n", order), read_allowlist);
    CHECK(sound.texts().empty());
    CHECK(sound.partners.at(0).description == "\u20AC\U0001F600");
    const auto wrong =
        read(utf16_with_mark(u"[{\"Identity\":\"a.b\",\r\n \"Description\":\"\u20AC\U0001F600\",\"PartnerType\":true}]",
                             order),
             read_allowlist);
    CHECK(wrong.texts() == Texts{"2:35 PartnerType must be a string, not true or false"});
    const auto broken = read(utf16_with_mark(u"[{\"Identity\":\"\U0001F600", order) + "x", read_allowlist).texts();
    REQUIRE(broken.size() == 1);
    CHECK_THAT(broken.front(), Catch::StartsWith("1:16 this is no JSON"));

    const auto manifest = read(utf16_with_mark(u"{\"primary_domain\":\"a.b\"}", order));
    CHECK(manifest.texts() == Texts{"1:1 the manifest is UTF-16, not UTF-8"});
    CHECK_THAT(manifest.diagnostics.at(0).hint,
               Catch::Contains("Out-File -Encoding utf8") && Catch::Contains("partner import"));
}

TEST_CASE("a file for the other command is one finding that names it") {
    for (const auto* text :
         {R"([{"Identity":"a.b","PartnerType":0},{"Identity":"c.d"},7)", R"({"Domain":"a.b","Anchor":{}})",
          R"({"value":[{"Identity":"a.b"}],"Count":1})", "{\"Identity\":\"a.b\"}\n{\"Identity\":\"c.d\"}\n"}) {
        INFO(text);
        const auto reading = read(text);
        CHECK(reading.partners.empty());
        REQUIRE(reading.texts().size() == 1);
        CHECK_THAT(reading.texts().front(),
                   Catch::Contains("this is what Get-CsXmppAllowedPartner wrote, not a manifest"));
        CHECK_THAT(reading.diagnostics.front().hint, Catch::Contains("`xmppfed partner import FILE`"));
    }
    for (const auto& text :
         {document(R"("partners":[{"primary_domain":"a.b"}])"), std::string{R"({"primary_domain":"a.b"})"},
          std::string{"{\"primary_domain\":\"a.b\"}\n{\"primary_domain\":\"c.d\"}\n"},
          std::string{R"({"type":"federated"})"},
          std::string{R"([{"primary_domain":"a.b"},{"primary_domain":"c.d"}])"}}) {
        INFO(text);
        const auto reading = read(text, read_allowlist);
        CHECK(reading.partners.empty());
        REQUIRE(reading.texts().size() == 1);
        CHECK_THAT(reading.texts().front(),
                   Catch::Contains("this is a manifest, not what Get-CsXmppAllowedPartner wrote"));
        CHECK_THAT(reading.diagnostics.front().hint, Catch::Contains("`xmppfed apply --file FILE`"));
    }
    CHECK_THAT(read(R"({"primary_domain":"a.b","Identity":"a.b"})").texts().at(0), Catch::Contains("unknown here"));
    CHECK_THAT(read(R"({"Description":"a"})").texts().at(0), Catch::Contains("unknown here"));
}

TEST_CASE("no hint says to leave out what was given and not understood") {
    for (const auto& field : partner_fields()) {
        for (const auto* value : {"{}", "7.5", "[7]"}) {
            INFO(field.key << " " << value);
            const auto reading = read(fmt::format(R"({{"{}":{}}})", field.key, value));
            const auto& hint = reading.diagnostics.at(0).hint;
            CHECK_THAT(hint, !Catch::Contains("leave") && !Catch::Contains("default") && Catch::Contains("give"));
            for (const auto& each : field.values) {
                CHECK_THAT(hint, Catch::Contains(std::string{each.name}));
            }
        }
    }
    CHECK_THAT(read(document(R"("edge":7)")).diagnostics.at(0).hint, Catch::Contains("access_edge"));
}

TEST_CASE("what is wrong with the partners of a deployment is found at its place") {
    struct Case {
        std::string_view text;
        std::string_view diagnostic;
    };
    const auto each = GENERATE(values<Case>({
        {R"([1])", "1:2 a partner must be an object, not a whole number"},
        {R"({"Identity":"a.b","Domain":"c.d"})", "1:28 Identity and Domain differ: 'a.b' and 'c.d'"},
        {R"({"PartnerType":1})", "1:1 neither Identity nor Domain names the partner"},
        {R"({"Identity":"a.b","PartnerType":3})",
         "1:33 PartnerType does not take '3': give federated, public-verified or public-unverified"},
        {R"({"Identity":"a.b","PartnerType":true})", "1:33 PartnerType must be a string, not true or false"},
        {R"({"Identity":"a.b","PartnerType":"Friend"})",
         "1:33 PartnerType does not take 'Friend': give federated, public-verified or public-unverified"},
        {R"({"Identity":"a.b","Description":"x","Description":"y"})", "1:37 the property Description is repeated"},
        {R"([] [])", "1:4 something follows the partners"},
        {R"({"KeepAliveInterval":1} [] [])", "1:28 something follows the partners"},
        {R"([{"KeepAliveInterval":1}] {"KeepAliveInterval":1})", "1:27 the file has the gateway more than once"},
        {R"({"KeepAliveInterval":1} x)", "1:25 something follows the partners"},
        {R"({"KeepAliveInterval":"5m"})", "1:22 KeepAliveInterval must be a whole number, not a string"},
        {R"({"KeepAliveInterval":1,"ConnectionLimit":2,"ConnectionLimit":2})",
         "1:44 the property ConnectionLimit is repeated"},
        {R"({"EnableLoggingAllMessageBodies":1})",
         "1:34 EnableLoggingAllMessageBodies must be true or false, not a whole number"},
        {" ", "1:1 the file is empty"},
        {{"[\0]\0", 4}, "1:1 the file is UTF-16 without a byte order mark, not UTF-8"},
        {{"\0\0\xFE\xFF\0\0\0[", 8}, "1:1 the file is UTF-32, not UTF-8"},
        {R"({"Identity":"a.b","PartnerType":{"value":7}})",
         "1:42 PartnerType does not take '7': give federated, public-verified or public-unverified"},
        {R"({"Identity":"a.b","TlsNegotiation":{"value":0,"Value":"Maybe"}})",
         "1:55 TlsNegotiation does not take 'Maybe': give required, optional or not-supported"},
        {R"({"Identity":"a.b","TlsNegotiation":{}})", "1:36 TlsNegotiation must be a string, not an object"},
        {R"({"value":[{"Identity":"a.b"},7],"Count":2})", "1:30 a partner must be an object, not a whole number"},
        {R"({"value":[]})", "1:1 neither Identity nor Domain names the partner"},
    }));
    CHECK(read(each.text, read_allowlist).texts() == Texts{std::string{each.diagnostic}});
    CHECK_THAT(read("[", read_allowlist).texts().at(0), Catch::StartsWith("1:1 this is no JSON"));
}
