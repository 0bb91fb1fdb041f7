#include "core/store_audit.hpp"

#include <functional>
#include <map>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace xmppfed::core;
using Catch::Matchers::Contains;

namespace {

const Commit some_commit{.at = "2026-03-15T09:30:00Z", .actor = "ann", .message = "why"};

CommittedPartner some_partner(std::string domain, std::int64_t revision = 1) {
    CommittedPartner partner;
    partner.primary_domain = std::move(domain);
    partner.revision = revision;
    return partner;
}

/// A history of one entry a commit, numbered as the store would.
class Entries {
  public:
    Entries& add(HistoryEntry entry) {
        entry.sequence = std::ssize(entries_) + 1;
        entry.store_revision = entry.sequence;
        entries_.push_back(std::move(entry));
        return *this;
    }
    void add_as_it_is(HistoryEntry entry) { entries_.push_back(std::move(entry)); }
    [[nodiscard]] const HistoryEntry& at(std::size_t i) const { return entries_.at(i); }
    HistoryEntry& operator[](std::size_t i) { return entries_.at(i); }
    /// All of them added.
    [[nodiscard]] StoreAudit audit() const {
        StoreAudit audit;
        for (const auto& entry : entries_) {
            audit.add(entry);
        }
        return audit;
    }

    /// Compares what is there behind what is under its name, in the order of names; `unreadable` is a partner.
    void follow(StoreAudit& audit, const std::vector<CommittedPartner>& partners, const Edge& edge,
                const std::vector<CertRequest>& requests, const std::string& unreadable = {}) const {
        std::map<std::pair<Subject, std::string>, std::function<void()>> turns;
        for (const auto& entry : entries_) {
            turns[{entry.subject, entry.name}] = [] {};
            turns[{entry.subject, entry.former_name.value_or(entry.name)}] = [] {};
        }
        for (const auto& partner : partners) {
            turns[{Subject::partner, partner.primary_domain}] = [&] { audit.compare(partner); };
        }
        if (!unreadable.empty()) {
            turns[{Subject::partner, unreadable}] = [&] {
                audit.compare_unreadable(Subject::partner, unreadable, "tls is 'never'");
            };
        }
        turns[{Subject::edge, "edge"}] = [&] { audit.compare(edge); };
        for (const auto& request : requests) {
            turns[{Subject::cert_request, std::to_string(request.number)}] = [&] { audit.compare(request); };
        }
        for (const auto& [key, compare] : turns) {
            const auto& [subject, name] = key;
            for (const auto& entry : entries_) {
                if (entry.subject == subject && (entry.name == name || entry.former_name == name)) {
                    audit.follow(entry, name);
                }
            }
            compare();
        }
    }
    [[nodiscard]] std::int64_t revision() const { return std::ssize(entries_); }

  private:
    std::vector<HistoryEntry> entries_;
};

std::string messages(const Diagnostics& diagnostics) {
    std::string text;
    for (const auto& diagnostic : diagnostics) {
        CHECK(diagnostic.severity == Severity::error);
        CHECK_FALSE(diagnostic.hint.empty());
        text += diagnostic.message + "\n";
    }
    return text;
}

Edge some_edge() {
    Edge edge;
    edge.access_edge = "sip.contoso.com";
    return edge;
}

CertRequest some_request() {
    CertRequest request;
    request.number = 1;
    request.friendly_name = "Edge";
    return request;
}

/// A partner made, changed and renamed; another one made and removed; an edge; a request cancelled.
struct Story {
    Story() {
        auto changed = first;
        changed.description = "changed";
        changed.revision = 2;
        auto cancelled = request;
        cancelled.state = RequestState::cancelled;
        entries.add(partner_entry(some_commit, nullptr, &first))
            .add(partner_entry(some_commit, &first, &changed))
            .add(partner_entry(some_commit, &changed, &last))
            .add(partner_entry(some_commit, nullptr, &other))
            .add(partner_entry(some_commit, &other, nullptr))
            .add(edge_entry(some_commit, {}, some_edge()))
            .add(request_entry(some_commit, nullptr, request))
            .add(request_entry(some_commit, &request, cancelled));
        request = cancelled;
    }
    [[nodiscard]] std::string found() const {
        auto audit = entries.audit();
        entries.follow(audit, {last}, edge, {request});
        return messages(audit.finish(entries.revision()));
    }
    CommittedPartner first = some_partner("a.example");
    CommittedPartner last = some_partner("b.example", 3);
    CommittedPartner other = some_partner("gone.example");
    Edge edge = some_edge();
    CertRequest request = some_request();
    Entries entries;
};

std::string replaced(std::string text, std::string_view what, std::string_view by) {
    return text.replace(text.find(what), what.size(), by);
}

}  // namespace

