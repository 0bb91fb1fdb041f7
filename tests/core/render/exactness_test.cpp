#include "core/render/exactness.hpp"

#include <map>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "core/render/ejabberd.hpp"
#include "core/render/prosody.hpp"

using namespace xmppfed::core;

namespace {

using All = std::vector<FieldExactness>;

Partner partner_with(const std::string& primary, Level tls, Level sasl, bool dialback) {
    Partner partner;
    partner.primary_domain = primary;
    partner.negotiation = {tls, sasl, dialback};
    return partner;
}

const Partner strict_partner = partner_with("fabrikam.com", Level::required, Level::required, false);

/// One letter for each direction: exact, inexact or weaker.
std::string letters(const All& all, std::string_view partner, std::string_view field) {
    std::string found;
    for (const auto& one : all) {
        if (one.partner == partner && one.field == field) {
            found += "eiw"[static_cast<int>(one.verdict.fidelity)];
        }
    }
    return found;
}

All prosody_of(std::vector<Partner> partners) {
    return prosody_own_exactness({.partners = std::move(partners)});
}

All ejabberd_of(std::vector<Partner> partners) {
    return ejabberd_exactness({.partners = std::move(partners)});
}

}  // namespace

TEST_CASE("Every field of a partner is judged in both directions, the proxy in one", "[exactness]") {
    auto suspended = strict_partner;
    suspended.primary_domain = "adatum.com";
    suspended.enabled = false;
    const ServerBook book{.partners = {suspended, strict_partner}};
    const std::vector<std::string> fields{"domains",  "type",       "tls",       "sasl",
                                          "dialback", "proxy_fqdn", "keepalive", "connection_limit"};
    for (auto* const judge : {prosody_module_exactness, prosody_own_exactness, ejabberd_exactness}) {
        const auto all = judge(book);
        CHECK(all.size() == 17);
        CHECK(letters(all, "adatum.com", "enabled").size() == 2);
        for (const auto& field : fields) {
            INFO(field);
            CHECK(letters(all, "fabrikam.com", field).size() == (field == "proxy_fqdn" ? 1 : 2));
        }
        for (const auto& one : all) {
            INFO(one.field);
            CHECK_FALSE(one.verdict.effective.empty());
            CHECK((one.verdict.fidelity == Fidelity::exact || !one.verdict.note.empty()));
        }
    }
}

TEST_CASE("The module for Prosody is exact, whatever was agreed", "[exactness]") {
    for (const auto type : {PartnerType::federated, PartnerType::public_verified, PartnerType::public_unverified}) {
        auto partner = partner_with("fabrikam.com", Level::not_supported, Level::not_supported, true);
        partner.type = type;
        partner.proxy_fqdn = "xmpp.fabrikam.com";
        partner.connection_limit = 3;
        auto suspended = strict_partner;
        suspended.enabled = false;
        CHECK(diagnostics_of(prosody_module_exactness({.partners = {partner, strict_partner, suspended}})).empty());
    }
}

TEST_CASE("Prosody's own options have no list of partners", "[exactness]") {
    auto suspended = strict_partner;
    suspended.primary_domain = "adatum.com";
    suspended.enabled = false;
    const auto with_another = prosody_of({suspended, strict_partner});
    CHECK(letters(with_another, "fabrikam.com", "domains") == "ww");
    CHECK(letters(with_another, "adatum.com", "enabled") == "ww");
    CHECK(diagnostics_of(prosody_of({suspended})).empty());
    CHECK(diagnostics_of(prosody_of({})).empty());
}

TEST_CASE("Prosody's own options have one switch for TLS", "[exactness]") {
    const auto optional = partner_with("optional.com", Level::optional, Level::optional, true);
    const auto without = partner_with("without.com", Level::not_supported, Level::not_supported, true);
    const auto alone = prosody_of({optional, without});
    CHECK(letters(alone, "optional.com", "tls") == "ee");
    CHECK(letters(alone, "without.com", "tls") == "ww");
    const auto beside = prosody_of({optional, without, strict_partner});
    CHECK(letters(beside, "fabrikam.com", "tls") == "ee");
    CHECK(letters(beside, "optional.com", "tls") == "ii");
    CHECK(letters(beside, "without.com", "tls") == "ww");
}

TEST_CASE("Prosody's own options demand a certificate by domain, and have one module for dialback", "[exactness]") {
    const auto optional = partner_with("optional.com", Level::required, Level::optional, true);
    const auto without = partner_with("without.com", Level::required, Level::not_supported, true);
    const auto all = prosody_of({strict_partner, optional, without});
    CHECK(letters(all, "fabrikam.com", "sasl") == "ee");
    CHECK(letters(all, "optional.com", "sasl") == "ee");
    CHECK(letters(all, "without.com", "sasl") == "ww");
    CHECK(letters(all, "fabrikam.com", "dialback") == "ww");
    CHECK(letters(all, "optional.com", "dialback") == "ee");
    CHECK(letters(prosody_of({strict_partner}), "fabrikam.com", "dialback") == "ee");
}

