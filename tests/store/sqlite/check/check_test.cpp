#include <catch2/catch.hpp>

#include "store/site.hpp"
#include "tests/support/files.hpp"
#include "tests/support/partners.hpp"
#include "tests/support/sites.hpp"
#include "tests/support/test_world.hpp"

using namespace xmppfed;
using Catch::Matchers::Contains;
using test::partner;

namespace {

/// A line each.
std::string messages_of(const core::Diagnostics& diagnostics) {
    std::string lines;
    for (const auto& diagnostic : diagnostics) {
        lines += diagnostic.message + "\n";
    }
    return lines;
}

}  // namespace

TEST_CASE("the check finds what was written past the program") {
    struct Row {
        const char* sql;
        const char* diagnostic;
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
        {"UPDATE store SET created_at = 'once'", "the time at which the store was made is none", ""},
        {"DELETE FROM store", "the database is damaged", ""},
        {"UPDATE partner SET description = CAST(x'ff' AS TEXT) WHERE primary_domain = 'a.example'",
         "description in the row 'a.example' of the table partner is not UTF-8", ""},
        {"UPDATE history SET actor = CAST(x'ff' AS TEXT)", "actor in the row '1' of the table history is not UTF-8",
         ""},
        {"UPDATE history SET actor = 'other' WHERE sequence = 2",
         "the row '2' of the table history is not what was written: its checksum differs", ""},
        {"UPDATE history SET actor = 'other', checksum = NULL WHERE sequence = 2", "are of one commit", ""},
        {"UPDATE history SET subject = 'weather' WHERE sequence = 1", "entry 1 of the history cannot be read", ""},
        {"INSERT INTO edge VALUES (1, 'sip.contoso.com', '', 0, '', '', '', '', '')",
         "the edge is not what was last committed", ""},
        {"DROP INDEX claim_by_partner", "its schema lacks the index claim_by_partner", ""},
        {"CREATE TABLE mine (x)", "its schema has the table mine, which no xmppfed made", ""},
        {"PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, '1024', '1025')",
         "its schema has another table partner than xmppfed makes", ""},
    }));
    INFO(row.sql);
    const test::TemporaryDirectory directory;
    const auto path = directory / "store.db";
    test::create_store(path);
    test::commit(*test::open_store({.path = path, .now = test::some_time}),
                 {partner("a.example", {"x.example"}), partner("b.example")});
    REQUIRE(test::open_store({.path = path, .now = test::some_time})->read()->check({}).empty());
    test::force_sql(path, row.sql);

    const auto diagnostics = test::open_store({.path = path, .now = test::some_time})->read()->check({});
    std::string all;
    for (const auto& diagnostic : diagnostics) {
        all += diagnostic.message + " / " + diagnostic.partner + "\n";
        CHECK(diagnostic.severity == core::Severity::error);
        CHECK_FALSE(diagnostic.hint.empty());
    }
    CHECK_THAT(all, Contains(row.diagnostic));
    CHECK_THAT(all, Contains(std::string{" / "} + row.partner + "\n"));
}

TEST_CASE("who else claims a primary domain is told of each partner") {
    const test::TemporaryDirectory directory;
    const auto path = directory / "store.db";
    test::create_store(path);
    const auto store = test::open_store({.path = path, .now = test::some_time});
    test::commit(*store, {partner("a.example", {"x.example"}), partner("b.example"), partner("c.example")});
    test::force_sql(path,
                    "UPDATE claim SET partner = 'c.example' WHERE domain = 'b.example'; "
                    "DELETE FROM claim WHERE domain = 'c.example'");
    const auto reader = store->read();
    std::vector<std::string> visited;
    std::vector<std::string> checked;
    const auto told = [](const auto& it, const auto& rivals) {
        auto text = it.primary_domain;
        for (const auto& rival : rivals) {
            text += " " + rival.domain + " " + rival.partner;
        }
        return text;
    };
    reader->visit_partners_with_rivals([&](const auto& it, const auto& rivals) {
        visited.push_back(told(it, rivals));
        return true;
    });
    const auto diagnostics = reader->check(
        {.partner = [&](const auto& it, const auto& rivals) { checked.push_back(told(it, rivals)); }, .request = {}});
    CHECK(visited == std::vector<std::string>{"a.example", "b.example b.example c.example", "c.example"});
    CHECK(checked == visited);
    const auto all = messages_of(diagnostics);
    CHECK_THAT(all, Contains("the partner 'b.example' does not claim its primary domain"));
    CHECK_THAT(all, Contains("the partner 'c.example' does not claim its primary domain"));
    CHECK_THAT(all, !Contains("'a.example' does not claim"));
}

TEST_CASE("every text of the history is looked at, and what stands behind its checksum too") {
    const test::TemporaryDirectory directory;
    const auto path = directory / "store.db";
    test::create_store(path);
    test::commit(*test::open_store({.path = path, .now = test::some_time}), {partner("a.example")});
    const std::string column = GENERATE("at", "actor", "message", "action", "name", "former_name", "after", "db_user");
    test::force_sql(path, "UPDATE history SET checksum = NULL, " + column + " = CAST('{' || x'ff' || '}' AS TEXT)");
    const auto all = messages_of(test::open_store({.path = path, .now = test::some_time})->read()->check({}));
    const auto told = column + " in the row '1' of the table history is not UTF-8";
    CHECK_THAT(all, Contains(told));
    CHECK(all.find(told) == all.rfind(told));
}