TEST_CASE("a store that is what its history says is sound") {
    CHECK(Story{}.found().empty());
    StoreAudit nothing;
    nothing.compare(Edge{});
    CHECK(nothing.finish(0).empty());
}

TEST_CASE("what differs from the last entry on it is named by its keys") {
    Story story;
    story.last.description = "other";
    story.last.enabled = false;
    CHECK_THAT(story.found(), Contains("the partner 'b.example' is not what was last committed: description, enabled"));
    story = {};
    story.edge.city = "Berlin";
    CHECK_THAT(story.found(), Contains("the edge is not what was last committed: city"));
    story = {};
    story.request.exportable = false;
    story.request.state = RequestState::pending;
    CHECK_THAT(story.found(), Contains("certificate request 1 is not what was last committed: state, exportable"));
    story = {};
    story.edge = {};
    CHECK_THAT(story.found(), Contains("the edge is not what was last committed: access_edge"));
}

TEST_CASE("what is there and not in the history is found, and the reverse") {
    Story story;
    auto audit = story.entries.audit();
    story.entries.follow(audit, {some_partner("new.example")}, story.edge, {});
    const auto found = messages(audit.finish(story.entries.revision()));
    CHECK_THAT(found,
               Contains("the partner 'new.example' is not what was last committed: the history does not know it"));
    CHECK_THAT(found, Contains("the partner 'b.example' was committed and never removed, but is not there"));
    CHECK_THAT(found, Contains("certificate request 1 was committed and never removed, but is not there"));
    CHECK_THAT(messages(story.entries.audit().finish(9)), Contains("the store is at revision 9, but its history at 8"));
}

TEST_CASE("entries of an earlier version that lack a field leave its default") {
    // Which description there is decides whether partners are read by the short way.
    const auto* const description = GENERATE("changed", "ge\u00e4ndert");
    const auto older = [&](std::optional<std::string>& text) {
        if (text) {
            text = replaced(*text, R"("accepted_warnings":[],)", "");
        }
    };
    Story story;
    for (std::size_t i = 0; i < 3; ++i) {
        for (auto* const side : {&story.entries[i].before, &story.entries[i].after}) {
            if (*side && (*side)->find("changed") != std::string::npos) {
                *side = replaced(**side, "changed", description);
            }
        }
    }
    older(story.entries[0].after);
    older(story.entries[1].before);
    older(story.entries[1].after);
    SECTION("and the next entry was written by this version") {
        CHECK(story.found().empty());
        story.entries[2].before = replaced(*story.entries[2].before, "[]", R"(["domain-own"])");
        CHECK_THAT(story.found(), Contains("entry 3 of the history does not begin where the one before it has left the "
                                           "partner 'a.example'"));
    }
    SECTION("and the last entry was too") {
        older(story.entries[2].before);
        older(story.entries[2].after);
        CHECK(story.found().empty());
        story.last.accepted_warnings = {"domain-own"};
        CHECK(story.found() == "the partner 'b.example' is not what was last committed: accepted_warnings\n");
    }
}

