// The contract of store/staging.hpp, held against each implementation.

#include <catch2/catch.hpp>

#include "tests/support/every_store.hpp"
#include "tests/support/partners.hpp"

using namespace xmppfed;
using test::EmptyStore;
using test::partner;
using Strings = std::vector<std::string>;
using Claims = std::vector<core::Claim>;

namespace {

std::vector<store::Pairing> pairs_of(store::Staging& staging) {
    std::vector<store::Pairing> pairs;
    staging.visit_pairs([&](store::Pairing pair) { pairs.push_back(std::move(pair)); });
    return pairs;
}

Strings unnamed(store::Staging& staging) {
    Strings names;
    staging.visit_unnamed([&](const core::CommittedPartner& each) {
        names.push_back(each.primary_domain);
        for (const auto& domain : each.additional_domains) {
            names.push_back(domain);
        }
    });
    return names;
}

}  // namespace

TEST_CASE("what is staged meets what is stored, in the order of names") {
    EmptyStore store;
    INFO(store.name());
    test::commit(*store, {partner("b.example", {"x.b.example"}), partner("d.example")});
    const auto reader = store->read();
    const auto staging = reader->stage();
    auto full = partner("c.example", {"y.c.example", "z.c.example"});
    full.description = "line\n\U0001F600";
    full.proxy_fqdn = "p.example";
    full.connection_limit = 7;
    full.keepalive = false;
    staging->add(full, "1:2 ");
    staging->add(partner("b.example"), "3:4 ");
    staging->add(partner("a.example"), "");
    staging->compare(/*unnamed_go=*/false);
    const auto pairs = pairs_of(*staging);
    REQUIRE(pairs.size() == 3);
    CHECK(pairs[0].staged.primary_domain == "a.example");
    CHECK(pairs[0].number == 3);
    CHECK_FALSE(pairs[0].before);
    REQUIRE(pairs[1].before);
    CHECK(*pairs[1].before == *reader->partner("b.example"));
    CHECK(pairs[1].places == "3:4 ");
    CHECK(pairs[2].staged == static_cast<const core::Partner&>(full));
    CHECK(unnamed(*staging) == Strings{"d.example"});
}

TEST_CASE("rivals are those who hold a domain when everything is committed") {
    EmptyStore store;
    INFO(store.name());
    test::commit(*store, {partner("a.example", {"x.example"}), partner("b.example", {"y.example"}),
                          partner("c.example", {"z.example"})});
    const auto reader = store->read();
    const auto staging = reader->stage();
    staging->add(partner("a.example", {"y.example", "z.example"}), "");
    staging->add(partner("b.example", {"x.example"}), "");
    staging->add(partner("e.example", {"x.example"}), "");
    SECTION("others stay") {
        staging->compare(/*unnamed_go=*/false);
        const auto pairs = pairs_of(*staging);
        CHECK(pairs[0].rivals == Claims{{"z.example", "c.example"}});
        CHECK(pairs[1].rivals == Claims{{"x.example", "e.example", true}});
        CHECK(pairs[2].rivals == Claims{{"x.example", "b.example", true}});
        CHECK(staging->claims_of_unnamed(Strings{"z.example", "x.example"}) == Claims{{"z.example", "c.example"}});
    }
    SECTION("others go") {
        staging->compare(/*unnamed_go=*/true);
        CHECK(pairs_of(*staging)[0].rivals.empty());
    }
}

TEST_CASE("one name staged twice is told, and is not its own rival") {
    EmptyStore store;
    INFO(store.name());
    const auto reader = store->read();
    const auto staging = reader->stage();
    for (int i = 0; i < 3; ++i) {
        staging->add(partner("a.example", {"x.example", "x.example"}), "");
    }
    staging->compare(/*unnamed_go=*/false);
    const auto pairs = pairs_of(*staging);
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
    const auto staging = reader->stage();
    for (int i = 0; i < 50; ++i) {
        staging->add(partner("p" + std::to_string(i) + ".example", {"x.example"}), "");
    }
    staging->compare(/*unnamed_go=*/false);
    for (const auto& pair : pairs_of(*staging)) {
        REQUIRE(pair.rivals.size() == 1);
        CHECK(pair.rivals[0].partner != pair.staged.primary_domain);
    }
}

TEST_CASE("chosen partners exchange their domains in one commit") {
    EmptyStore store;
    INFO(store.name());
    test::commit(*store, {partner("a.example", {"x.example"}), partner("b.example", {"y.example"})});
    {
        const auto writer = store->write();
        const auto staging = writer->stage();
        staging->add(partner("a.example", {"y.example"}), "");
        staging->add(partner("b.example", {"x.example"}), "");
        staging->add(partner("c.example"), "");
        staging->compare(/*unnamed_go=*/false);
        auto kept = partner("a.example");
        kept.revision = 9;
        kept.created_at = "2026-01-01T00:00:00Z";
        kept.updated_at = "2026-01-02T00:00:00Z";
        staging->choose(1, kept);
        staging->choose(2, kept);
        writer->put_chosen();
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

TEST_CASE("a second staging begins empty") {
    EmptyStore store;
    INFO(store.name());
    test::commit(*store, {partner("a.example")});
    const auto reader = store->read();
    {
        const auto staging = reader->stage();
        staging->add(partner("b.example"), "");
        staging->compare(/*unnamed_go=*/false);
    }
    const auto staging = reader->stage();
    staging->compare(/*unnamed_go=*/false);
    CHECK(pairs_of(*staging).empty());
    CHECK(unnamed(*staging) == Strings{"a.example"});
}
