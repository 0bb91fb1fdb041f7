#include "core/partner/partner_change.hpp"

#include <catch2/catch.hpp>

#include "tests/core/caught.hpp"

namespace xmppfed::core {

namespace {

using Domains = std::vector<std::string>;
using Notes = std::vector<std::string>;

Partner fabrikam_of_three() {
    Partner partner;
    partner.primary_domain = "fabrikam.com";
    partner.additional_domains = {"corp.fabrikam.com", "it.fabrikam.com"};
    return partner;
}

Assignment<Partner> assign(std::string_view key, std::vector<std::string> items) {
    return {&partner_field(key), std::move(items)};
}

PartnerChange assigning(std::vector<Assignment<Partner>> assignments, Domains added = {}, Domains removed = {}) {
    return {std::nullopt, std::move(assignments), std::move(added), std::move(removed)};
}

PartnerChange adding(Domains added, Domains removed = {}) {
    return assigning({}, std::move(added), std::move(removed));
}

PartnerChange with_preset(Preset preset, std::vector<Assignment<Partner>> assignments = {}) {
    return {preset, std::move(assignments), {}, {}};
}

std::vector<std::string_view> differing_keys(const Partner& before, const Partner& after) {
    std::vector<std::string_view> keys;
    for (const auto* field : differing_fields(before, after)) {
        keys.push_back(field->key);
    }
    return keys;
}

}  // namespace

TEST_CASE("a change that names nothing changes nothing") {
    const PartnerChange nothing;
    CHECK_FALSE(nothing.names_a_field());
    const auto result = apply(nothing, fabrikam_of_three());
    CHECK(result.partner == fabrikam_of_three());
    CHECK(result.notes.empty());
}

TEST_CASE("accepted warnings come and go one by one, and all at once") {
    auto partner = fabrikam_of_three();
    const auto accepting = [](std::optional<Domains> accept, Domains unaccept = {}) {
        PartnerChange change;
        change.accept = std::move(accept);
        change.unaccept = std::move(unaccept);
        CHECK(change.names_a_field());
        return change;
    };
    auto result = apply(accepting(Domains{"domain-own", "Dialback Unused", "domain-own"}), partner);
    CHECK(result.partner.accepted_warnings == Domains{"dialback-unused", "domain-own"});
    CHECK(result.notes.empty());
    partner = result.partner;
    result = apply(accepting(Domains{"domain-own"}), partner);
    CHECK(result.partner == partner);
    CHECK(result.notes == Notes{"warnings of domain-own are accepted already"});
    result = apply(accepting({}, {"domain-own", "domain-single-label"}), partner);
    CHECK(result.partner.accepted_warnings == Domains{"dialback-unused"});
    CHECK(result.notes == Notes{"warnings of domain-single-label are not accepted"});
    CHECK(apply(accepting(Domains{}), partner).partner.accepted_warnings.empty());

    for (const auto* id : {"type-not-recommended", "sasl-requires-tls", "render-inexact", "domain-owned", ""}) {
        const auto error = caught([&] { (void)apply(accepting(Domains{id}), partner); });
        CHECK(error.kind == ErrorKind::usage);
        CHECK_THAT(error.message, Catch::Matchers::Contains("--accept does not take"));
        CHECK(caught([&] { (void)apply(accepting({}, {id}), partner); }).kind == ErrorKind::usage);
    }
    const auto both = caught([&] { (void)apply(accepting(Domains{"domain-own"}, {"domain-own"}), partner); });
    CHECK(both.kind == ErrorKind::usage);
    CHECK(both.message == "domain-own is both accepted and not");
}

TEST_CASE("each part of a change names a field") {
    CHECK(with_preset(Preset::strict).names_a_field());
    CHECK(assigning({assign("tls", {"optional"})}).names_a_field());
    CHECK(adding({"a.com"}).names_a_field());
    CHECK(adding({}, {"a.com"}).names_a_field());

    const auto change = assigning({assign("tls", {"optional"}), assign("type", {"federated"})});
    CHECK(change.assigns("tls"));
    CHECK(change.assigns("type"));
    CHECK_FALSE(change.assigns("sasl"));
}

TEST_CASE("assignments set the fields that they name") {
    const auto changed =
        apply(assigning({assign("primary_domain", {"NEW.com"}), assign("additional_domains", {"b.com", "A.com"}),
                         assign("description", {"text"})}),
              fabrikam_of_three())
            .partner;
    CHECK(changed.primary_domain == "new.com");
    CHECK(changed.additional_domains == Domains{"a.com", "b.com"});
    CHECK(differing_keys(fabrikam_of_three(), changed) ==
          std::vector<std::string_view>{"primary_domain", "description", "additional_domains"});
}

TEST_CASE("a preset sets the three negotiation fields and an option beside it wins") {
    const auto preset = apply(with_preset(Preset::opportunistic), fabrikam_of_three()).partner;
    CHECK(preset.negotiation == settings_of(Preset::opportunistic));
    CHECK(differing_keys(fabrikam_of_three(), preset) == std::vector<std::string_view>{"tls", "sasl", "dialback"});

    const auto both = apply(with_preset(Preset::dialback, {assign("tls", {"required"})}), fabrikam_of_three()).partner;
    CHECK(both.negotiation == Negotiation{Level::required, Level::not_supported, true});
}

TEST_CASE("single domains are added and removed in any spelling") {
    const auto result = apply(adding({"HQ.fabrikam.com.", "a.fabrikam.com"}, {"IT.fabrikam.com"}), fabrikam_of_three());
    CHECK(result.partner.additional_domains == Domains{"a.fabrikam.com", "corp.fabrikam.com", "hq.fabrikam.com"});
    CHECK(result.notes.empty());
    CHECK(apply(adding({"new.fabrikam.com", "New.fabrikam.com"}, {}), fabrikam_of_three()).notes.empty());
}

TEST_CASE("adding what is there and removing what is not has no effect but a note") {
    const auto result = apply(adding({"Corp.fabrikam.com"}, {"fabrikam.com", "zz.com"}), fabrikam_of_three());
    CHECK(result.partner == fabrikam_of_three());
    CHECK(result.notes == Notes{"'corp.fabrikam.com' is an additional domain already",
                                "'fabrikam.com' is not an additional domain", "'zz.com' is not an additional domain"});
}

TEST_CASE("what is to be removed must be a domain at least") {
    const auto result = apply(adding({}, {"", "bad_name", "it.fabrikam.com"}), fabrikam_of_three());
    REQUIRE(result.diagnostics.size() == 2);
    CHECK(result.diagnostics.front().rule_id() == "domain-invalid");
    CHECK(result.diagnostics.front().message == "domain '' is empty");
    CHECK(result.notes.empty());
}

TEST_CASE("a domain named twice is added or removed once") {
    const auto added = apply(adding({"z.com", "Z.com"}), fabrikam_of_three()).partner;
    CHECK(added.additional_domains == Domains{"corp.fabrikam.com", "it.fabrikam.com", "z.com"});
    const auto removed = apply(adding({}, {"it.fabrikam.com", "it.fabrikam.com."}), fabrikam_of_three());
    CHECK(removed.partner.additional_domains == Domains{"corp.fabrikam.com"});
    CHECK(removed.notes.empty());
    CHECK(apply(adding({}, {"zz.com", "ZZ.com"}), fabrikam_of_three()).notes.size() == 1);
}

TEST_CASE("a change that contradicts itself is a usage error") {
    const auto whole_set = assign("additional_domains", {"a.com"});
    const std::vector<std::pair<PartnerChange, std::string>> table{
        {assigning({whole_set}, {"b.com"}), "--additional replaces the whole set"},
        {assigning({whole_set}, {}, {"b.com"}), "--additional replaces the whole set"},
        {adding({"a.com", "B.com."}, {"b.com", "c.com"}), "'b.com' is both added and removed"},
    };
    for (const auto& [change, message] : table) {
        const auto error = caught([&change = change] { (void)apply(change, fabrikam_of_three()); });
        CHECK(error.kind == ErrorKind::usage);
        CHECK_THAT(error.message, Catch::Matchers::StartsWith(message));
        CHECK(error.hints.size() == 1);
    }
}

TEST_CASE("other assignments go together with single domains") {
    const auto changed = apply(assigning({assign("tls", {"optional"})}, {"z.com"}), fabrikam_of_three()).partner;
    CHECK(differing_keys(fabrikam_of_three(), changed) == std::vector<std::string_view>{"additional_domains", "tls"});
}

TEST_CASE("a text that names no value is refused") {
    const auto error = caught([] { (void)apply(assigning({assign("tls", {"none"})}), fabrikam_of_three()); });
    CHECK(error.kind == ErrorKind::usage);
}

TEST_CASE("equal partners differ in no field") {
    CHECK(differing_fields(fabrikam_of_three(), fabrikam_of_three()).empty());
}

}  // namespace xmppfed::core