TEST_CASE("what cannot be read is one finding, and is not missed too") {
    const Story story;
    auto audit = story.entries.audit();
    story.entries.follow(audit, {}, story.edge, {story.request}, "b.example");
    const auto diagnostics = audit.finish(story.entries.revision());
    REQUIRE(diagnostics.size() == 1);
    CHECK(diagnostics.front().message == "the partner 'b.example' cannot be read: tls is 'never'");
    CHECK(diagnostics.front().partner == "b.example");
}

TEST_CASE("the history has to fit together") {
    struct Row {
        const char* name;
        void (*change)(Entries&);
        const char* diagnostic;
    };
    const auto row = GENERATE(values<Row>({
        {"a gap", [](Entries& it) { it[4].sequence = 9; },
         "entry 9 of the history follows on entry 4: entries are missing"},
        {"a commit that is missing", [](Entries& it) { it[4].store_revision = 9; },
         "entry 5 of the history belongs to commit 9, and the one before it to commit 4"},
        {"two times for a commit",
         [](Entries& it) {
             it[1].store_revision = 1;
             it[1].at = "2026-03-15T09:30:01Z";
         },
         "the entries 1 and 2 of the history are of one commit, and differ in its time, actor or message"},
        {"another state before", [](Entries& it) { it[2].before = replaced(*it[2].before, "changed", "chanted"); },
         "entry 3 of the history does not begin where the one before it has left the partner 'a.example': description"},
        {"another state after", [](Entries& it) { it[6].after = replaced(*it[6].after, "Edge", "Edgx"); },
         "entry 8 of the history does not begin where the one before it has left certificate request 1: friendly_name"},
        {"nothing before", [](Entries& it) { it[1].before = std::nullopt; },
         "entry 2 of the history begins with nothing, and the entries before it leave it"},
        {"something before", [](Entries& it) { it[3].before = it[3].after; },
         "entry 4 of the history begins with the partner 'gone.example', and the entries before it leave nothing"},
        {"no time", [](Entries& it) { it[3].at = "2026-02-30T09:30:00Z"; },
         "entry 4 of the history has '2026-02-30T09:30:00Z' for its time"},
        {"another edge before", [](Entries& it) { it[5].before = it[5].after; },
         "entry 6 of the history does not begin where the one before it has left the edge: access_edge"},
        {"another action", [](Entries& it) { it[7].action = "cert.assign"; },
         "entry 8 of the history says 'cert.assign', but what it records is cert.cancel"},
        {"an unknown state", [](Entries& it) { it[7].after = replaced(*it[7].after, "cancelled", "forgotten"); },
         "but what it records is nothing that a command does"},
        {"another name", [](Entries& it) { it[3].name = "come.example"; },
         "entry 4 of the history is on the partner 'gone.example', but under another name"},
        {"another former name", [](Entries& it) { it[2].former_name = "x.example"; },
         "entry 3 of the history is on the partner 'b.example', but under another name"},
        {"another subject", [](Entries& it) { it[5].subject = Subject::partner; },
         "entry 6 of the history cannot be read"},
        {"no JSON", [](Entries& it) { it[3].after = "{"; },
         "entry 4 of the history cannot be read: the store is damaged"},
        {"no value of a field", [](Entries& it) { it[3].after = replaced(*it[3].after, "required", "never"); },
         "entry 4 of the history cannot be read"},
    }));
    INFO(row.name);
    Story story;
    row.change(story.entries);
    CHECK_THAT(story.found(), Contains(row.diagnostic));
}

