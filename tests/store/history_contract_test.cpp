// What the contract of store/store.hpp says of the history, held against each implementation.

#include <algorithm>

#include <catch2/catch.hpp>

#include "tests/support/every_store.hpp"
#include "tests/support/partners.hpp"

using namespace xmppfed;
using test::all_history;
using test::EmptyStore;
using Strings = std::vector<std::string>;

namespace {

/// An entry of the history that is told apart by its message.
core::HistoryEntry entry(const std::string& message, const std::string& name,
                         std::optional<std::string> former_name = {}) {
    core::HistoryEntry result;
    result.at = "2026-03-15T00:00:00Z";
    result.actor = "tester";
    result.message = message;
    result.action = "partner.update";
    result.name = name;
    result.former_name = std::move(former_name);
    result.after = R"({"primary_domain":")" + name + R"("})";
    return result;
}

void record(store::Store& store, const std::vector<core::HistoryEntry>& entries) {
    const auto writer = store.write();
    writer->record(entries);
    writer->commit();
}

Strings messages(store::Store& store, const store::HistoryQuery& query) {
    Strings messages;
    for (const auto& each : all_history(store, query)) {
        messages.push_back(each.message);
    }
    return messages;
}

}  // namespace

TEST_CASE("entries that are recorded together share a revision") {
    EmptyStore store;
    INFO(store.name());
    record(*store, {entry("first", "a.example")});
    record(*store, {entry("second", "b.example"), entry("third", "c.example", "b.example")});
    const auto entries = all_history(*store);
    REQUIRE(entries.size() == 3);
    const auto& newest = entries.front();
    CHECK(newest.sequence == 3);
    CHECK(newest.store_revision == 2);
    CHECK(newest.at == "2026-03-15T00:00:00Z");
    CHECK(newest.actor == "tester");
    CHECK(newest.message == "third");
    CHECK(newest.action == "partner.update");
    CHECK(newest.subject == core::Subject::partner);
    CHECK(newest.name == "c.example");
    CHECK(newest.former_name == "b.example");
    CHECK_FALSE(newest.before);
    CHECK(newest.after == R"({"primary_domain":"c.example"})");
    CHECK(entries[1].sequence == 2);
    CHECK(entries[1].store_revision == 2);
    CHECK(entries[2].store_revision == 1);
    CHECK(store->read()->summary().store_revision == 2);
    CHECK(store->read()->summary().history_entries == 3);
}

TEST_CASE("the history is asked by partner and length, newest first") {
    EmptyStore store;
    INFO(store.name());
    auto edge = entry("edge", "a.example");
    edge.subject = core::Subject::edge;
    record(*store, {entry("1", "a.example")});
    record(*store, {entry("2", "b.example"), edge});
    record(*store, {entry("3", "c.example", "a.example")});
    record(*store, {entry("4", "a.example")});
    struct Row {
        store::HistoryQuery query;
        Strings expected;
    };
    const std::vector<Row> rows{
        {{}, {"4", "3", "edge", "2", "1"}},
        {{.partner = "a.example", .limit = {}}, {"4", "3", "1"}},
        {{.partner = "c.example", .limit = {}}, {"3", "1"}},  // and not 4: the former name is another's by then
        {{.partner = "nobody.example", .limit = {}}, {}},
        {{.partner = {}, .limit = 2}, {"4", "3"}},
        {{.partner = "a.example", .limit = 2}, {"4", "3"}},
        {{.partner = {}, .limit = 0}, {}},
        {{.partner = {}, .limit = 99}, {"4", "3", "edge", "2", "1"}},
    };
    for (const auto& [query, expected] : rows) {
        CHECK(messages(*store, query) == expected);
        auto all = query;
        all.limit.reset();
        const auto count = static_cast<std::int64_t>(messages(*store, all).size());
        CHECK(store->read()->count_history(query) == count);
    }
    Strings seen;
    store->read()->visit_history({}, [&](const core::HistoryEntry& each) {
        seen.push_back(each.message);
        return false;
    });
    CHECK(seen == Strings{"4"});
}

