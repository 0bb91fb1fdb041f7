#include "core/edge/edge.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/core/caught.hpp"
#include "tests/core/values.hpp"

using namespace xmppfed::core;
using Domains = std::vector<std::string>;

namespace {

const EdgeField& field(std::string_view key) {
    for (const auto& each : edge_fields()) {
        if (each.key == key) {
            return each;
        }
    }
    FAIL("there is no field " << key);
    return edge_fields().front();
}

EdgeChange assign(std::string_view key, std::vector<std::string> items) {
    EdgeChange change;
    change.assignments.push_back({&field(key), std::move(items)});
    return change;
}

}  // namespace

TEST_CASE("the fields of the edge stand in the documented order") {
    std::string keys;
    for (const auto& each : edge_fields()) {
        keys += std::string{each.key} + " ";
    }
    CHECK(keys ==
          "access_edge web_conferencing sip_domains xmpp_domains organization organizational_unit city state country ");
}

TEST_CASE("our domains are lists, whose order means something, and nothing identifies the edge") {
    for (const auto& each : edge_fields()) {
        CAPTURE(each.key);
        CHECK((each.kind == FieldKind::domain_list) == each.key.ends_with("_domains"));
        CHECK(is_plural(each.kind) == each.key.ends_with("_domains"));
        CHECK(each.kind != FieldKind::identity);
    }
}

TEST_CASE("a list of our domains keeps its order, in canonical form") {
    const auto edge = apply(assign("sip_domains", {"Z.example.", "bücher.example", "a.example"}), {}).edge;
    CHECK(edge.sip_domains == Domains{"z.example", "xn--bcher-kva.example", "a.example"});
    CHECK(apply(assign("sip_domains", {"a..b"}), {}).edge.sip_domains == Domains{"a..b"});  // left to the rule
}

TEST_CASE("a single domain is in canonical form, and an empty one is taken back") {
    auto edge = apply(assign("access_edge", {"SIP.bücher.example."}), {}).edge;
    CHECK(edge.access_edge == "sip.xn--bcher-kva.example");
    edge = apply(assign("web_conferencing", {"a..b"}), edge).edge;
    CHECK(edge.web_conferencing == "a..b");  // left to the rule
    CHECK(apply(assign("access_edge", {""}), edge).edge.access_edge.empty());
}

TEST_CASE("a country is in upper case") {
    CHECK(apply(assign("country", {"az"}), {}).edge.country == "AZ");
    CHECK(apply(assign("country", {"AZ`{@[1"}), {}).edge.country == "AZ`{@[1");  // left to the rule
}

TEST_CASE("texts of the edge are taken as they are, each into its own field") {
    for (const auto* key : {"organization", "organizational_unit", "city", "state"}) {
        CAPTURE(key);
        const auto edge = apply(assign(key, {" Z\u00fcrich "}), {}).edge;
        CHECK(edge != Edge{});
        CHECK(to_json(edge).at(key) == " Z\u00fcrich ");
        CHECK(apply(assign(key, {""}), edge).edge == Edge{});
    }
    const auto subject = subject_of(made<Edge>([](auto& it) {
        it.organization = "O";
        it.organizational_unit = "OU";
        it.city = "L";
        it.state = "ST";
        it.country = "US";
    }));
    CHECK(subject == CertSubject{"US", "ST", "L", "O", "OU", ""});
}

TEST_CASE("an edge in JSON has null for what is not set, and the XMPP domains that count") {
    const auto edge = made<Edge>([](auto& it) {
        it.access_edge = "sip.a.example";
        it.sip_domains = {"a.example"};
    });
    CHECK(to_text(to_json(edge), JsonLayout::compact) ==
          R"({"access_edge":"sip.a.example","web_conferencing":null,"sip_domains":["a.example"],"xmpp_domains":null,)"
          R"("effective_xmpp_domains":["a.example"],"organization":null,"organizational_unit":null,"city":null,)"
          R"("state":null,"country":null})");
}

TEST_CASE("having no XMPP domains at all contradicts single ones of them, not of the SIP domains") {
    EdgeChange change;
    change.no_xmpp_domains = true;
    change.add_sip_domains = {"a.example"};
    CHECK(apply(change, {}).edge.sip_domains == Domains{"a.example"});
    change.add_xmpp_domains = {"b.example"};
    CHECK(caught([&] { (void)apply(change, {}); }).kind == ErrorKind::usage);
}

TEST_CASE("no XMPP domains, and XMPP domains that were never set, are different") {
    auto edge = made<Edge>([](auto& it) { it.sip_domains = {"b.example", "a.example"}; });
    CHECK(effective_xmpp_domains(edge) == edge.sip_domains);
    EdgeChange none;
    none.no_xmpp_domains = true;
    edge = apply(none, edge).edge;
    CHECK(edge.xmpp_domains == Domains{});
    CHECK(effective_xmpp_domains(edge).empty());
    CHECK(own_domains(edge) == Domains{"a.example", "b.example"});
    edge = apply(assign("xmpp_domains", {}), edge).edge;
    CHECK(edge.xmpp_domains == std::nullopt);
}