TEST_CASE("the gateway begins with its defaults, and is held against its entries from then on") {
    const Gateway first{.connection_limit = 1200};
    const Gateway second{.connection_limit = 1200, .log_message_bodies = true};
    Entries entries;
    entries.add(gateway_entry(some_commit, {}, first)).add(gateway_entry(some_commit, first, second));
    const auto found = [&](const Entries& history, const Gateway& gateway) {
        auto audit = history.audit();
        for (std::size_t i = 0; i < static_cast<std::size_t>(history.revision()); ++i) {
            audit.follow(history.at(i), "gateway");
        }
        audit.compare(gateway);
        return messages(audit.finish(history.revision()));
    };
    CHECK(found(entries, second).empty());
    CHECK(found(entries, first) == "the gateway is not what was last committed: log_message_bodies\n");
    CHECK(found(entries, {}) == "the gateway is not what was last committed: connection_limit, log_message_bodies\n");
    CHECK(found({}, {}).empty());
    CHECK(found({}, first) == "the gateway is not what was last committed: the history does not know it\n");
    Entries another;
    another.add(gateway_entry(some_commit, first, second));
    CHECK(found(another, second) ==
          "entry 1 of the history does not begin where the one before it has left the gateway: connection_limit\n");
    Entries renamed;
    renamed.add(gateway_entry(some_commit, {}, first));
    renamed[0].action = "gateway.set";
    CHECK(found(renamed, first) ==
          "entry 1 of the history says 'gateway.set', but what it records is gateway.update\n");
}

TEST_CASE("an entry that cannot be read ends nothing, and what follows is not held against it") {
    Story story;
    StoreAudit audit;
    Entries readable;
    for (std::size_t i = 0; i < 8; ++i) {
        if (i == 1) {
            audit.add_unreadable(2, "no such subject");
        } else {
            audit.add(story.entries[i]);
            readable.add_as_it_is(story.entries[i]);
        }
    }
    story.last.description = "other";
    readable.follow(audit, {story.last}, story.edge, {story.request});
    CHECK(messages(audit.finish(8)) ==
          "entry 2 of the history cannot be read: no such subject\n"
          "the partner 'b.example' is not what was last committed: description\n");
}

TEST_CASE("what the history says behind the place where it broke off is nobody's fault") {
    const Story story;
    StoreAudit audit;
    audit.add(story.entries.at(0));
    audit.break_off();
    audit.compare(story.last);
    audit.compare(story.request);
    CHECK(messages(audit.finish(8)).empty());
}

TEST_CASE("an entry before the place where it broke off is held against those before it") {
    Story story;
    story.entries[1].before = std::nullopt;
    auto audit = story.entries.audit();
    audit.follow(story.entries.at(0), "a.example");
    audit.follow(story.entries.at(1), "a.example");
    audit.break_off();
    CHECK_THAT(messages(audit.finish(8)), Contains("entry 2 of the history begins with nothing"));
}

TEST_CASE("an entry that no command writes is found where what is there has its very text") {
    Story story;
    const auto change = GENERATE(
        as<void (*)(CommittedPartner&)>{}, [](CommittedPartner& it) { it.additional_domains = {"X.example"}; },
        [](CommittedPartner& it) {
            it.additional_domains = {"y.example", "x.example"};
        },
        [](CommittedPartner& it) { it.proxy_fqdn = ""; },
        [](CommittedPartner& it) { it.accepted_warnings = {"weather"}; });
    change(story.last);
    story.entries[2].after = to_text(story.last);
    CHECK_THAT(story.found(), Contains("entry 3 of the history cannot be read"));
}

TEST_CASE("the name of an entry is compared where what is there has its very text") {
    Story story;
    auto other = some_partner("c.example");
    story.entries.add(partner_entry(some_commit, nullptr, &other));
    story.entries[8].name = "d.example";
    auto audit = story.entries.audit();
    audit.follow(story.entries.at(8), "d.example");
    audit.compare(other);
    CHECK_THAT(messages(audit.finish(9)),
               Contains("entry 9 of the history is on the partner 'c.example', but under another name"));
}

TEST_CASE("what is found in the history is told in its order, whatever the names") {
    Story story;
    story.entries[7].action = "cert.assign";
    story.entries[3].action = "partner.update";
    story.entries[0].at = "now";
    const auto found = story.found();
    const auto place = [&](const char* text) { return found.find(text); };
    REQUIRE(place("entry 8") != std::string::npos);
    CHECK(place("entry 1 ") < place("entry 4"));
    CHECK(place("entry 4") < place("entry 8"));
}
