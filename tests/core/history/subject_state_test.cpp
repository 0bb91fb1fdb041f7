#include "core/history/subject_state.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/history/entry_side.hpp"
#include "tests/core/caught.hpp"

using namespace xmppfed::core;

TEST_CASE("what is always there begins in its default state, under its own name") {
    for (const auto subject : {Subject::edge, Subject::gateway}) {
        CHECK(is_always_there(subject));
        CHECK(name_in(default_state(subject), subject) == name_of(subject));
        CHECK(described(subject, "x") == "the " + std::string{name_of(subject)});
    }
    CHECK_FALSE(is_always_there(Subject::partner));
    CHECK_FALSE(is_always_there(Subject::cert_request));
    CHECK(default_state(Subject::gateway) == to_json(Gateway{}));
    const auto side = side_in(Subject::gateway, to_json(Gateway{}));
    CHECK(action_between(Subject::gateway, side, side) == "gateway.update");
}

TEST_CASE("keys that an older entry lacks read as their defaults, in whatever order they are") {
    CommittedPartner partner;
    auto older = to_json(partner);
    older.erase("enabled");
    older.erase("keepalive");
    const auto text = [](const Json& json) { return to_text(json, JsonLayout::compact); };
    const auto today = text(to_json(partner));
    CHECK(differing_keys(Subject::partner, text(older), today).empty());
    CHECK(differing_keys(Subject::partner, text(Json(nlohmann::json(older))), today).empty());
    auto suspended = partner;
    suspended.enabled = false;
    CHECK(differing_keys(Subject::partner, text(older), text(to_json(suspended))) == "enabled");
    older["colour"] = "red";
    CHECK(differing_keys(Subject::partner, text(older), today) == "colour");

    CertRequest request;
    request.number = 1;
    auto recorded = history_form(request);
    for (const auto* key : {"renews", "certificate", "assigned_at", "directory"}) {
        recorded.erase(key);
    }
    CHECK(differing_keys(Subject::cert_request, text(recorded), text(history_form(request))).empty());
    request.certificate.emplace().issuer = "CN=CA";
    CHECK(differing_keys(Subject::cert_request, text(recorded), text(history_form(request))) == "certificate");
    recorded = history_form(request);
    recorded["certificate"].erase("allowed_missing");
    CHECK(differing_keys(Subject::cert_request, text(recorded), text(history_form(request))).empty());
    CHECK(caught([&] { (void)differing_keys(Subject::partner, "[]", today); }).kind == ErrorKind::failed);
}
