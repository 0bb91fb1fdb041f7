// Carrying out a commit, without a command line: what becomes of the store, and what is told of it.

#include "app/commit.hpp"

#include <stdexcept>

#include <catch2/catch.hpp>

#include "app/doctor.hpp"
#include "core/error.hpp"
#include "store/missing_right.hpp"
#include "tests/support/circumstances.hpp"
#include "tests/support/files.hpp"
#include "tests/support/memory_site.hpp"

using namespace xmppfed;
using app::Outcome;

namespace {

/// Decides to add a partner.
core::ChangeSet add_partner(store::Reader& reader, std::string_view now) {
    auto partner = test::partner("fabrikam.com");
    auto decided = core::decide({partner, {}}, reader.partner("fabrikam.com"), {}, now);
    return decided;
}

core::Diagnostics diagnostics(core::Severity severity) {
    core::Diagnostic diagnostic;
    diagnostic.severity = severity;
    diagnostic.message = "something is wrong";
    return {diagnostic};
}

/// The same, with a diagnostic.
app::Decide add_with(core::Severity severity) {
    return [severity](store::Reader& reader, std::string_view now) {
        auto changes = add_partner(reader, now);
        changes.diagnostics = diagnostics(severity);
        return changes;
    };
}

struct Committing {
    test::TemporaryDirectory directory;
    app::Circumstances circumstances = test::circumstances();
    int kept = 0;

    [[nodiscard]] std::string path() const { return directory / "made/store.db"; }
    [[nodiscard]] app::Book book() const { return {circumstances, path()}; }
    [[nodiscard]] app::Alongside alongside() {
        return {.act = {}, .keep = [this] { ++kept; }};
    }
    [[nodiscard]] bool is_untouched() const { return directory.names().empty(); }
};

/// Where no change makes a store, as in a database.
struct SiteOfAnOwner : test::MemorySite {
    using MemorySite::MemorySite;
    [[nodiscard]] bool is_made_by_first_change() const override { return false; }
};

/// What a role sees that may only look.
struct ClosedStore : store::Store {
    explicit ClosedStore(std::unique_ptr<store::Store> store) : inner{std::move(store)} {}
    std::unique_ptr<store::Spool> spool() override { return inner->spool(); }
    std::unique_ptr<store::Reader> read() override { return inner->read(); }
    std::unique_ptr<store::Writer> write() override {
        throw store::MissingRight{"'book'", "bob", store::Right::operator_, "permission denied"};
    }
    void backup(const std::string& file) override { inner->backup(file); }

    std::unique_ptr<store::Store> inner;
};

struct ClosedSite : test::MemorySite {
    using MemorySite::MemorySite;
    [[nodiscard]] std::unique_ptr<store::Store> open() const override {
        return std::make_unique<ClosedStore>(MemorySite::open());
    }
};

}  // namespace

TEST_CASE_METHOD(Committing, "a commit makes the store, and history has who, when and why") {
    auto book = this->book();
    const auto settled = app::commit(book, add_partner, alongside());
    CHECK(settled.outcome == Outcome::committed);
    CHECK(kept == 1);
    REQUIRE(settled.entries.size() == 1);
    const auto history = test::all_history(*test::open_at_once(path()));
    REQUIRE(history.size() == 1);
    CHECK(history.front().actor == "tester");
    CHECK(history.front().message == "a reason");
    CHECK(history.front().at == "2026-03-15T00:00:00Z");
    CHECK(history.front().after == settled.entries.front().after);
}

TEST_CASE_METHOD(Committing,
                 "an interruption that came while the lock was waited for ends the commit before it begins") {
    auto book = this->book();
    (void)app::commit(book, add_partner);
    circumstances.interrupted = [] { return true; };
    auto again = this->book();
    int decided = 0;
    const auto decide = [&](store::Reader& /*reader*/, std::string_view /*now*/) {
        ++decided;
        return core::ChangeSet{};
    };
    CHECK_THROWS_AS(app::commit(again, decide, alongside()), core::Error);
    CHECK(decided == 0);
    CHECK(kept == 0);
    CHECK(test::all_history(*test::open_at_once(path())).size() == 1);
}

TEST_CASE_METHOD(Committing, "a dry run tells what would be committed, and leaves nothing behind") {
    circumstances.dry_run = true;
    auto book = this->book();
    const auto settled = app::commit(book, add_partner, alongside());
    CHECK(settled.outcome == Outcome::intended);
    CHECK(settled.changes.partners.size() == 1);
    CHECK(settled.entries.size() == 1);
    CHECK(kept == 0);
    CHECK(is_untouched());
}

TEST_CASE_METHOD(Committing, "a dry run leaves a store that is there as it is") {
    test::write_file(directory / "store.db", "");
    {
        app::Book book{circumstances, directory / "store.db"};
        CHECK(app::commit(book, add_partner).outcome == Outcome::committed);
    }
    const auto before = test::read_file(directory / "store.db");
    circumstances.dry_run = true;
    app::Book book{circumstances, directory / "store.db"};
    const auto remove = [](store::Reader& reader, std::string_view /*now*/) {
        core::ChangeSet changes;
        changes.partners.push_back({reader.partner("fabrikam.com"), std::nullopt});
        return changes;
    };
    bool has_acted = false;
    const app::Alongside act{.act = [&] { has_acted = true; }, .keep = {}};
    CHECK(app::commit(book, remove, act).outcome == Outcome::intended);
    CHECK_FALSE(has_acted);
    CHECK(test::read_file(directory / "store.db") == before);
}

