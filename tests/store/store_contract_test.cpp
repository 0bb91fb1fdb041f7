// The contract of store/store.hpp, held against each implementation of it.

#include <functional>

#include <catch2/catch.hpp>

#include "store/open.hpp"
#include "store/sqlite/migrations.hpp"
#include "tests/support/files.hpp"
#include "tests/support/partners.hpp"

using namespace xmppfed;
using test::all_history;
using test::all_partners;
using test::partner;

namespace {

using Strings = std::vector<std::string>;
using Claims = std::vector<core::Claim>;

struct Implementation {
    const char* name;
    std::function<std::unique_ptr<store::Store>(const test::TemporaryDirectory&)> make;
};

const std::vector<Implementation>& implementations() {
    static const std::vector<Implementation> all{
        {"SQLite in memory", [](const auto&) { return store::open_in_memory(test::some_time); }},
        {"SQLite at a file",
         [](const auto& directory) {
             store::create(directory / "store.db");
             return store::open({.path = directory / "store.db", .now = test::some_time});
         }},
    };
    return all;
}

/// An empty store of the implementation whose turn it is.
class EmptyStore {
  public:
    EmptyStore() : which_{GENERATE(range(std::size_t{0}, implementations().size()))} {}

    store::Store& operator*() { return *store_; }
    store::Store* operator->() { return store_.get(); }
    [[nodiscard]] const char* name() const { return implementations()[which_].name; }

