#include <sys/stat.h>
#include <unistd.h>

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>
#include <catch2/catch.hpp>

#include "store/site.hpp"
#include "tests/support/faulty_vfs.hpp"
#include "tests/support/files.hpp"
#include "tests/support/partners.hpp"
#include "tests/support/sites.hpp"

using namespace xmppfed;
using core::ErrorKind;
using test::error_of;
using test::partner;
using Names = std::vector<std::string>;

namespace {

struct Original {
    Original() { test::commit(*store, {partner("a.example", {"x.example"}), partner("b.example")}); }

    std::unique_ptr<store::Store> open(const std::string& name) const {
        return test::open_store(
            {.path = directory / name, .wait = std::chrono::milliseconds{0}, .now = test::some_time});
    }
    std::unique_ptr<store::Store> make() const {
        test::create_store(directory / "store.db");
        return open("store.db");
    }

    test::TemporaryDirectory directory;
    std::unique_ptr<store::Store> store = make();
};

}  // namespace

TEST_CASE("a backup is a store of its own") {
    const Original original;
    const auto former_mask = ::umask(0);
    original.store->backup(original.directory / "copy.db");
    ::umask(former_mask);
    CHECK(test::mode_of(original.directory / "copy.db") == 0600);
    CHECK(original.directory.names() == Names{"copy.db", "store.db"});
    const auto copy = original.open("copy.db");
    CHECK(copy->read()->check({}).empty());
    CHECK(test::all_partners(*copy) == test::all_partners(*original.store));
    CHECK(test::all_history(*copy).size() == 2);
    test::commit(*copy, {partner("c.example")});
    CHECK(test::all_partners(*original.store).size() == 2);
}

TEST_CASE("a backup of a store in memory is a file") {
    const test::TemporaryDirectory directory;
    const auto store = store::open_in_memory(test::some_time);
    test::commit(*store, {partner("a.example")});
    store->backup(directory / "copy.db");
    CHECK(test::all_partners(*test::open_store({.path = directory / "copy.db", .now = test::some_time})).size() == 1);
}

TEST_CASE("a store is made as a copy of one that is only looked at") {
    const Original original;
    const auto before = test::read_file(original.directory / "store.db");
    const auto source =
        test::open_store({.path = original.directory / "store.db", .now = test::some_time, .look_only = true});
    const auto target = original.directory / "new/below/store.db";
    const auto site = store::site_of({.path = target, .now = test::some_time});
    site->take_over(*source, store::Reach::owner);
    CHECK(test::mode_of(target) == 0600);
    CHECK(test::mode_of(original.directory / "new") == 0700);
    CHECK(test::all_history(*site->open()).size() == 2);
    CHECK(test::read_file(original.directory / "store.db") == before);
    const auto error = error_of([&] { site->take_over(*source, store::Reach::owner); });
    CHECK(error.kind == ErrorKind::conflict);
    CHECK(test::all_history(*site->open()).size() == 2);
}

TEST_CASE("a backup never replaces anything") {
    const Original original;
    const auto target = original.directory / "copy.db";
    SECTION("a file") {
        test::write_file(target, "precious");
    }
    SECTION("a link") {
        test::write_file(original.directory / "elsewhere", "precious");
        REQUIRE(::symlink("elsewhere", target.c_str()) == 0);
    }
    SECTION("a dangling link") {
        REQUIRE(::symlink("elsewhere", target.c_str()) == 0);
    }
    SECTION("a directory") {
        REQUIRE(::mkdir(target.c_str(), 0700) == 0);
    }
    const auto before = original.directory.names();
    const auto error = error_of([&] { original.store->backup(target); });
    CHECK(error.kind == ErrorKind::conflict);
    CHECK_FALSE(error.hints.empty());
    CHECK(original.directory.names() == before);
}

TEST_CASE("a backup into a directory that is not there fails") {
    const Original original;
    CHECK(error_of([&] { original.store->backup(original.directory / "none/copy.db"); }).kind == ErrorKind::failed);
    CHECK(original.directory.names() == Names{"store.db"});
}

TEST_CASE("a backup of a store that is being written fails instead of copying nothing") {
    const Original original;
    SQLite::Database other{original.directory / "store.db", SQLite::OPEN_READWRITE};
    other.exec("BEGIN EXCLUSIVE");
    CHECK(error_of([&] { original.store->backup(original.directory / "copy.db"); }).kind == ErrorKind::busy);
    CHECK(original.directory.names() == Names{"store.db"});
}

TEST_CASE("a backup that fails at any point leaves nothing behind") {
    const auto code = GENERATE(SQLITE_IOERR, SQLITE_FULL);
    const auto sticky = GENERATE(false, true);
    const auto damage = GENERATE(test::FaultyVfs::Damage::none, test::FaultyVfs::Damage::torn);
    const Original original;
    test::FaultyVfs faults;
    int points = 0;
    for (bool finished = false; !finished; ++points) {
        REQUIRE(points < 200);
        faults.arm({.operation = points + 1, .code = code, .sticky = sticky, .damage = damage});
        const auto error = error_of([&] { original.store->backup(original.directory / "copy.db"); });
        finished = !faults.struck();
        INFO(faults.what());
        faults.disarm();
        if (error.message.empty()) {  // done in spite of it
            CHECK(original.open("copy.db")->read()->check({}).empty());
            CHECK(test::all_partners(*original.open("copy.db")).size() == 2);
            CHECK(::unlink((original.directory / "copy.db").c_str()) == 0);
        } else {
            CHECK_FALSE(finished);
            CHECK(error.kind == ErrorKind::failed);
        }
        CHECK(original.directory.names() == Names{"store.db"});
        CHECK(original.store->read()->check({}).empty());
    }
    CHECK(points > 5);
}
