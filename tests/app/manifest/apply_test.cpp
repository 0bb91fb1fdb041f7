// Applying a manifest, without a command line. What a manifest may say is tested by core.

#include "app/manifest/apply.hpp"

#include <map>

#include <fmt/format.h>
#include <catch2/catch.hpp>

#include "core/error.hpp"
#include "tests/support/circumstances.hpp"
#include "tests/support/files.hpp"

using namespace xmppfed;
using app::Outcome;

namespace {

/// Reads a thousand partners out of any file.
void a_thousand(core::JsonSource& /*source*/, const core::ManifestSink& sink) {
    for (int number = 0; number < 1000; ++number) {
        sink.partner(test::partner(fmt::format("p{:03}.example", number)), {});
    }
}

void one(core::JsonSource& /*source*/, const core::ManifestSink& sink) {
    sink.partner(test::partner("fabrikam.com"), {});
}

void twice_the_same(core::JsonSource& source, const core::ManifestSink& sink) {
    one(source, sink);
    one(source, sink);
}

/// Notes the last count of each work, and how often one was over.
class Watcher : public app::Progress {
  public:
    void at(std::string_view what, std::int64_t count) override {
        counts_[std::string{what}] = count;
        is_under_way_ = true;
    }
    void end() override {
        ended_ += is_under_way_ ? 1 : 0;
        is_under_way_ = false;
    }

    [[nodiscard]] const std::map<std::string, std::int64_t>& counts() const { return counts_; }
    [[nodiscard]] int ended() const { return ended_; }
    [[nodiscard]] bool is_under_way() const { return is_under_way_; }

  private:
    std::map<std::string, std::int64_t> counts_;
    int ended_ = 0;
    bool is_under_way_ = false;
};

struct Applying {
    Applying() { test::write_file(directory / "manifest", ""); }

    test::TemporaryDirectory directory;
    app::Circumstances circumstances = test::circumstances();

    [[nodiscard]] std::string path() const { return directory / "store.db"; }
    [[nodiscard]] app::Book book() const { return {circumstances, path()}; }

    using Reading = void (*)(core::JsonSource& source, const core::ManifestSink& sink);

    [[nodiscard]] app::Target read(app::Book& book, Reading reading, bool prune) const {
        app::ManifestFile file{directory / "manifest", circumstances};
        const auto form = [reading](core::JsonSource&) { return core::PartnerFileForm{reading, core::manifest_name}; };
        return app::read_target(circumstances, book.store(), {.file = file, .form = form, .prune = prune});
    }

    app::Applied apply(Reading reading, bool prune = false, const app::ExpectedRevision& expected = {}) {
        auto book = this->book();
        return app::apply(book, read(book, reading, prune), expected);
    }
};

}  // namespace

TEST_CASE_METHOD(Applying, "an applied manifest is one commit, and applying it again is none") {
    const auto applied = apply(a_thousand);
    CHECK(applied.outcome == Outcome::committed);
    CHECK(applied.summary.create == 1000);
    CHECK(applied.store_revision == 1);
    CHECK(test::all_partners(*test::open_at_once(path())).size() == 1000);

    const auto again = apply(a_thousand);
    CHECK(again.outcome == Outcome::unchanged);
    CHECK(again.summary.unchanged == 1000);
    CHECK_FALSE(again.store_revision.has_value());
}

TEST_CASE_METHOD(Applying, "applying for nothing leaves no store") {
    SECTION("a dry run") {
        circumstances.dry_run = true;
        const auto applied = apply(one);
        CHECK(applied.outcome == Outcome::intended);
        CHECK(applied.summary.create == 1);
        CHECK_FALSE(applied.store_revision.has_value());
    }
    SECTION("a refusal") {
        CHECK(test::error_of([&] { (void)apply(twice_the_same); }).kind == core::ErrorKind::refused);
    }
    SECTION("another revision") {
        const auto error = test::error_of([&] { (void)apply(one, /*prune=*/false, 7); });
        CHECK(error.kind == core::ErrorKind::conflict);
    }
    CHECK(directory.names() == std::vector<std::string>{"manifest"});
}

TEST_CASE_METHOD(Applying, "an interruption stops an apply before anything is committed") {
    (void)apply(one);
    const auto before = test::read_file(path());
    int questions = 0;
    const int last = GENERATE(1, 2, 3);  // while it reads, when it has the lock, while it compares
    circumstances.interrupted = [&] { return ++questions == last; };
    const auto error = test::error_of([&] { (void)apply(a_thousand); });
    CHECK(error.kind == core::ErrorKind::failed);
    CHECK(error.message == "stopped before anything was committed");
    CHECK(questions == last);
    CHECK(test::read_file(path()) == before);
}

TEST_CASE_METHOD(Applying, "whoever wants to know is told how far an apply has come") {
    (void)apply(one);  // a store that is there is looked at once
    Watcher watcher;
    circumstances.progress = &watcher;
    (void)apply(a_thousand);
    CHECK(watcher.counts() ==
          std::map<std::string, std::int64_t>{{"partners read", 1000}, {"partners compared", 1000}});
    CHECK(watcher.ended() == 2);

    circumstances.interrupted = [] { return true; };
    CHECK(test::error_of([&] { (void)apply(a_thousand); }).kind == core::ErrorKind::failed);
    CHECK_FALSE(watcher.is_under_way());  // the error is not told behind a count
}

TEST_CASE_METHOD(Applying, "what would be removed is told before, with the revision that it holds for") {
    (void)apply(a_thousand);
    const auto before = test::read_file(path());
    auto book = this->book();
    const auto target = read(book, one, /*prune=*/true);
    const auto removal = app::removal_by(book, target, {});
    CHECK(removal.partners.size() == 1000);
    CHECK(removal.partners.front() == "p000.example");
    CHECK(removal.store_revision == 1);
    CHECK(test::read_file(path()) == before);
    CHECK(test::error_of([&] { (void)app::removal_by(book, target, 7); }).kind == core::ErrorKind::conflict);

    (void)app::apply(book, target, removal.store_revision);  // what was read serves again
    CHECK(test::all_partners(*test::open_at_once(path())).size() == 1);
}
