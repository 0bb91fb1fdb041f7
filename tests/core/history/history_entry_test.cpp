#include "core/history/history_entry.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "core/error.hpp"

using Catch::Matchers::Contains;
using namespace xmppfed::core;

namespace {

const Commit commit{.at = "2026-03-15T09:30:00Z", .actor = "ann", .message = "why"};

CommittedPartner partner(std::string domain) {
    CommittedPartner result;
    result.primary_domain = std::move(domain);
    return result;
}

std::string text_of(const CommittedPartner& partner) {
    return to_text(to_json(partner), JsonLayout::compact);
}

}  // namespace

TEST_CASE("a history entry says who did what to whom") {
    const auto old_one = partner("old.com");
    const auto new_one = partner("new.com");
    struct Row {
        const CommittedPartner* before;
        const CommittedPartner* after;
        std::string action;
        std::string name;
        std::optional<std::string> former_name;
    };
    const std::vector<Row> table{
        {nullptr, &new_one, "partner.create", "new.com", std::nullopt},
        {&old_one, &old_one, "partner.update", "old.com", std::nullopt},
        {&old_one, &new_one, "partner.rename", "new.com", "old.com"},
        {&old_one, nullptr, "partner.remove", "old.com", std::nullopt},
    };
    for (const auto& row : table) {
        CAPTURE(row.action);
        const auto entry = partner_entry(commit, row.before, row.after);
        CHECK(entry.action == row.action);
        CHECK(entry.name == row.name);
        CHECK(entry.former_name == row.former_name);
        CHECK(entry.subject == Subject::partner);
        CHECK(entry.at == commit.at);
        CHECK(entry.actor == commit.actor);
        CHECK(entry.message == commit.message);
        CHECK(entry.before == (row.before != nullptr ? std::optional{text_of(*row.before)} : std::nullopt));
        CHECK(entry.after == (row.after != nullptr ? std::optional{text_of(*row.after)} : std::nullopt));
    }
}

TEST_CASE("a change of the edge has no object before the first") {
    Edge edge;
    edge.access_edge = "sip.contoso.com";
    const auto form = to_text(to_json(edge), JsonLayout::compact);
    const auto first = edge_entry(commit, {}, edge);
    CHECK(first.action == "edge.update");
    CHECK(first.subject == Subject::edge);
    CHECK(first.at == commit.at);
    CHECK_FALSE(first.before);
    CHECK(first.after == form);
    CHECK(edge_entry(commit, edge, {}).before == form);
}

TEST_CASE("a change of the gateway has the defaults before the first") {
    const Gateway gateway{.connection_limit = 1200};
    const auto entry = gateway_entry(commit, {}, gateway);
    CHECK(entry.action == "gateway.update");
    CHECK(entry.subject == Subject::gateway);
    CHECK(entry.name == "gateway");
    CHECK(entry.actor == commit.actor);
    CHECK(entry.before == to_text(to_json(Gateway{}), JsonLayout::compact));
    CHECK(entry.after == to_text(to_json(gateway), JsonLayout::compact));
}

TEST_CASE("a certificate request is entered by its number") {
    CertRequest request;
    request.number = 7;
    const auto entry = request_entry(commit, nullptr, request);
    CHECK(entry.action == "cert.request");
    CHECK(entry.subject == Subject::cert_request);
    CHECK(entry.name == "7");
    CHECK_FALSE(entry.before);
    CHECK(entry.after == to_text(history_form(request), JsonLayout::compact));
}

TEST_CASE("what a certificate request has become is the action") {
    const std::vector<std::pair<RequestState, std::string>> table{
        {RequestState::pending, "cert.request"},  {RequestState::issued, "cert.import"},
        {RequestState::assigned, "cert.assign"},  {RequestState::replaced, "cert.replace"},
        {RequestState::cancelled, "cert.cancel"}, {RequestState::retired, "cert.retire"}};
    CertRequest before;
    before.number = 7;
    for (const auto& [state, action] : table) {
        CAPTURE(action);
        auto after = before;
        after.state = state;
        const auto entry = request_entry(commit, &before, after);
        CHECK(entry.action == action);
        CHECK(entry.before == to_text(history_form(before), JsonLayout::compact));
        CHECK(entry.after == to_text(history_form(after), JsonLayout::compact));
    }
    for (const auto place : {&CertRequest::key_file, &CertRequest::directory, &CertRequest::host}) {
        auto after = before;
        after.*place = "/elsewhere";
        CHECK(request_entry(commit, &before, after).action == "cert.move");
        after.state = RequestState::assigned;
        CHECK(request_entry(commit, &before, after).action == "cert.assign");
    }
}

TEST_CASE("a history entry holds its objects as JSON") {
    const auto created = partner("new.com");
    auto entry = partner_entry(commit, nullptr, &created);
    entry.sequence = 7;
    entry.store_revision = 3;
    const auto json = to_json(entry);
    CHECK(to_text(json, JsonLayout::compact) ==
          R"({"sequence":7,"commit":3,"at":"2026-03-15T09:30:00Z","actor":"ann","message":"why",)"
          R"("action":"partner.create","subject":"partner","before":null,"after":)" +
              text_of(created) + "}");
}

TEST_CASE("an entry that is older than a field has its default, in its place") {
    const auto created = partner("new.com");
    auto entry = partner_entry(commit, nullptr, &created);
    auto older = Json::parse(text_of(created));
    REQUIRE(older.erase("accepted_warnings") == 1);
    entry.after = to_text(older, JsonLayout::compact);
    CHECK(to_text(to_json(entry).at("after"), JsonLayout::compact) == text_of(created));
}

TEST_CASE("an entry whose objects are damaged says which it is") {
    HistoryEntry entry;
    entry.sequence = 7;
    const auto fails = [&](Subject subject, const std::string& after) {
        entry.subject = subject;
        entry.after = after;
        try {
            static_cast<void>(to_json(entry));
        } catch (const Error& error) {
            return error.message;
        }
        return std::string{};
    };
    for (const auto* text : {"", "{bad}", "[]", "null", "1"}) {
        CAPTURE(text);
        CHECK_THAT(fails(Subject::edge, text), Contains("the store is damaged") && Contains("(entry 7)"));
        CHECK_THAT(fails(Subject::partner, text), Contains("the store is damaged") && Contains("(entry 7)"));
    }
    for (const auto* text : {"{}", R"({"primary_domain":1,"revision":1})", R"({"revision":"1"})"}) {
        CAPTURE(text);
        CHECK_THAT(fails(Subject::partner, text), Contains("(entry 7)"));
        CHECK(fails(Subject::edge, text).empty());  // has no revision
        CHECK(fails(Subject::cert_request, text).empty());
    }
    CHECK(fails(Subject::partner, R"({"revision":1})").empty());
}
