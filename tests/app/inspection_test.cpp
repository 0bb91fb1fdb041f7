// Inspecting a store: what is looked at beside its rows. The rows themselves are tested by the store.

#include "app/inspection.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "app/commit.hpp"
#include "core/rule/rules.hpp"
#include "tests/support/circumstances.hpp"
#include "tests/support/files.hpp"
#include "tests/support/sites.hpp"
#include "tests/support/test_world.hpp"

using namespace xmppfed;
using Catch::Contains;

namespace {

struct Inspecting {
    Inspecting() { test::commit(book.store(), {test::partner("fabrikam.com")}); }

    test::TemporaryDirectory directory;
    app::Book book{test::circumstances(), directory / "store.db"};

    /// A place that a process has announced before it was killed.
    void announce(const std::string& place) {
        const auto writer = book.store().write();
        writer->announce_key({place, book.host()}, "2026-03-15T00:00:00Z");
        writer->commit();
    }

    [[nodiscard]] app::Inspection inspect() { return app::inspect(*book.store().read(), book); }
};

}  // namespace

TEST_CASE_METHOD(Inspecting, "nothing is found in a sound store, and its summary is told") {
    const auto [diagnostics, summary, notes] = inspect();
    CHECK(diagnostics.empty());
    REQUIRE(summary.has_value());
    CHECK(summary->partners == 1);
    CHECK(summary->store_revision == 1);
}

TEST_CASE_METHOD(Inspecting, "a key that a killed process left is found, and none where there is no file") {
    announce(directory / "edge.key");
    CHECK(inspect().diagnostics.empty());
    test::write_file(directory / "edge.key", "a key");
    const auto diagnostics = inspect().diagnostics;
    REQUIRE(diagnostics.size() == 1);
    CHECK(diagnostics.front().severity == core::Severity::warning);
    CHECK(diagnostics.front().field == "key_file");
    CHECK_THAT(diagnostics.front().message, Contains("edge.key") && Contains("belongs to no recorded request"));
}

TEST_CASE_METHOD(Inspecting, "what the rules refuse is found on a partner, and no warning that was seen before") {
    test::commit(book.store(), {test::partner("fabrikam")});
    CHECK(inspect().diagnostics.empty());
    test::commit(book.store(), {test::partner("a_b.example")});
    const auto diagnostics = inspect().diagnostics;
    REQUIRE(diagnostics.size() == 1);
    CHECK(diagnostics.front().rule == &core::rule::domain_invalid);
    CHECK(diagnostics.front().partner == "a_b.example");
}

TEST_CASE("what the rules refuse is told once, also where a damaged store is looked at again") {
    const test::TemporaryDirectory directory;
    const auto path = directory / "store.db";
    test::create_store(path);
    test::commit(*test::open_store({.path = path, .now = test::some_time}), {test::partner("a_b.example")});
    app::Book book{test::circumstances(), path};
    {
        const auto writer = book.store().write();
        core::CertRequest request;
        request.number = 1;
        request.csr = "no CSR";
        writer->put_cert_request(request);
        writer->commit();
    }
    test::force_sql(path, "INSERT INTO claim VALUES ('lost.example', 'nobody.example')");
    const auto diagnostics = app::inspect(*book.store().read(), book).diagnostics;
    CHECK(std::ranges::count(diagnostics, &core::rule::domain_invalid, &core::Diagnostic::rule) == 1);
    CHECK(std::ranges::count_if(diagnostics,
                                [](const auto& it) { return it.message.find("CSR") != it.message.npos; }) == 1);
}
