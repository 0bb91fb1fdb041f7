#include "store/site.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>
#include <catch2/catch.hpp>

#include "tests/support/faulty_vfs.hpp"
#include "tests/support/files.hpp"
#include "tests/support/partners.hpp"
#include "tests/support/sites.hpp"
#include "tests/support/test_world.hpp"

using namespace xmppfed;
using Catch::Matchers::Contains;
using core::ErrorKind;
using test::error_of;
using test::open_at_once;
using test::partner;
using test::TemporaryDirectory;

namespace {

/// A store with two partners.
void make_store(const std::string& path) {
    test::create_store(path);
    test::commit(*open_at_once(path), {partner("a.example", {"x.example"}), partner("b.example")});
}

/// What reading and writing a file fails with. The file must stay as it is.
void check_refused(const std::string& path, const std::string& message, ErrorKind kind = ErrorKind::failed) {
    const auto before = test::read_file(path);
    const auto reading = error_of([&] { (void)open_at_once(path)->read()->summary(); });
    CHECK(reading.kind == kind);
    CHECK_THAT(reading.message, Contains(message) && Contains(path));
    const auto writing = error_of([&] { (void)open_at_once(path)->write(); });
    CHECK(writing.kind == kind);
    CHECK_THAT(writing.message, Contains(message));
    CHECK(test::read_file(path) == before);
}

}  // namespace

TEST_CASE("a missing and an empty file are no store yet") {
    const TemporaryDirectory directory;
    CHECK_FALSE(test::has_store(directory / "store.db"));
    CHECK_FALSE(test::has_store(directory / "none/store.db"));
    test::write_file(directory / "file", "");
    CHECK_FALSE(test::has_store(directory / "file"));
    CHECK_FALSE(test::has_store(directory / "file/store.db"));
    test::write_file(directory / "file", std::string(512, 'x'));
    CHECK(test::has_store(directory / "file"));
}

TEST_CASE("directories that cannot be made are a failure that names them") {
    const TemporaryDirectory directory;
    REQUIRE(::symlink("/nonexistent/elsewhere", (directory / "dangling").c_str()) == 0);
    test::write_file(directory / "file", "");
    for (const auto* name : {"dangling", "file"}) {
        const auto path = directory / (std::string{name} + "/x/store.db");
        const auto error = error_of([&] { test::create_store(path); });
        CHECK(error.kind == ErrorKind::failed);
        CHECK_THAT(error.message, Contains("cannot create the directory") && Contains(name));
        CHECK(error_of([&] { test::site_at(path)->refuse_unwritable(store::Right::operator_); }).kind ==
              ErrorKind::failed);
    }
    CHECK(error_of([&] {
              test::site_at(directory / "a/b/c/store.db")->refuse_unwritable(store::Right::operator_);
          }).message.empty());
    CHECK(directory.names() == std::vector<std::string>{"dangling", "file"});
    test::create_store(directory / "a/b/c/store.db");
    CHECK(test::mode_of(directory / "a/b") == 0700);
}

TEST_CASE("a file too small for a database is none, and SQLite must not take it for an empty one") {
    const TemporaryDirectory directory;
    for (const std::size_t size : {std::size_t{1}, std::size_t{511}}) {
        test::write_file(directory / "file", std::string(size, 'x'));
        const auto error = error_of([&] { (void)test::has_store(directory / "file"); });
        CHECK(error.kind == ErrorKind::failed);
    }
}

TEST_CASE("an empty file is accepted as new") {
    const TemporaryDirectory directory;
    test::write_file(directory / "store.db", "");
    test::commit(*open_at_once(directory / "store.db"), {partner("a.example")});
    CHECK(test::all_partners(*open_at_once(directory / "store.db")).size() == 1);
}

TEST_CASE("opening does not make a file") {
    const TemporaryDirectory directory;
    CHECK(error_of([&] { (void)open_at_once(directory / "store.db"); }).kind == ErrorKind::failed);
    CHECK(directory.names().empty());
}

TEST_CASE("a store is made private, with the directories on its way") {
    const TemporaryDirectory directory;
    const auto path = directory / "a/b/store.db";
    const auto former_mask = ::umask(0);
    test::create_store(path);
    ::umask(former_mask);
    CHECK(test::mode_of(path) == 0600);
    CHECK(test::mode_of(directory / "a") == 0700);
    CHECK(test::mode_of(directory / "a/b") == 0700);
    CHECK_FALSE(test::has_store(path));  // empty
}