TEST_CASE("the history is asked by who did what and when, by all conditions together") {
    EmptyStore store;
    INFO(store.name());
    auto entries = std::vector{entry("1", "a.example"), entry("2", "b.example"), entry("3", "a.example")};
    entries[1].actor = "somebody";
    entries[2].action = "partner.remove";
    record(*store, {entries[0], entries[1]});
    entries[2].at = "2026-03-16T00:00:00Z";
    record(*store, {entries[2]});
    struct Row {
        store::HistoryQuery query;
        Strings expected;
    };
    const std::vector<Row> rows{
        {{.actor = "tester"}, {"3", "1"}},
        {{.actor = "Tester"}, {}},
        {{.action = "partner.remove"}, {"3"}},
        {{.commit = 1}, {"2", "1"}},
        {{.commit = 3}, {}},
        {{.since = "2026-03-16T00:00:00Z"}, {"3"}},
        {{.since = "2026-03-16T00:00:01Z"}, {}},
        {{.until = "2026-03-15T00:00:00Z"}, {"2", "1"}},
        {{.until = "2026-03-14T23:59:59Z"}, {}},
        {{.since = "2026-03-15T00:00:00Z", .until = "2026-03-16T00:00:00Z", .limit = 2}, {"3", "2"}},
        {{.partner = "a.example", .actor = "tester", .commit = 1}, {"1"}},
        {{.partner = "b.example", .actor = "tester"}, {}},
    };
    for (const auto& [query, expected] : rows) {
        CHECK(messages(*store, query) == expected);
        CHECK(store->read()->count_history(query) >= static_cast<std::int64_t>(expected.size()));
    }
    CHECK(store->read()->count_history({.actor = "tester", .limit = 1}) == 2);
}

TEST_CASE("what somebody did by sudo is found by either name") {
    EmptyStore store;
    INFO(store.name());
    auto entries = std::vector{entry("1", "a.example"), entry("2", "a.example"), entry("3", "a.example")};
    entries[0].actor = "root (sudo by alice)";
    entries[1].actor = "root";
    entries[2].actor = "alice";
    record(*store, entries);
    CHECK(messages(*store, {.actor = "alice"}) == Strings{"3", "1"});
    CHECK(messages(*store, {.actor = "root"}) == Strings{"2", "1"});
    CHECK(messages(*store, {.actor = "root (sudo by alice)"}) == Strings{"1"});
    for (const auto* name : {"lic", "alic_", "%", "root (sudo by ali", "sudo"}) {
        CHECK(messages(*store, {.actor = name}).empty());
    }
}

TEST_CASE("the history of a certificate request is asked by its number") {
    EmptyStore store;
    INFO(store.name());
    auto of_request = entry("request", "7");
    of_request.subject = core::Subject::cert_request;
    auto of_another = entry("another", "8");
    of_another.subject = core::Subject::cert_request;
    record(*store, {of_request, of_another, entry("partner", "7")});
    CHECK(messages(*store, {.request = 7}) == Strings{"request"});
    CHECK(messages(*store, {.request = 9}).empty());
    CHECK(store->read()->count_history({.request = 8}) == 1);
}

TEST_CASE("a commit is visited oldest first, and nothing beside it") {
    EmptyStore store;
    INFO(store.name());
    const auto record_twice = [&](const Strings& first, const Strings& second) {
        const auto writer = store->write();
        std::int64_t revision = 0;
        for (const auto& batch : {first, second}) {
            std::vector<core::HistoryEntry> entries;
            for (const auto& message : batch) {
                entries.push_back(entry(message, "a.example"));
            }
            revision = writer->record(entries);
        }
        writer->commit();
        return revision;
    };
    const auto one = record_twice({"1", "2"}, {"3"});
    const auto two = record_twice({"4"}, {"5", "6"});
    CHECK(two == one + 1);
    CHECK(store->read()->store_revision() == two);
    const auto visited = [&](std::int64_t revision) {
        std::string messages;
        store->read()->visit_commit(revision, [&](const core::HistoryEntry& each) {
            messages += each.message;
            return each.message != "5";
        });
        return messages;
    };
    CHECK(visited(one) == "123");
    CHECK(visited(two) == "45");
    CHECK(visited(two + 1).empty());
}

TEST_CASE("every entry of a large commit is recorded, in its order") {
    EmptyStore store;
    INFO(store.name());
    std::vector<core::CommittedPartner> partners;
    for (int number = 100; number < 223; ++number) {
        partners.push_back(test::partner("p" + std::to_string(number) + ".example"));
    }
    test::commit(*store, partners);
    auto history = test::all_history(*store);
    REQUIRE(history.size() == partners.size());
    std::ranges::reverse(history);  // oldest first
    for (std::size_t i = 0; i < history.size(); ++i) {
        CHECK(history[i].sequence == static_cast<std::int64_t>(i) + 1);
        CHECK(history[i].store_revision == 1);
        CHECK(history[i].name == partners[i].primary_domain);
    }
    CHECK(store->read()->check({}).empty());
}