TEST_CASE("single XMPP domains change those that count") {
    EdgeChange change;
    change.add_xmpp_domains = {"c.example"};
    change.remove_xmpp_domains = {"a.example"};
    const auto result = apply(change, made<Edge>([](auto& it) { it.sip_domains = {"a.example", "b.example"}; }));
    CHECK(result.edge.xmpp_domains == Domains{"b.example", "c.example"});
    CHECK(result.edge.sip_domains == Domains{"a.example", "b.example"});
    CHECK(result.notes.empty());
    CHECK(apply(change, result.edge).notes.size() == 2);
}

TEST_CASE("a change of single XMPP domains that changes nothing leaves them unset") {
    const auto sip_only = made<Edge>([](auto& it) { it.sip_domains = {"a.example"}; });
    EdgeChange change;
    change.add_xmpp_domains = {"a.example"};
    change.remove_xmpp_domains = {"zz.example"};
    const auto result = apply(change, sip_only);
    CHECK(result.edge == sip_only);
    CHECK(result.notes.size() == 2);
}

TEST_CASE("a domain named twice is added to a list or taken from it once") {
    Edge edge;
    edge.sip_domains = {"a.example", "b.example"};
    EdgeChange change;
    change.add_sip_domains = {"d.example", "c.example", "D.example."};
    change.remove_sip_domains = {"b.example", "B.example"};
    const auto result = apply(change, edge);
    CHECK(result.edge.sip_domains == Domains{"a.example", "d.example", "c.example"});
    CHECK(result.notes.empty());
    change.add_sip_domains.clear();
    change.remove_sip_domains = {"zz.example", "ZZ.example"};
    CHECK(apply(change, edge).notes.size() == 1);
}

TEST_CASE("what is to be removed from our domains must be a domain at least") {
    EdgeChange change;
    change.remove_sip_domains = {""};
    change.remove_xmpp_domains = {"bad_name"};
    const auto result = apply(change, {});
    REQUIRE(result.diagnostics.size() == 2);
    CHECK(result.diagnostics.front().rule_id() == "domain-invalid");
    CHECK(result.notes.empty());
}

TEST_CASE("a change of the edge that contradicts itself is a usage error") {
    auto whole = assign("sip_domains", {"a.example"});
    whole.add_sip_domains = {"b.example"};
    const auto error = caught([&] { (void)apply(whole, {}); });
    CHECK(error.kind == ErrorKind::usage);
    CHECK(error.message ==
          "--sip-domain replaces the whole list, so it excludes --add-sip-domain and --remove-sip-domain");
    whole = assign("xmpp_domains", {"a.example"});
    whole.add_xmpp_domains = {"b.example"};
    CHECK(caught([&] { (void)apply(whole, {}); }).message ==
          "--xmpp-domain replaces the whole list, so it excludes --add-xmpp-domain and --remove-xmpp-domain");
    auto none = assign("xmpp_domains", {"a.example"});
    none.no_xmpp_domains = true;
    CHECK(caught([&] { (void)apply(none, {}); }).kind == ErrorKind::usage);
    EdgeChange both;
    both.add_xmpp_domains = {"bücher.example"};
    both.remove_xmpp_domains = {"XN--bcher-kva.example"};
    CHECK(caught([&] { (void)apply(both, {}); }).kind == ErrorKind::usage);
    CHECK(!EdgeChange{}.names_a_field());
    CHECK(both.names_a_field());
}

TEST_CASE("our own domains are the SIP and XMPP domains, each once") {
    const auto edge = made<Edge>([](auto& it) {
        it.sip_domains = {"c.example", "a.example"};
        it.xmpp_domains = Domains{"a.example", "b.example"};
    });
    CHECK(own_domains(edge) == Domains{"a.example", "b.example", "c.example"});
    const std::vector<Claim> claims{{"a.example", "p.example"}, {"b.example", "q.example"}};
    const auto diagnostics = judge(edge, claims);
    REQUIRE(diagnostics.size() == 2);
    CHECK(diagnostics[0].rule_id() == "domain-own");
    CHECK(diagnostics[0].field == "sip_domains");
    CHECK(diagnostics[0].partner == "p.example");
    CHECK(diagnostics[1].field == "xmpp_domains");
}

TEST_CASE("a SIP domain may be an XMPP domain too, but neither twice") {
    CHECK(judge(made<Edge>([](auto& it) {
                    it.sip_domains = {"a.example"};
                    it.xmpp_domains = Domains{"a.example"};
                }),
                {})
              .empty());
    const auto diagnostics = judge(made<Edge>([](auto& it) {
                                       it.sip_domains = {"a.example", "b.example", "a.example"};
                                   }),
                                   {});
    REQUIRE(diagnostics.size() == 1);  // not once more for the XMPP domains, which are the same list
    CHECK(diagnostics[0].rule_id() == "domain-duplicate");
    CHECK(diagnostics[0].field == "sip_domains");
}

TEST_CASE("the names of the edge are judged as domains where they are set") {
    CHECK(judge(Edge{}, {}).empty());
    const auto diagnostics = judge(made<Edge>([](auto& it) {
                                       it.access_edge = "a..b";
                                       it.web_conferencing = "192.0.2.1";
                                       it.xmpp_domains = Domains{"b..c"};
                                   }),
                                   {});
    REQUIRE(diagnostics.size() == 3);
    for (const auto& diagnostic : diagnostics) {
        CHECK(diagnostic.rule_id() == "domain-invalid");
    }
    CHECK(diagnostics[0].field == "access_edge");
    CHECK(diagnostics[1].field == "web_conferencing");
    CHECK(diagnostics[2].field == "xmpp_domains");
}
