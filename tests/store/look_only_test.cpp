// Looking at a store without changing anything.

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>
#include <catch2/catch.hpp>

#include "store/site.hpp"
#include "tests/support/faulty_vfs.hpp"
#include "tests/support/files.hpp"
#include "tests/support/partners.hpp"
#include "tests/support/sites.hpp"
#include "tests/support/test_world.hpp"

using namespace xmppfed;
using core::ErrorKind;
using test::error_of;
using test::partner;
using test::TemporaryDirectory;

namespace {

std::unique_ptr<store::Store> open_to(const std::string& path, bool look_only) {
    return test::open_store(
        {.path = path, .wait = std::chrono::milliseconds{0}, .now = test::some_time, .look_only = look_only});
}

std::string make_store(const TemporaryDirectory& directory) {
    auto path = directory / "store.db";
    test::create_store(path);
    test::commit(*open_to(path, /*look_only=*/false),
                 {partner("b.example", {"a.example", "x.b.example"}), partner("c.example"), partner("ba.example")});
    return path;
}

/// Looking fails, and leaves the file and its directory as they were.
void check_refused(const TemporaryDirectory& directory, const std::string& path) {
    const auto names = directory.names();
    const auto before = test::read_file(path);
    CHECK(error_of([&] { (void)open_to(path, /*look_only=*/true)->read(); }).kind == ErrorKind::failed);
    CHECK(directory.names() == names);
    CHECK(test::read_file(path) == before);
}

}  // namespace

TEST_CASE("who only looks cannot write") {
    const TemporaryDirectory directory;
    const auto path = make_store(directory);
    const auto before = test::read_file(path);
    const auto store = open_to(path, /*look_only=*/true);
    CHECK(error_of([&] { test::commit(*store, {partner("d.example")}); }).kind == ErrorKind::failed);
    CHECK(test::read_file(path) == before);
}

TEST_CASE("who only looks does not bring an older schema up to date") {
    const TemporaryDirectory directory;
    const auto path = directory / "store.db";
    test::create_store(path);
    test::force_sql(path, test::read_file(XMPPFED_SOURCE_DIR "/schemas/sql/sqlite/0001_partner_book.sql") +
                              "PRAGMA application_id = 0x786d7070; PRAGMA user_version = 1;"
                              "INSERT INTO store VALUES (1, 0, '')");
    check_refused(directory, path);
    CHECK(test::all_partners(*open_to(path, /*look_only=*/false)).empty());  // which brings it up to date
}

TEST_CASE("who only looks plays no journal back") {
    const TemporaryDirectory directory;
    const auto path = make_store(directory);
    const auto before = test::read_file(path);
    {
        // From some operation on everything fails: as if the process were gone.
        test::FaultyVfs faults;
        for (int operation = 1; test::read_file(path) == before && operation < 100; ++operation) {
            faults.arm({.operation = operation, .code = SQLITE_IOERR, .sticky = true});
            (void)error_of([&] { test::commit(*open_to(path, /*look_only=*/false), {partner("d.example")}); });
        }
    }
    REQUIRE(test::read_file(path) != before);
    REQUIRE(directory.names() == std::vector<std::string>{"store.db", "store.db-journal"});
    check_refused(directory, path);
}
