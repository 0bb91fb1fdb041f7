#include "core/report/partner_tally.hpp"

#include <catch2/catch.hpp>

using namespace xmppfed::core;

namespace {

Partner tallied(PartnerType type, Preset preset, bool enabled = true) {
    Partner partner;
    partner.type = type;
    partner.negotiation = settings_of(preset);
    partner.enabled = enabled;
    return partner;
}

}  // namespace

TEST_CASE("partners are counted by state, type and method") {
    PartnerTally tally;
    tally.add(tallied(PartnerType::federated, Preset::strict));
    tally.add(tallied(PartnerType::federated, Preset::flexible));
    tally.add(tallied(PartnerType::public_verified, Preset::opportunistic));
    tally.add(tallied(PartnerType::public_unverified, Preset::dialback, /*enabled=*/false));
    CHECK(tally.partners().enabled == 3);
    CHECK(tally.partners().suspended == 1);
    CHECK(tally.of(PartnerType::federated).all() == 2);
    CHECK(tally.of(PartnerType::public_unverified).suspended == 1);
    CHECK(tally.at_weakest(Method::sasl_over_tls).all() == 1);
    CHECK(tally.at_weakest(Method::tls_dialback).all() == 1);
    CHECK(tally.at_weakest(Method::tcp_dialback).enabled == 1);
    CHECK(tally.at_weakest(Method::tcp_dialback).suspended == 1);
    CHECK(tally.offering(Method::sasl_over_tls).all() == 3);
    CHECK(tally.offering(Method::tls_dialback).all() == 2);
    CHECK(tally.offering(Method::tcp_dialback).enabled == 1);
}

TEST_CASE("a partner without a method is counted, and has none") {
    PartnerTally tally;
    Partner partner;
    partner.negotiation = {Level::required, Level::not_supported, false};
    tally.add(partner);
    CHECK(tally.partners().all() == 1);
    for (const auto method : {Method::sasl_over_tls, Method::tls_dialback, Method::tcp_dialback}) {
        CHECK(tally.at_weakest(method).all() == 0);
    }
    CHECK_FALSE(may_be_unencrypted(partner));
    CHECK(may_be_unencrypted(tallied(PartnerType::federated, Preset::dialback)));
    CHECK_FALSE(may_be_unencrypted(tallied(PartnerType::federated, Preset::flexible)));
}
