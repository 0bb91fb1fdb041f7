#include <catch2/catch.hpp>

#include "store/open.hpp"
#include "tests/support/files.hpp"
#include "tests/support/partners.hpp"
#include "tests/support/test_world.hpp"

using namespace xmppfed;
using Catch::Matchers::Contains;
using test::partner;

TEST_CASE("the check finds what was written past the program") {
    struct Row {
        const char* sql;
        const char* finding;
        const char* partner;
    };
    const auto row = GENERATE(values<Row>({
        {"INSERT INTO claim VALUES ('lost.example', 'nobody.example')",
         "the domain 'lost.example' is claimed by 'nobody.example', which is no partner", ""},
        {"DELETE FROM claim WHERE domain = 'a.example'", "the partner 'a.example' does not claim its primary domain",
         "a.example"},
        {"UPDATE claim SET partner = 'b.example' WHERE domain = 'a.example'",
         "the partner 'a.example' does not claim its primary domain", "a.example"},
        {"DELETE FROM claim WHERE domain = 'x.example'", "the partner 'a.example' is not what was last committed",
         "a.example"},
        {"UPDATE partner SET description = 'other' WHERE primary_domain = 'a.example'",
         "the partner 'a.example' is not what was last committed", "a.example"},
        {"UPDATE partner SET revision = 2 WHERE primary_domain = 'b.example'",
         "the partner 'b.example' is not what was last committed", "b.example"},
        {"DELETE FROM history WHERE name = 'b.example'", "the partner 'b.example' is not what was last committed",
         "b.example"},
        {"DELETE FROM claim WHERE partner = 'b.example'; DELETE FROM partner WHERE primary_domain = 'b.example'",
         "the partner 'b.example' was committed and never removed, but is not there", "b.example"},
        {"UPDATE store SET revision = 9", "the store is at revision 9, but its history at 1", ""},
        {"UPDATE history SET store_revision = 5", "the store is at revision 1, but its history at 5", ""},
        {"UPDATE partner SET tls = 'not-supported' WHERE primary_domain = 'a.example'",
         "CHECK constraint failed in partner", ""},
        {"UPDATE partner SET sasl = 'not-supported' WHERE primary_domain = 'a.example'",
         "CHECK constraint failed in partner", ""},
        {"UPDATE partner SET type = 'friend' WHERE primary_domain = 'a.example'",
         "the partner 'a.example' cannot be read", "a.example"},
        {"DELETE FROM store", "the database is damaged", ""},
    }));
    INFO(row.sql);
    const test::TemporaryDirectory directory;
    const auto path = directory / "store.db";
    store::create(path);
    test::commit(*store::open({.path = path, .now = test::some_time}),
                 {partner("a.example", {"x.example"}), partner("b.example")});
    REQUIRE(store::open({.path = path, .now = test::some_time})->read()->check().empty());
    test::force_sql(path, row.sql);

    const auto findings = store::open({.path = path, .now = test::some_time})->read()->check();
    std::string all;
    for (const auto& finding : findings) {
        all += finding.message + " / " + finding.partner + "\n";
        CHECK(finding.severity == core::Severity::error);
        CHECK_FALSE(finding.hint.empty());
    }
    CHECK_THAT(all, Contains(row.finding));
    CHECK_THAT(all, Contains(std::string{" / "} + row.partner + "\n"));
}

TEST_CASE("an index that misses a row is found") {
    const test::TemporaryDirectory directory;
    const auto path = directory / "store.db";
    store::create(path);
    test::commit(*store::open({.path = path, .now = test::some_time}), {partner("a.example", {"x.example"})});
    const auto page =
        std::stoul(test::query_sql(path, "SELECT rootpage FROM sqlite_schema WHERE name = 'claim_by_partner'"));
    auto bytes = test::read_file(path);
    constexpr std::size_t page_size = 4096;
    constexpr std::size_t cell_count_offset = 3;
    bytes[(page - 1) * page_size + cell_count_offset] = 0;
    bytes[(page - 1) * page_size + cell_count_offset + 1] = 0;
    test::write_file(path, bytes);
    const auto findings = store::open({.path = path, .now = test::some_time})->read()->check();
    REQUIRE_FALSE(findings.empty());
    CHECK_THAT(findings.front().message, Contains("the database is damaged"));
}

TEST_CASE("renames and removals are followed through the history") {
    const test::TemporaryDirectory directory;
    const auto path = directory / "store.db";
    store::create(path);
    const auto store = store::open({.path = path, .now = test::some_time});
    const core::Commit commit{.at = "2026-03-15T00:00:00Z", .actor = "tester", .message = {}};
    const auto a = partner("a.example");
    auto b = partner("b.example");
    b.revision = 2;
    test::commit(*store, {a});
    const auto step = [&](const core::CommittedPartner* before, const core::CommittedPartner* after) {
        const auto writer = store->write();
        if (before != nullptr) {
            writer->remove_partners(std::vector{before->primary_domain});
        }
        if (after != nullptr) {
            writer->put_partners(std::vector{*after});
        }
        writer->record(std::vector{core::partner_entry(commit, before, after)});
        writer->commit();
    };
    step(&a, &b);
    CHECK(store->read()->check().empty());
    step(nullptr, &a);  // the former name is free for another partner
    CHECK(store->read()->check().empty());
    step(&b, nullptr);
    CHECK(store->read()->check().empty());
}