TEST_CASE("making a store leaves one that is there alone") {
    const TemporaryDirectory directory;
    make_store(directory / "store.db");
    ::chmod((directory / "store.db").c_str(), 0640);
    test::create_store(directory / "store.db");
    CHECK(test::mode_of(directory / "store.db") == 0640);
    CHECK(test::all_partners(*open_at_once(directory / "store.db")).size() == 2);
}

TEST_CASE("a store cannot be made below a file") {
    const TemporaryDirectory directory;
    test::write_file(directory / "file", "");
    const auto error = error_of([&] { test::create_store(directory / "file/store.db"); });
    CHECK(error.kind == ErrorKind::failed);
    CHECK_THAT(error.message, Contains(directory / "file"));
    CHECK_FALSE(error.cause.empty());
}

TEST_CASE("what is no store of ours is refused and left untouched") {
    const TemporaryDirectory directory;
    const auto path = directory / "store.db";
    SECTION("text") {
        test::write_file(path, std::string(5000, 'x'));
        check_refused(path, "is damaged, or no store at all");
    }
    SECTION("short text") {
        test::write_file(path, "hello\n");
        check_refused(path, "is damaged, or no store at all");
    }
    SECTION("another application's database") {
        SQLite::Database{path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE}.exec("CREATE TABLE notes (text TEXT)");
        check_refused(path, "is another application's database");
    }
    SECTION("another application's database with an id of its own") {
        SQLite::Database{path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE}.exec("PRAGMA application_id = 7");
        check_refused(path, "is another application's database");
    }
    SECTION("a newer schema") {
        make_store(path);
        test::force_sql(path, "PRAGMA user_version = 999");
        check_refused(path, "has schema version 999");
    }
    SECTION("a trigger") {
        make_store(path);
        test::force_sql(path, "CREATE TRIGGER t AFTER INSERT ON partner BEGIN DELETE FROM history; END");
        check_refused(path, "has triggers or views");
    }
    SECTION("a view") {
        make_store(path);
        test::force_sql(path, "CREATE VIEW v AS SELECT * FROM partner");
        check_refused(path, "has triggers or views");
    }
    SECTION("truncated in the middle of a page") {
        make_store(path);
        test::write_file(path, test::read_file(path).substr(0, 6000));
        check_refused(path, "is damaged, or no store at all");
    }
    SECTION("truncated after the first page") {
        make_store(path);
        test::write_file(path, test::read_file(path).substr(0, 4096));
        check_refused(path, "is damaged, or no store at all");
    }
}

TEST_CASE("a store that everybody may write to is refused") {
    const TemporaryDirectory directory;
    make_store(directory / "store.db");
    for (const mode_t mode : {0602U, 0666U, 0606U}) {
        ::chmod((directory / "store.db").c_str(), mode);
        const auto error = error_of([&] { (void)test::has_store(directory / "store.db"); });
        CHECK(error.kind == ErrorKind::failed);
        CHECK_THAT(error.message, Contains("can be written by everybody"));
    }
    for (const mode_t mode : {0600U, 0660U, 0644U}) {
        ::chmod((directory / "store.db").c_str(), mode);
        CHECK(test::has_store(directory / "store.db"));
    }
}

TEST_CASE("a directory, a FIFO and a device are no store") {
    const TemporaryDirectory directory;
    ::mkfifo((directory / "fifo").c_str(), 0600);
    for (const auto& path : {directory.path(), directory / "fifo", std::string{"/dev/null"}}) {
        const auto error = error_of([&] { (void)test::has_store(path); });
        CHECK(error.kind == ErrorKind::failed);
        CHECK_THAT(error.message, Contains("is not a regular file"));
    }
}

TEST_CASE("a symbolic link is followed") {
    const TemporaryDirectory directory;
    make_store(directory / "real.db");
    REQUIRE(::symlink("real.db", (directory / "link.db").c_str()) == 0);
    CHECK(test::has_store(directory / "link.db"));
    test::commit(*open_at_once(directory / "link.db"), {partner("c.example")});
    CHECK(test::all_partners(*open_at_once(directory / "real.db")).size() == 3);
    CHECK(directory.names() == std::vector<std::string>{"link.db", "real.db"});
}

