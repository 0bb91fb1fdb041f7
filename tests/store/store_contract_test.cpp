// The contract of store/store.hpp, held against each implementation of it.

#include <algorithm>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "core/partner/partner_fields.hpp"
#include "store/rows/columns.hpp"
#include "store/site.hpp"
#include "tests/support/entities.hpp"
#include "tests/support/every_store.hpp"
#include "tests/support/partners.hpp"
#include "tests/support/sites.hpp"

using namespace xmppfed;
using store::Domains;
using test::all_history;
using test::all_partners;
using test::EmptyStore;
using test::partner;

namespace {

using Strings = std::vector<std::string>;
using Claims = std::vector<core::Claim>;

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

}  // namespace

TEST_CASE("a new store is empty and sound") {
    EmptyStore store;
    INFO(store.name());
    store->write()->commit();
    const auto reader = store->read();
    const auto summary = reader->summary();
    CHECK(summary.schema_version >= 1);
    CHECK(summary.store_revision == 0);
    CHECK(summary.partners == 0);
    CHECK(summary.history_entries == 0);
    CHECK(summary.created_at == "2026-03-15T00:00:00Z");
    CHECK_FALSE(reader->partner("fabrikam.com"));
    CHECK(reader->claims_on(Strings{"fabrikam.com"}).empty());
    CHECK(reader->check({}).empty());
}