  private:
    std::size_t which_;
    test::TemporaryDirectory directory_;
    std::unique_ptr<store::Store> store_ = implementations()[which_].make(directory_);
};

Strings names(store::Store& store) {
    Strings names;
    for (const auto& each : all_partners(store)) {
        names.push_back(each.primary_domain);
    }
    return names;
}

void put(store::Store& store, const std::vector<core::CommittedPartner>& partners) {
    const auto writer = store.write();
    writer->put_partners(partners);
    writer->commit();
}

Claims claims_on(store::Store& store, const Strings& domains) {
    return store.read()->claims_on(domains);
}

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

TEST_CASE("a new store is empty and sound") {
    EmptyStore store;
    INFO(store.name());
    store->write()->commit();
    const auto reader = store->read();
    const auto summary = reader->summary();
    CHECK(summary.schema_version == store::migrations().back().version);
    CHECK(summary.store_revision == 0);
    CHECK(summary.partners == 0);
    CHECK(summary.history_entries == 0);
    CHECK(summary.created_at == "2026-03-15T00:00:00Z");
    CHECK_FALSE(reader->partner("fabrikam.com"));
    CHECK(reader->claims_on(Strings{"fabrikam.com"}).empty());
    CHECK(reader->check({}).empty());
}

TEST_CASE("a reader sets up a store that nobody has written to") {
    EmptyStore store;
    INFO(store.name());
    CHECK(names(*store).empty());
    CHECK(store->read()->summary().partners == 0);
}

TEST_CASE("a partner comes back as it was put") {
    EmptyStore store;
    INFO(store.name());
    auto plain = partner("fabrikam.com");
    auto full = partner("xn--bcher-kva.example", {"a.example", "b.example"});
    full.description = "line\nline\t\"'; DROP TABLE partner; -- \U0001F600";
    full.type = core::PartnerType::public_verified;
    full.negotiation = {core::Level::optional, core::Level::not_supported, true};
    full.proxy_fqdn = "proxy.example";
    full.connection_limit = 4294967295;
    full.keepalive = false;
    full.enabled = false;
    full.revision = 9007199254740993;
    full.created_at = "2025-01-01T00:00:00Z";
    put(*store, {plain, full});
    CHECK(store->read()->partner(plain.primary_domain) == plain);
    CHECK(store->read()->partner(full.primary_domain) == full);
    CHECK_FALSE(store->read()->partner("a.example"));  // claimed, but no primary domain
    CHECK_FALSE(store->read()->partner("Fabrikam.com"));
    CHECK(all_partners(*store) == std::vector{plain, full});
}

TEST_CASE("a description keeps its longest length in any script") {
    EmptyStore store;
    INFO(store.name());
    auto wordy = partner("fabrikam.com");
    for (int i = 0; i < 1024; ++i) {
        wordy.description += "\U0001F600";
    }
    put(*store, {wordy});
    CHECK(store->read()->partner("fabrikam.com") == wordy);
}

TEST_CASE("partners are visited by the bytes of their primary domains") {
    EmptyStore store;
    INFO(store.name());
    const Strings sorted{"1.example", "a-b.example", "a.example", "aa.example", "b.a.example", "xn--a", "zz"};
    for (const auto i : {4, 0, 6, 2, 5, 1, 3}) {
        auto each = partner(sorted[static_cast<std::size_t>(i)], {"additional-" + std::to_string(i)});
        each.description = std::to_string(9 - i);  // no other column has the same order
        put(*store, {each});
    }
    CHECK(names(*store) == sorted);
    for (const auto& each : all_partners(*store)) {
        CHECK(each.additional_domains.size() == 1);
    }
}

TEST_CASE("a visit ends when the visitor says so") {
    EmptyStore store;
    INFO(store.name());
    put(*store, {partner("a.example"), partner("b.example"), partner("c.example")});
    Strings seen;
    store->read()->visit_partners([&](const auto& each) {
        seen.push_back(each.primary_domain);
        return seen.size() < 2;
    });
    CHECK(seen == Strings{"a.example", "b.example"});
}

TEST_CASE("claims tell who holds a domain") {
    EmptyStore store;
    INFO(store.name());
    put(*store, {partner("b.example", {"a.example"}), partner("c.example")});
    CHECK(claims_on(*store, {}).empty());
    CHECK(claims_on(*store, {"c.example", "nobody.example", "b.example", "a.example", "b.example"}) ==
          Claims{{"a.example", "b.example"}, {"b.example", "b.example"}, {"c.example", "c.example"}});
}

TEST_CASE("putting a partner again replaces it and its claims") {
    EmptyStore store;
    INFO(store.name());
    put(*store, {partner("a.example", {"old.example", "stays.example"})});
    auto changed = partner("a.example", {"new.example", "stays.example"});
    changed.description = "changed";
    put(*store, {changed});
    CHECK(all_partners(*store) == std::vector{changed});
    CHECK(claims_on(*store, {"old.example"}).empty());
    CHECK(claims_on(*store, {"new.example"}) == Claims{{"new.example", "a.example"}});
    put(*store, {partner("b.example", {"old.example"})});  // free for others
    CHECK(claims_on(*store, {"old.example"}) == Claims{{"old.example", "b.example"}});
}

TEST_CASE("partners exchange domains in one call") {
    EmptyStore store;
    INFO(store.name());
    put(*store, {partner("a.example", {"one.example", "x.example"}), partner("b.example", {"two.example"})});
    const std::vector swapped{partner("a.example", {"two.example"}),
                              partner("b.example", {"one.example", "x.example"})};
    put(*store, swapped);
    CHECK(all_partners(*store) == swapped);
    CHECK(claims_on(*store, {"one.example", "two.example"}) ==
          Claims{{"one.example", "b.example"}, {"two.example", "a.example"}});
}

TEST_CASE("a domain that another partner claims cannot be put, and nothing else is") {
    EmptyStore store;
    INFO(store.name());
    put(*store, {partner("a.example", {"x.example"})});
    {
        const auto writer = store->write();
        const std::vector thieves{partner("b.example"), partner("c.example", {"x.example"})};
        CHECK_THROWS_AS(writer->put_partners(thieves), core::Error);
    }
    CHECK(names(*store) == Strings{"a.example"});
}

TEST_CASE("removing partners frees their domains and ignores those that are not there") {
    EmptyStore store;
    INFO(store.name());
    put(*store, {partner("a.example", {"x.example"}), partner("b.example"), partner("c.example")});
    {
        const auto writer = store->write();
        writer->remove_partners(Strings{"a.example", "nobody.example", "c.example", "x.example"});
        writer->commit();
    }
    CHECK(names(*store) == Strings{"b.example"});
    CHECK(claims_on(*store, {"a.example", "c.example", "x.example"}).empty());
}

TEST_CASE("a partner gets another primary domain in one unit") {
    EmptyStore store;
    INFO(store.name());
    put(*store, {partner("a.example", {"x.example"})});
    const auto renamed = partner("x.example", {"a.example"});
    {
        const auto writer = store->write();
        writer->remove_partners(Strings{"a.example"});
        writer->put_partners(std::vector{renamed});
        writer->commit();
    }
    CHECK(all_partners(*store) == std::vector{renamed});
}

TEST_CASE("a writer sees what it wrote") {
    EmptyStore store;
    INFO(store.name());
    const auto writer = store->write();
    writer->put_partners(std::vector{partner("a.example", {"x.example"})});
    CHECK(writer->partner("a.example") == partner("a.example", {"x.example"}));
    CHECK(writer->claims_on(Strings{"x.example"}) == Claims{{"x.example", "a.example"}});
    CHECK(writer->summary().partners == 1);
}

TEST_CASE("a writer that is destroyed leaves nothing behind") {
    EmptyStore store;
    INFO(store.name());
    test::commit(*store, {partner("a.example", {"x.example"})});
    {
        const auto writer = store->write();
        writer->remove_partners(Strings{"a.example"});
        writer->put_partners(std::vector{partner("b.example", {"x.example"})});
        writer->record(std::vector{entry("undone", "b.example")});
    }
    CHECK(all_partners(*store) == std::vector{partner("a.example", {"x.example"})});
    CHECK(all_history(*store).size() == 1);
    CHECK(store->read()->summary().store_revision == 1);
    CHECK(store->read()->check({}).empty());
}

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

TEST_CASE("what was committed with its history passes the check") {
    EmptyStore store;
    INFO(store.name());
    test::commit(*store, {partner("a.example", {"x.example"}), partner("b.example")});
    auto changed = partner("a.example");
    changed.revision = 2;
    test::commit(*store, {changed});
    CHECK(store->read()->check({}).empty());
    const auto summary = store->read()->summary();
    CHECK(summary.partners == 2);
    CHECK(summary.history_entries == 3);
    CHECK(summary.store_revision == 2);
}

TEST_CASE("a partner has as many domains as it is allowed") {
    EmptyStore store;
    INFO(store.name());
    Strings domains;
    for (int i = 1000; i < 2000; ++i) {
        domains.push_back("d" + std::to_string(i) + ".example");
    }
    const auto large = partner("a.example", domains);
    put(*store, {large, partner("b.example")});
    CHECK(store->read()->partner("a.example") == large);
    CHECK(claims_on(*store, domains).size() == 1000);
    put(*store, {partner("a.example")});
    CHECK(claims_on(*store, domains).empty());
}