TEST_CASE("a claim of what is no partner is nobody else's") {
    const test::TemporaryDirectory directory;
    const auto path = directory / "store.db";
    test::create_store(path);
    const auto store = test::open_store({.path = path, .now = test::some_time});
    test::commit(*store, {partner("b.example", {"x.example"}), partner("d.example")});
    test::force_sql(
        path, "INSERT INTO claim (domain, partner) VALUES ('y.example', 'a.example'), ('z.example', 'c.example')");
    std::vector<std::vector<std::string>> domains;
    store->read()->visit_partners([&](const auto& it) {
        domains.push_back(it.additional_domains);
        return true;
    });
    CHECK(domains == std::vector<std::vector<std::string>>{{"x.example"}, {}});
}

TEST_CASE("certificate requests are followed by their numbers") {
    const test::TemporaryDirectory directory;
    const auto path = directory / "store.db";
    test::create_store(path);
    const auto store = test::open_store({.path = path, .now = test::some_time});
    const auto writer = store->write();
    core::CertRequest request;
    for (request.number = 1; request.number <= 11; ++request.number) {
        writer->put_cert_request(request);
        writer->record(std::vector{
            core::request_entry({.at = "2026-03-15T00:00:00Z", .actor = "tester", .message = {}}, nullptr, request)});
    }
    writer->commit();
    CHECK(messages_of(store->read()->check({})).empty());
}

TEST_CASE("an index that misses a row is found, and not followed") {
    const test::TemporaryDirectory directory;
    const auto path = directory / "store.db";
    test::create_store(path);
    test::commit(*test::open_store({.path = path, .now = test::some_time}), {partner("a.example", {"x.example"})});
    const std::string index = GENERATE("claim_by_partner", "history_by_name");
    const auto page =
        std::stoul(test::query_sql(path, "SELECT rootpage FROM sqlite_schema WHERE name = '" + index + "'"));
    auto bytes = test::read_file(path);
    constexpr std::size_t page_size = 4096;
    constexpr std::size_t cell_count_offset = 3;
    bytes[(page - 1) * page_size + cell_count_offset] = 0;
    bytes[(page - 1) * page_size + cell_count_offset + 1] = 0;
    test::write_file(path, bytes);
    const auto diagnostics = test::open_store({.path = path, .now = test::some_time})->read()->check({});
    REQUIRE_FALSE(diagnostics.empty());
    CHECK_THAT(diagnostics.front().message, Contains("the database is damaged"));
    CHECK_THAT(messages_of(diagnostics), !Contains("the history does not know it"));
}

TEST_CASE("renames and removals are followed through the history") {
    const test::TemporaryDirectory directory;
    const auto path = directory / "store.db";
    test::create_store(path);
    const auto store = test::open_store({.path = path, .now = test::some_time});
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
    CHECK(store->read()->check({}).empty());
    step(nullptr, &a);  // the former name is free for another partner
    CHECK(store->read()->check({}).empty());
    step(&b, nullptr);
    CHECK(store->read()->check({}).empty());
}

TEST_CASE("a row that cannot be read stops nothing") {
    const test::TemporaryDirectory directory;
    const auto path = directory / "store.db";
    test::create_store(path);
    const auto store = test::open_store({.path = path, .now = test::some_time});
    test::commit(*store, {partner("a.example"), partner("b.example"), partner("c.example")});
    const auto writer = store->write();
    core::CertRequest request;
    for (request.number = 1; request.number <= 3; ++request.number) {
        writer->put_cert_request(request);
        writer->record(std::vector{
            core::request_entry({.at = "2026-03-15T00:00:00Z", .actor = "tester", .message = {}}, nullptr, request)});
    }
    writer->commit();
    test::force_sql(path,
                    "UPDATE partner SET tls = 'never' WHERE primary_domain = 'b.example'; "
                    "UPDATE cert_request SET names = '[{}]' WHERE number = 2; "
                    "UPDATE history SET after = '{' WHERE sequence = 1");
    std::vector<std::string> partners;
    std::vector<std::int64_t> requests;
    const auto diagnostics = store->read()->check(
        {.partner = [&](const auto& it, const auto& /*rivals*/) { partners.push_back(it.primary_domain); },
         .request = [&](const auto& it) { requests.push_back(it.number); },
         .forget =
             [&] {
                 partners.clear();
                 requests.clear();
             }});
    CHECK(partners == std::vector<std::string>{"a.example", "c.example"});
    CHECK(requests == std::vector<std::int64_t>{1, 3});
    const auto all = messages_of(diagnostics);
    CHECK_THAT(all,
               Contains("the partner 'b.example' cannot be read: the store is damaged: 'never' is no value of tls"));
    CHECK_THAT(all, Contains("certificate request 2 cannot be read"));
    CHECK_THAT(all, Contains("entry 1 of the history cannot be read"));
    CHECK_THAT(all, !Contains("c.example"));
}

TEST_CASE("rows of a store that had no checksums yet are taken as they are") {
    const test::TemporaryDirectory directory;
    const auto path = directory / "store.db";
    test::create_store(path);
    const auto store = test::open_store({.path = path, .now = test::some_time});
    test::commit(*store, {partner("a.example")});
    test::force_sql(path, "UPDATE history SET checksum = NULL, after = json_remove(after, '$.enabled')");
    CHECK(store->read()->check({}).empty());
    auto changed = partner("a.example");
    changed.revision = 2;
    test::commit(*store, {changed});
    CHECK(store->read()->check({}).empty());
    CHECK(test::query_sql(path, "SELECT count(checksum) FROM history") == "1");
}
