#include "core/manifest/manifest_change.hpp"

#include <catch2/catch.hpp>

#include "core/diagnostics_log.hpp"
#include "core/partner/partner_fields.hpp"
#include "core/rule/rules.hpp"

using namespace xmppfed::core;

namespace {

CommittedPartner stored_partner() {
    CommittedPartner partner;
    partner.primary_domain = "fabrikam.com";
    partner.revision = 1;
    return partner;
}

}  // namespace

TEST_CASE("an update names the fields that differ") {
    auto after = stored_partner();
    after.negotiation.tls = Level::optional;
    after.revision = 2;
    const auto item = to_json(ManifestChange{Subject::partner, to_json(stored_partner()), to_json(after)});
    CHECK(item.dump() == R"({"action":"update","subject":"partner","partner":"fabrikam.com",)"
                         R"("fields":[{"field":"tls","before":"required","after":"optional"}]})");
}

TEST_CASE("what is made or removed has all its fields") {
    const auto made = to_json(ManifestChange{Subject::partner, {}, to_json(stored_partner())});
    CHECK(made["action"] == "create");
    REQUIRE(made["fields"].size() == partner_fields().size());
    CHECK(made["fields"][0]["before"].is_null());
    CHECK(made["fields"][0]["after"] == "fabrikam.com");
    const auto removed = to_json(ManifestChange{Subject::partner, to_json(stored_partner()), {}});
    CHECK(removed["action"] == "remove");
    CHECK(removed["partner"] == "fabrikam.com");
    CHECK(removed["fields"][0]["after"].is_null());
}

TEST_CASE("a change of the edge names no partner") {
    Edge after;
    after.access_edge = "sip.contoso.com";
    const auto item = to_json(ManifestChange{Subject::edge, {}, to_json(after)});
    CHECK(item["subject"] == "edge");
    CHECK(item["partner"].is_null());
    CHECK(item["fields"].size() == 9);
}

TEST_CASE("the history tells what an apply changed") {
    const auto before = stored_partner();
    auto after = stored_partner();
    after.enabled = false;
    const auto change = change_of(partner_entry({}, &before, &after));
    CHECK(action_of(change) == "update");
    CHECK(to_json(change)["fields"][0]["field"] == "enabled");
    CHECK(action_of(change_of(partner_entry({}, nullptr, &after))) == "create");
    CHECK(action_of(change_of(partner_entry({}, &before, nullptr))) == "remove");
}

TEST_CASE("the summary counts each kind of change") {
    ManifestSummary summary;
    CHECK_FALSE(summary.changes_anything());
    summary.unchanged = 4;
    summary.unchanged_warnings = 3;
    CHECK_FALSE(summary.changes_anything());
    summary.count(/*was_there=*/false, /*is_there=*/true);
    summary.count(/*was_there=*/true, /*is_there=*/true);
    summary.count(/*was_there=*/true, /*is_there=*/false);
    summary.count(/*was_there=*/true, /*is_there=*/false);
    CHECK(summary.changes_anything());
    CHECK(to_json(summary).dump() == R"({"create":1,"update":1,"remove":2,"unchanged":4,"unchanged_warnings":3})");
}

TEST_CASE("of a million findings the first of each severity are kept, and all are counted") {
    DiagnosticsLog log;
    CHECK(log.refuses_as() == ErrorKind::refused);
    for (int i = 0; i < 150; ++i) {
        log.add({make_diagnostic(rule::domain_own, {}, "warned"),
                 make_diagnostic(rule::row("domain-claimed"), {}, "claimed")});
    }
    log.add({make_diagnostic(rule::row("type-not-recommended"), {}, "info")});
    CHECK(log.errors() == 150);
    CHECK(log.warnings() == 150);
    CHECK(log.kept().size() == 201);
    CHECK(log.left_out() == 100);
    CHECK(log.refuses_as() == ErrorKind::conflict);
    log.add({make_diagnostic(rule::domain_invalid, {}, "another")});
    CHECK(log.refuses_as() == ErrorKind::refused);
}
