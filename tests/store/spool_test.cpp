// The contract of store/spool.hpp, held against each implementation.

#include <fmt/format.h>
#include <catch2/catch.hpp>

#include "tests/support/every_store.hpp"
#include "tests/support/partners.hpp"

using namespace xmppfed;
using test::EmptyStore;
using test::partner;
using Strings = std::vector<std::string>;
using Claims = std::vector<core::Claim>;

namespace {

std::vector<store::Pairing> pairs_of(store::Comparison& comparison) {
    std::vector<store::Pairing> pairs;
    comparison.visit_pairs([&](store::Pairing pair) { pairs.push_back(std::move(pair)); });
    return pairs;
}

Strings unnamed(store::Comparison& comparison) {
    Strings names;
    comparison.visit_unnamed([&](const core::CommittedPartner& each) {
        names.push_back(each.primary_domain);
        for (const auto& domain : each.additional_domains) {
            names.push_back(domain);
        }
    });
    return names;
}

}  // namespace

TEST_CASE("what is wanted meets what is stored, in the order of names") {
    EmptyStore store;
    INFO(store.name());
    test::commit(*store, {partner("b.example", {"x.b.example"}), partner("d.example")});
    const auto reader = store->read();
    const auto spool = store->spool();
    auto full = partner("c.example", {"y.c.example", "z.c.example"});
    full.description = "line\n\U0001F600";
    full.proxy_fqdn = "p.example";
    full.connection_limit = 7;
    full.keepalive = false;
    spool->add(full, "1:2 ");
    spool->add(partner("b.example"), "3:4 ");
    spool->add(partner("a.example"), "");
    const auto comparison = reader->compare(*spool, /*unnamed_go=*/false);
    const auto pairs = pairs_of(*comparison);
    REQUIRE(pairs.size() == 3);
    CHECK(pairs[0].wanted.primary_domain == "a.example");
    CHECK_FALSE(pairs[0].before);
    REQUIRE(pairs[1].before);
    CHECK(*pairs[1].before == *reader->partner("b.example"));
    CHECK(pairs[1].places == "3:4 ");
    CHECK(pairs[2].wanted == static_cast<const core::Partner&>(full));
    CHECK(unnamed(*comparison) == Strings{"d.example"});
}

TEST_CASE("rivals are those who hold a domain when everything is committed") {
    EmptyStore store;
    INFO(store.name());
    test::commit(*store, {partner("a.example", {"x.example"}), partner("b.example", {"y.example"}),
                          partner("c.example", {"z.example"})});
    const auto reader = store->read();
    const auto spool = store->spool();
    spool->add(partner("a.example", {"y.example", "z.example"}), "");
    spool->add(partner("b.example", {"x.example"}), "");
    spool->add(partner("e.example", {"x.example"}), "");
    SECTION("others stay") {
        const auto comparison = reader->compare(*spool, /*unnamed_go=*/false);
        const auto pairs = pairs_of(*comparison);
        CHECK(pairs[0].rivals == Claims{{"z.example", "c.example"}});
        CHECK(pairs[1].rivals == Claims{{"x.example", "e.example", true}});
        CHECK(pairs[2].rivals == Claims{{"x.example", "b.example", true}});
        CHECK(comparison->claims_of_unnamed(Strings{"z.example", "x.example"}) == Claims{{"z.example", "c.example"}});
    }
    SECTION("others go") {
        const auto comparison = reader->compare(*spool, /*unnamed_go=*/true);
        CHECK(pairs_of(*comparison)[0].rivals.empty());
    }
}

TEST_CASE("one name wanted twice is told, and is not its own rival") {
    EmptyStore store;
    INFO(store.name());
    const auto reader = store->read();
    const auto spool = store->spool();
    for (int i = 0; i < 3; ++i) {
        spool->add(partner("a.example", {"x.example", "x.example"}), "");
    }
    const auto comparison = reader->compare(*spool, /*unnamed_go=*/false);
    const auto pairs = pairs_of(*comparison);
    REQUIRE(pairs.size() == 3);
    CHECK_FALSE(pairs[0].is_repeated);
    CHECK(pairs[1].is_repeated);
    CHECK(pairs[2].is_repeated);
    for (const auto& pair : pairs) {
        CHECK(pair.rivals.empty());
    }
}

TEST_CASE("many who want one domain have one rival each") {
    EmptyStore store;
    INFO(store.name());
    const auto reader = store->read();
    const auto spool = store->spool();
    for (int i = 0; i < 50; ++i) {
        spool->add(partner("p" + std::to_string(i) + ".example", {"x.example"}), "");
    }
    const auto comparison = reader->compare(*spool, /*unnamed_go=*/false);
    for (const auto& pair : pairs_of(*comparison)) {
        REQUIRE(pair.rivals.size() == 1);
        CHECK(pair.rivals[0].partner != pair.wanted.primary_domain);
    }
}