TEST_CASE("a locked store is busy") {
    const TemporaryDirectory directory;
    const auto path = directory / "store.db";
    make_store(path);
    SQLite::Database other{path, SQLite::OPEN_READWRITE};
    SECTION("for everybody while it is written") {
        other.exec("BEGIN EXCLUSIVE");
        check_refused(path, "is locked by another process", ErrorKind::busy);
    }
    SECTION("for writers while a write is prepared") {
        other.exec("BEGIN IMMEDIATE");
        CHECK(test::all_partners(*open_at_once(path)).size() == 2);
        CHECK(error_of([&] { (void)open_at_once(path)->write(); }).kind == ErrorKind::busy);
    }
    other.exec("ROLLBACK");
    open_at_once(path)->write()->commit();
}

TEST_CASE("a journal that a killed process left is played back, for readers too") {
    const TemporaryDirectory directory;
    const auto path = directory / "store.db";
    make_store(path);
    const auto before = test::read_file(path);
    bool hot = false;
    {
        // From some operation on everything fails, so that the process can neither finish nor undo: as if it were gone.
        test::FaultyVfs faults;
        for (int operation = 1; !hot && operation < 100; ++operation) {
            faults.arm({.operation = operation, .code = SQLITE_IOERR, .sticky = true});
            (void)error_of([&] { test::commit(*open_at_once(path), {partner("c.example")}); });
            hot = test::read_file(path) != before;
        }
    }
    REQUIRE(hot);
    REQUIRE(directory.names() == std::vector<std::string>{"store.db", "store.db-journal"});
    CHECK(open_at_once(path)->read()->check({}).empty());
    CHECK(test::all_partners(*open_at_once(path)).size() == 2);
    CHECK(test::read_file(path) == before);
    CHECK(directory.names() == std::vector<std::string>{"store.db"});
}

TEST_CASE("a read-only store is read and not written") {
    const TemporaryDirectory directory;
    const auto path = directory / "store.db";
    make_store(path);
    ::chmod(directory.path().c_str(), 0755);
    ::chmod(path.c_str(), 0444);
    const test::WithoutPrivileges unprivileged;
    CHECK(test::has_store(path));
    CHECK(test::all_partners(*open_at_once(path)).size() == 2);
    const auto error = error_of([&] { test::commit(*open_at_once(path), {partner("c.example")}); });
    CHECK(error.kind == ErrorKind::failed);
    CHECK_THAT(error.message, Contains("cannot write"));
    CHECK_FALSE(error.hints.empty());
}

TEST_CASE("a store in a read-only directory is read and not written") {
    const TemporaryDirectory directory;
    const auto path = directory / "store.db";
    make_store(path);
    ::chmod(directory.path().c_str(), 0555);
    ::chmod(path.c_str(), 0644);
    {
        const test::WithoutPrivileges unprivileged;
        CHECK(test::all_partners(*open_at_once(path)).size() == 2);
        CHECK(error_of([&] { test::commit(*open_at_once(path), {partner("c.example")}); }).kind == ErrorKind::failed);
    }
    CHECK(test::all_partners(*open_at_once(path)).size() == 2);
    ::chmod(directory.path().c_str(), 0700);
}

TEST_CASE("a store that cannot be looked at is not a missing one") {
    const TemporaryDirectory directory;
    make_store(directory / "store.db");
    ::chmod(directory.path().c_str(), 0000);
    {
        const test::WithoutPrivileges unprivileged;
        CHECK(error_of([&] { (void)test::has_store(directory / "store.db"); }).kind == ErrorKind::failed);
    }
    ::chmod(directory.path().c_str(), 0700);
}

TEST_CASE("any changed byte is found, reported or harmless") {
    const TemporaryDirectory directory;
    const auto path = directory / "store.db";
    make_store(path);
    const auto whole = test::read_file(path);
    constexpr std::size_t stride = 67;  // every byte would take minutes
    for (std::size_t offset = 0; offset < whole.size(); offset += stride) {
        auto damaged = whole;
        damaged[offset] = static_cast<char>(damaged[offset] ^ 0x20);
        test::write_file(path, damaged);
        INFO("byte " << offset);
        // Either the store is refused, or the check looks at it all. Nothing else may come out.
        CHECK_NOTHROW(error_of([&] { (void)open_at_once(path)->read()->check({}); }));
    }
}

TEST_CASE("a group that is to reach a new store can pass the directories above") {
    const TemporaryDirectory directory;
    const auto path = directory / "a/b/store.db";
    const auto former_mask = ::umask(077);
    test::create_store(path, store::Reach::group);
    ::umask(former_mask);
    CHECK(test::mode_of(directory / "a") == 0755);
    CHECK(test::mode_of(directory / "a/b") == 0700);  // until it is shared
    CHECK(test::mode_of(path) == 0600);
}