TEST_CASE("ejabberd has the list of partners, and its main file the rest", "[exactness]") {
    auto suspended = strict_partner;
    suspended.primary_domain = "adatum.com";
    suspended.enabled = false;
    const auto all =
        ejabberd_of({suspended, strict_partner, partner_with("a.com", Level::optional, Level::optional, true),
                     partner_with("b.com", Level::not_supported, Level::not_supported, true)});
    CHECK(letters(all, "adatum.com", "enabled") == "ee");
    CHECK(letters(all, "fabrikam.com", "domains") == "ee");
    CHECK(letters(all, "fabrikam.com", "tls") == "ww");
    CHECK(letters(all, "a.com", "tls") == "ii");
    CHECK(letters(all, "b.com", "tls") == "ee");
    CHECK(letters(all, "fabrikam.com", "sasl") == "ii");
    CHECK(letters(all, "a.com", "sasl") == "ii");
    CHECK(letters(all, "b.com", "sasl") == "ee");
    CHECK(letters(all, "fabrikam.com", "dialback") == "ee");
    CHECK(letters(all, "a.com", "dialback") == "ii");
    bool names_the_setting = false;
    for (const auto& diagnostic : diagnostics_of(all)) {
        names_the_setting |= diagnostic.partner == "fabrikam.com" && diagnostic.field == "tls" &&
                             diagnostic.hint.find("s2s_use_starttls: required") != std::string::npos;
    }
    CHECK(names_the_setting);
}

TEST_CASE("What servers without the module do about types, limits, keep-alives and proxies", "[exactness]") {
    const std::map<PartnerType, std::string> by_type{
        {PartnerType::federated, "ie"}, {PartnerType::public_verified, "iw"}, {PartnerType::public_unverified, "ww"}};
    for (auto* const judged : {prosody_of, ejabberd_of}) {
        for (const auto& [type, expected] : by_type) {
            auto partner = strict_partner;
            partner.type = type;
            CHECK(letters(judged({partner}), "fabrikam.com", "type") == expected);
        }
        auto quiet = strict_partner;
        quiet.keepalive = false;
        CHECK(letters(judged({quiet}), "fabrikam.com", "keepalive") == "ee");
        CHECK(letters(judged({strict_partner}), "fabrikam.com", "keepalive") == "ww");
        CHECK(letters(judged({strict_partner}), "fabrikam.com", "proxy_fqdn") == "e");
        auto behind = strict_partner;
        behind.proxy_fqdn = "xmpp.fabrikam.com";
        behind.connection_limit = 7;
        CHECK(letters(judged({behind}), "fabrikam.com", "proxy_fqdn") == "i");
        CHECK(letters(judged({behind}), "fabrikam.com", "connection_limit") == "ww");
        CHECK(letters(judged({strict_partner}), "fabrikam.com", "connection_limit") == "ww");
    }
}

TEST_CASE("What is not exact is a diagnostic for partner, field and direction", "[exactness]") {
    const All all{{"fabrikam.com", "tls", Direction::outgoing, {Fidelity::inexact, "required", "a reason", "do this"}},
                  {"fabrikam.com", "dialback", Direction::incoming, {Fidelity::weaker, "true", "another", {}}},
                  {"fabrikam.com", "sasl", Direction::incoming, agreed("required")}};
    const auto found = diagnostics_of(all);
    REQUIRE(found.size() == 2);
    CHECK(found[0].rule_id() == "render-inexact");
    CHECK(found[0].severity == Severity::warning);
    CHECK(found[0].partner == "fabrikam.com");
    CHECK(found[0].field == "tls");
    CHECK(found[0].message == "TLS negotiation, outgoing: a reason (required)");
    CHECK(found[0].hint == "do this");
    CHECK(found[1].rule_id() == "render-weaker");
    CHECK(found[1].severity == Severity::error);
    CHECK(to_json(all[0]) == Json({{"partner", "fabrikam.com"},
                                   {"field", "tls"},
                                   {"direction", "outgoing"},
                                   {"exact", false},
                                   {"effective", "required"},
                                   {"note", "a reason"}}));
    CHECK(to_json(all[2]).at("note").is_null());
}

TEST_CASE("For a person what is the same for several is said once", "[exactness]") {
    const Verdict same{Fidelity::weaker, "true", "a reason", "do this"};
    const All all{
        {"a.com", "tls", Direction::incoming, same},  {"a.com", "tls", Direction::outgoing, same},
        {"a.com", "sasl", Direction::incoming, same}, {"a.com", "sasl", Direction::outgoing, agreed("required")},
        {"b.com", "tls", Direction::incoming, same},  {"b.com", "tls", Direction::outgoing, same}};
    const auto found = summary_of(all);
    REQUIRE(found.size() == 2);
    CHECK(found[0].message == "TLS negotiation, in both directions: a reason (true): a.com, b.com");
    CHECK(found[0].partner.empty());
    CHECK(found[0].hint == "do this");
    CHECK(found[1].message == "SASL negotiation, incoming: a reason (true)");
    CHECK(found[1].partner == "a.com");
    CHECK(diagnostics_of(all).size() == 5);
}