TEST_CASE("chosen partners exchange their domains in one commit") {
    EmptyStore store;
    INFO(store.name());
    test::commit(*store, {partner("a.example", {"x.example"}), partner("b.example", {"y.example"})});
    {
        const auto writer = store->write();
        const auto spool = store->spool();
        spool->add(partner("a.example", {"y.example"}), "");
        spool->add(partner("b.example", {"x.example"}), "");
        spool->add(partner("c.example"), "");
        const auto comparison = writer->compare(*spool, /*unnamed_go=*/false);
        comparison->visit_pairs([&](const store::Pairing& pair) {
            if (pair.before) {
                auto kept = *pair.before;
                static_cast<core::Partner&>(kept) = pair.wanted;
                kept.revision = 9;
                kept.created_at = "2026-01-01T00:00:00Z";
                kept.updated_at = "2026-01-02T00:00:00Z";
                comparison->choose(pair.before, kept);
            }
        });
        writer->put_chosen(*comparison);
        writer->commit();
    }
    const auto partners = test::all_partners(*store);
    REQUIRE(partners.size() == 2);
    CHECK(partners[0].additional_domains == Strings{"y.example"});
    CHECK(partners[0].revision == 9);
    CHECK(partners[0].created_at == "2026-01-01T00:00:00Z");
    CHECK(partners[0].updated_at == "2026-01-02T00:00:00Z");
    CHECK(partners[1].additional_domains == Strings{"x.example"});
    const auto reader = store->read();
    CHECK(reader->claims_on(Strings{"a.example", "x.example"}) ==
          Claims{{"a.example", "a.example"}, {"x.example", "b.example"}});
}

TEST_CASE("any number of partners is chosen as they are visited, of those that are there and of new ones") {
    EmptyStore store;
    INFO(store.name());
    const auto named = [](int number, const char* domain) {
        const auto name = fmt::format("p{:03}.example", number);
        return partner(name, {fmt::format("{}.{}", domain, name)});
    };
    constexpr int count = 200;
    std::vector<core::CommittedPartner> stored;
    for (int i = 0; i < count; i += 2) {
        stored.push_back(named(i, i % 4 == 0 ? "same" : "former"));
    }
    test::commit(*store, stored);
    std::vector<core::CommittedPartner> wanted;
    {
        const auto writer = store->write();
        const auto spool = store->spool();
        for (int i = count - 1; i >= 0; --i) {
            spool->add(named(i, "same"), "");
        }
        const auto comparison = writer->compare(*spool, /*unnamed_go=*/false);
        comparison->visit_pairs([&](const store::Pairing& pair) {
            CHECK(pair.before.has_value() == (wanted.size() % 2 == 0));
            const auto& after = wanted.emplace_back(core::committed(pair.wanted, pair.before, "2026-01-02T00:00:00Z"));
            comparison->choose(pair.before, after);
        });
        writer->put_chosen(*comparison);
        writer->commit();
    }
    CHECK(test::all_partners(*store) == wanted);
    const auto reader = store->read();
    CHECK(reader->claims_on(Strings{"former.p002.example", "same.p002.example", "same.p003.example"}) ==
          Claims{{"same.p002.example", "p002.example"}, {"same.p003.example", "p003.example"}});
    CHECK(reader->summary().partners == count);
}

TEST_CASE("a spool is compared with one view after the other") {
    EmptyStore store;
    INFO(store.name());
    const auto spool = store->spool();
    spool->add(partner("a.example", {"x.example"}), "");
    spool->add(partner("b.example", {"x.example"}), "");
    const auto look = [&](bool is_stored) {
        const auto reader = store->read();
        const auto comparison = reader->compare(*spool, /*unnamed_go=*/false);
        const auto pairs = pairs_of(*comparison);
        REQUIRE(pairs.size() == 2);
        CHECK(pairs[0].before.has_value() == is_stored);
        CHECK(pairs[0].rivals == Claims{{"x.example", "b.example", true}});
        CHECK(unnamed(*comparison) == (is_stored ? Strings{"c.example"} : Strings{}));
    };
    look(/*is_stored=*/false);
    test::commit(*store, {partner("a.example"), partner("c.example")});
    look(/*is_stored=*/true);
}

TEST_CASE("only what was chosen in the comparison at hand is put") {
    EmptyStore store;
    INFO(store.name());
    const auto spool = store->spool();
    spool->add(partner("a.example"), "");
    (void)store->read()->compare(*spool, /*unnamed_go=*/false)->choose({}, partner("a.example"));
    const auto writer = store->write();
    const auto comparison = writer->compare(*spool, /*unnamed_go=*/false);
    writer->put_chosen(*comparison);
    CHECK_FALSE(writer->partner("a.example"));
}

TEST_CASE("a spool holds nobody up, and no rollback undoes it") {
    EmptyStore store;
    INFO(store.name());
    const auto spool = store->spool();
    spool->add(partner("a.example"), "");
    test::commit(*store, {partner("b.example")});
    spool->add(partner("b.example"), "");
    { const auto writer = store->write(); }
    const auto reader = store->read();
    CHECK(pairs_of(*reader->compare(*spool, /*unnamed_go=*/false)).size() == 2);
}

TEST_CASE("what is far apart and what is close by meet alike") {
    EmptyStore store;
    INFO(store.name());
    const auto name = [](int number) { return "p" + std::to_string(100 + number) + ".example"; };
    std::vector<core::CommittedPartner> stored;
    for (int number = 0; number < 100; ++number) {
        stored.push_back(partner(name(number), {"x." + name(number), "y." + name(number)}));
    }
    test::commit(*store, stored);
    const auto spool = store->spool();
    for (const int number : {99, 60, 2, 1, 40}) {
        spool->add(partner(name(number)), "");
        spool->add(partner("q" + name(number), {"y." + name(number + (number == 99 ? -1 : 1))}), "");
    }
    const auto reader = store->read();
    const auto comparison = reader->compare(*spool, /*unnamed_go=*/false);
    int met = 0;
    int rivals = 0;
    for (const auto& pair : pairs_of(*comparison)) {
        met += pair.before && pair.before == reader->partner(pair.wanted.primary_domain) ? 1 : 0;
        rivals += static_cast<int>(pair.rivals.size());
    }
    CHECK(met == 5);
    CHECK(rivals == 4);  // what 1 wants of 2 is free, for 2 is wanted without it
    CHECK(unnamed(*comparison).size() == std::size_t{95} * 3);
}