TEST_CASE("partners are visited in the order of any key, in both directions") {
    EmptyStore store;
    INFO(store.name());
    auto b = partner("b.example", {"a.b.example", "c.b.example"});
    b.connection_limit = 10;
    b.description = "z";
    b.type = core::PartnerType::federated;
    b.enabled = false;
    auto c = partner("c.example", {"a.b"});
    c.connection_limit = 9;
    c.proxy_fqdn = "p.example";
    c.negotiation.dialback = true;
    auto d = partner("d.example", {"a.b.c"});
    d.revision = 7;
    d.created_at = "2026-03-14T00:00:00Z";
    d.description = "Z";
    put(*store, {partner("a.example"), b, c, d, partner("e.example")});
    std::vector<std::string_view> keys;
    std::ranges::transform(core::partner_fields(), std::back_inserter(keys), &core::PartnerField::key);
    std::ranges::copy(core::kept_partner_keys(), std::back_inserter(keys));
    const auto stored = all_partners(*store);
    for (const auto key : keys) {
        for (const bool is_descending : {false, true}) {
            INFO(key << (is_descending ? " descending" : ""));
            auto expected = stored;
            const auto value = [&](const auto& each) { return core::to_json(each).at(key); };
            std::ranges::stable_sort(expected, [&](const auto& left, const auto& right) {
                return is_descending ? value(right) < value(left) : value(left) < value(right);
            });
            std::vector<core::CommittedPartner> visited;
            store->read()->visit_sorted_partners({.key = key, .is_descending = is_descending}, [&](const auto& each) {
                visited.push_back(each);
                return true;
            });
            CHECK(visited == expected);
        }
    }
    std::size_t count = 0;
    store->read()->visit_sorted_partners({.key = "revision"}, [&](const auto& /*each*/) { return ++count < 2; });
    CHECK(count == 2);
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

TEST_CASE("nobody else claims the primary domain of a partner in a sound store") {
    EmptyStore store;
    INFO(store.name());
    put(*store, {partner("b.example", {"a.example"}), partner("c.example"), partner("d.example")});
    Strings seen;
    store->read()->visit_partners_with_rivals([&](const auto& each, const auto& rivals) {
        CHECK(rivals.empty());
        seen.push_back(each.primary_domain);
        return seen.size() < 2;
    });
    CHECK(seen == Strings{"b.example", "c.example"});
}

TEST_CASE("claims tell who holds a domain") {
    EmptyStore store;
    INFO(store.name());
    put(*store, {partner("b.example", {"a.example"}), partner("c.example")});
    CHECK(claims_on(*store, {}).empty());
    CHECK(claims_on(*store, {"c.example", "nobody.example", "b.example", "a.example", "b.example"}) ==
          Claims{{"a.example", "b.example"}, {"b.example", "b.example"}, {"c.example", "c.example"}});
}

namespace {

/// Domains that begin alike.
const std::vector several{partner("b.example", {"a.example", "x.b.example"}), partner("c.example"),
                          partner("ba.example")};

}  // namespace

TEST_CASE("claims are found by how their domains begin") {
    EmptyStore store;
    INFO(store.name());
    put(*store, several);
    const auto reader = store->read();
    CHECK(reader->claims_beginning_with("b", Domains::all, 9) ==
          Claims{{"b.example", "b.example"}, {"ba.example", "ba.example"}});
    CHECK(reader->claims_beginning_with("x", Domains::all, 9) == Claims{{"x.b.example", "b.example"}});
    CHECK(reader->claims_beginning_with("x", Domains::primary, 9).empty());
    CHECK(reader->claims_beginning_with("a", Domains::primary, 9).empty());
    CHECK(reader->claims_beginning_with("", Domains::primary, 9).size() == 3);
    CHECK(reader->claims_beginning_with("", Domains::all, 9).size() == 5);
    CHECK(reader->claims_beginning_with("%", Domains::all, 9).empty());
}

TEST_CASE("of too many claims the last one follows the first") {
    EmptyStore store;
    INFO(store.name());
    put(*store, several);
    const auto reader = store->read();
    const core::Claim first{"b.example", "b.example"};
    const core::Claim middle{"ba.example", "ba.example"};
    const core::Claim last{"c.example", "c.example"};
    CHECK(reader->claims_beginning_with("", Domains::primary, 1) == Claims{first, last});
    CHECK(reader->claims_beginning_with("", Domains::primary, 2) == Claims{first, middle, last});
    CHECK(reader->claims_beginning_with("", Domains::primary, 3) == Claims{first, middle, last});
    CHECK(reader->claims_beginning_with("b", Domains::all, 1) == Claims{first, middle});
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
        core::HistoryEntry undone;
        undone.action = "partner.create";
        undone.name = "b.example";
        undone.after = "{}";
        writer->record(std::vector{undone});
    }
    CHECK(all_partners(*store) == std::vector{partner("a.example", {"x.example"})});
    CHECK(all_history(*store).size() == 1);
    CHECK(store->read()->summary().store_revision == 1);
    CHECK(store->read()->check({}).empty());
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

TEST_CASE("each column of a partner is replaced, whether it was put or chosen") {
    EmptyStore store;
    INFO(store.name());
    const auto full = test::full_partner();
    const auto plain = partner(full.primary_domain);
    for (const auto& column : store::partner_columns().subspan(1)) {  // the first is the key
        INFO(column.name);
        put(*store, {full});
        CHECK(store->read()->partner(full.primary_domain) == full);
        auto replaced = full;
        column.set(replaced, column.get(plain), column.name);
        CHECK(replaced != full);
        put(*store, {replaced});
        CHECK(store->read()->partner(full.primary_domain) == replaced);
        {
            const auto writer = store->write();
            const auto spool = store->spool();
            spool->add(full, "");
            const auto comparison = writer->compare(*spool, /*unnamed_go=*/false);
            comparison->visit_pairs([&](const store::Pairing& pair) {
                CHECK(pair.wanted == static_cast<const core::Partner&>(full));
                CHECK(pair.before == replaced);
            });
            comparison->choose(replaced, full);
            writer->put_chosen(*comparison);
            writer->commit();
        }
        CHECK(store->read()->partner(full.primary_domain) == full);
    }
}

TEST_CASE("nobody writes beside a writer") {
    EmptyStore store;
    INFO(store.name());
    auto writer = store->write();
    CHECK_THROWS_AS(store->write(), core::Error);
    writer.reset();
    put(*store, {partner("a.example")});
    CHECK(names(*store) == Strings{"a.example"});
}

TEST_CASE("a backup holds the same in a file that was not there") {
    EmptyStore store;
    INFO(store.name());
    const test::TemporaryDirectory directory;
    test::commit(*store, {partner("a.example", {"x.example"}), partner("b.example")});
    test::commit(*store, {partner("c.example")});
    const auto request = test::full_request(core::KeyAlgorithm::ec);
    {
        const auto writer = store->write();
        writer->put_cert_request(request);
        writer->announce_key({"/a.key", "one"}, "2026-03-15T00:00:00Z");
        writer->commit();
    }
    store->backup(directory / "copy.db");
    CHECK(test::mode_of(directory / "copy.db") == 0600);
    const auto copy = test::open_store({.path = directory / "copy.db", .now = test::some_time});
    CHECK(all_partners(*copy) == all_partners(*store));
    CHECK(all_history(*copy) == all_history(*store));
    CHECK(copy->read()->summary().created_at == store->read()->summary().created_at);
    CHECK(copy->read()->cert_requests() == std::vector{request});
    CHECK(copy->read()->unfinished_keys() == std::vector<store::KeyPlace>{{"/a.key", "one"}});
    CHECK(copy->read()->check({}).size() == 1);  // the history does not tell of the request
    CHECK(test::error_of([&] { store->backup(directory / "copy.db"); }).kind == core::ErrorKind::conflict);
}