TEST_CASE_METHOD(Committing, "a refusal leaves no store, and keeps nothing") {
    auto book = this->book();
    const auto error = test::error_of([&] { (void)app::commit(book, add_with(core::Severity::error), alongside()); });
    CHECK(error.kind == core::ErrorKind::refused);
    CHECK(kept == 0);
    CHECK(is_untouched());
}

TEST_CASE_METHOD(Committing, "warnings refuse who is strict") {
    SECTION("strict") {
        circumstances.strict = true;
        auto book = this->book();
        const auto error = test::error_of([&] { (void)app::commit(book, add_with(core::Severity::warning)); });
        CHECK(error.kind == core::ErrorKind::refused);
        CHECK(is_untouched());
    }
    SECTION("not strict") {
        auto book = this->book();
        CHECK(app::commit(book, add_with(core::Severity::warning)).outcome == Outcome::committed);
    }
}

TEST_CASE_METHOD(Committing, "what is there already needs no store, and what belongs to it stays") {
    auto book = this->book();
    const auto nothing = [](store::Reader& /*reader*/, std::string_view /*now*/) { return core::ChangeSet{}; };
    CHECK(app::commit(book, nothing, alongside()).outcome == Outcome::unchanged);
    CHECK(kept == 1);
    CHECK(is_untouched());

    circumstances.dry_run = true;
    auto dry_book = this->book();
    CHECK(app::commit(dry_book, nothing, alongside()).outcome == Outcome::unchanged);
    CHECK(kept == 1);
}

TEST_CASE_METHOD(Committing, "what cannot be done alongside undoes the commit") {
    auto book = this->book();
    CHECK(app::commit(book, add_partner).outcome == Outcome::committed);
    auto with_a_failure = alongside();
    with_a_failure.act = [] { throw std::runtime_error{"no room"}; };
    const auto remove = [](store::Reader& reader, std::string_view /*now*/) {
        core::ChangeSet changes;
        changes.partners.push_back({reader.partner("fabrikam.com"), std::nullopt});
        return changes;
    };
    CHECK_THROWS_AS(app::commit(book, remove, with_a_failure), std::runtime_error);
    CHECK(kept == 0);
    CHECK(test::all_partners(book.store()).size() == 1);
}

TEST_CASE_METHOD(Committing, "a missing store is an empty one to look at, and is asked for by name otherwise") {
    auto book = this->book();
    CHECK(test::all_partners(book.store()).empty());
    CHECK(app::missing_store(book).size() == 1);
    CHECK(test::error_of([&] { app::refuse_missing_store(book); }).kind == core::ErrorKind::not_found);
    CHECK(is_untouched());
    CHECK(app::commit(book, add_partner).outcome == Outcome::committed);
    CHECK(test::all_partners(book.store()).size() == 1);
    CHECK(app::missing_store(book).empty());
    CHECK_NOTHROW(app::refuse_missing_store(book));
}

TEST_CASE_METHOD(Committing, "a missing store that no change makes is no empty one") {
    app::Book book{circumstances, path(), [](const store::Location& location) {
                       return std::make_unique<SiteOfAnOwner>(std::make_shared<std::optional<test::MemoryStore>>(),
                                                              location.now);
                   }};
    CHECK(test::error_of([&] { (void)app::missing_store(book); }).kind == core::ErrorKind::not_found);
    CHECK(test::error_of([&] { (void)app::examine(book, {}); }).kind == core::ErrorKind::not_found);
}

TEST_CASE_METHOD(Committing, "who may not change anything is told of the right that this change takes") {
    const auto hint_for = [&](const app::Decide& decide) {
        app::Book book{circumstances, path(), [](const store::Location& location) {
                           auto shelf = std::make_shared<std::optional<test::MemoryStore>>();
                           shelf->emplace(location.now);
                           return std::make_unique<ClosedSite>(std::move(shelf), location.now);
                       }};
        const auto error = test::error_of([&] { (void)app::commit(book, decide); });
        CHECK(error.kind == core::ErrorKind::failed);
        CHECK(error.cause == "permission denied");
        return error.hints.at(0);
    };
    using Catch::Matchers::Contains;
    CHECK_THAT(hint_for(add_partner), Contains("--grant bob=operator`"));
    CHECK_THAT(hint_for([](auto& /*reader*/, auto /*now*/) {
                   core::ChangeSet changes;
                   changes.gateway.emplace();
                   return changes;
               }),
               Contains("--grant bob=admin`"));
    CHECK_THAT(hint_for([](auto& /*reader*/, auto /*now*/) {
                   core::ChangeSet changes;
                   changes.edge.emplace();
                   return changes;
               }),
               Contains("--grant bob=admin`"));
    CHECK_THAT(hint_for([](auto& /*reader*/, auto /*now*/) -> core::ChangeSet {
                   throw core::Error{core::ErrorKind::refused, "not sound"};
               }),
               Contains("--grant bob=operator`"));
}
