#include "store/files/place.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <functional>
#include <utility>

#include <sqlite3.h>
#include <catch2/catch.hpp>

#include "store/site.hpp"
#include "tests/support/files.hpp"
#include "tests/support/partners.hpp"
#include "tests/support/sites.hpp"

using namespace xmppfed;
using Catch::Matchers::Contains;
using test::error_of;
using test::open_at_once;
using test::partner;
using test::TemporaryDirectory;

namespace {

namespace fs = std::filesystem;

constexpr uid_t somebody = 64321;
constexpr uid_t somebody_else = 64322;

void give(const std::string& path, uid_t user) {
    REQUIRE(::lchown(path.c_str(), user, static_cast<gid_t>(-1)) == 0);
}

/// Does something once, when SQLite has been given a path and begins to look at it.
class BeforeOpening {
  public:
    explicit BeforeOpening(std::function<void()> work) {
        pending = std::move(work);
        inner = sqlite3_vfs_find(nullptr);
        outer = *inner;
        outer.zName = "before-opening";
        outer.pNext = nullptr;
        outer.xFullPathname = [](sqlite3_vfs*, const char* path, int size, char* out) {
            std::exchange(pending, [] {})();
            return inner->xFullPathname(inner, path, size, out);
        };
        REQUIRE(sqlite3_vfs_register(&outer, 1) == SQLITE_OK);
    }
    BeforeOpening(const BeforeOpening&) = delete;
    BeforeOpening& operator=(const BeforeOpening&) = delete;
    ~BeforeOpening() {
        sqlite3_vfs_unregister(&outer);
        sqlite3_vfs_register(inner, 1);
    }

  private:
    static inline std::function<void()> pending;
    static inline sqlite3_vfs* inner = nullptr;
    static inline sqlite3_vfs outer{};
};

}  // namespace

TEST_CASE("a directory that everybody may write is found wherever it is on the way") {
    const TemporaryDirectory directory;
    fs::create_directories(directory / "open/below");
    fs::create_directories(directory / "closed");
    test::write_file(directory / "open/below/store.db", "");
    fs::create_symlink(directory / "open/below/store.db", directory / "closed/link.db");
    const auto found = [&](std::string_view path) { return store::look_at_place(directory / path).open_directory; };
    CHECK(found("open/below/store.db").empty());
    for (const auto* open : {"open", "open/below"}) {
        REQUIRE(::chmod((directory / open).c_str(), 0703) == 0);
        for (const auto* path : {"open/below/store.db", "open/below/none/store.db", "closed/link.db"}) {
            INFO(path);
            CHECK(found(path) == directory / open);
        }
        CHECK(found("closed/store.db").empty());
        REQUIRE(::chmod((directory / open).c_str(), 01777) == 0);
        CHECK(found("open/below/store.db").empty());
    }
}

TEST_CASE("another owner of a store or of its directory is found") {
    if (::geteuid() != 0) {
        WARN("only root can give files away");
        return;
    }
    const TemporaryDirectory directory;
    fs::create_directories(directory / "a/b");
    test::write_file(directory / "a/b/store.db", "");
    const auto look = [&] { return store::look_at_place(directory / "a/b/store.db"); };
    CHECK(look().foreign.empty());
    give(directory / "a", somebody);
    CHECK(look().foreign.empty());
    give(directory / "a/b", somebody);
    CHECK(look().foreign == directory / "a/b");
    CHECK(look().owner == somebody);
    give(directory / "a/b/store.db", somebody_else);
    CHECK(look().foreign == directory / "a/b/store.db");
    CHECK(look().owner == somebody_else);
    fs::create_directories(directory / "linked");
    fs::create_symlink(directory / "a/b/store.db", directory / "linked/store.db");
    CHECK(store::look_at_place(directory / "linked/store.db").owner == somebody_else);
}

TEST_CASE("a link of somebody who does not own what it leads to is not followed") {
    if (::geteuid() != 0) {
        WARN("only root can give links away");
        return;
    }
    const TemporaryDirectory directory;
    const auto real = directory / "real.db";
    const auto link = directory / "link.db";
    const auto twice = directory / "twice.db";
    test::create_store(real);
    test::commit(*open_at_once(real), {partner("a.example")});
    fs::create_symlink("real.db", link);
    fs::create_symlink("link.db", twice);
    CHECK(store::followed(twice) == real);
    give(link, somebody);
    for (const auto& path : {link, twice}) {
        const auto error = error_of([&] { (void)open_at_once(path); });
        CHECK(error.kind == core::ErrorKind::failed);
        CHECK_THAT(error.message, Contains("is a symbolic link of user 64321"));
    }
    give(real, somebody);
    CHECK(store::followed(twice) == real);
    CHECK(test::all_partners(*open_at_once(twice)).size() == 1);
}

TEST_CASE("no store is made in an empty file of another user") {
    if (::geteuid() != 0) {
        WARN("only root can give files away");
        return;
    }
    const TemporaryDirectory directory;
    const auto path = directory / "store.db";
    test::write_file(path, "");
    give(path, somebody);
    const auto error = error_of([&] { test::commit(*open_at_once(path), {partner("a.example")}); });
    CHECK(error.kind == core::ErrorKind::failed);
    CHECK_THAT(error.message, Contains("is an empty file of user 64321"));
    CHECK(test::read_file(path).empty());
    CHECK(directory.names() == std::vector<std::string>{"store.db"});
    give(path, 0);
    test::commit(*open_at_once(path), {partner("a.example")});
}

TEST_CASE("a link that is put in the place of a store after it was looked at is not followed") {
    const TemporaryDirectory directory;
    const auto path = directory / "mine/store.db";
    for (const auto* name : {"mine/store.db", "other/store.db"}) {
        test::create_store(directory / name);
        test::commit(*open_at_once(directory / name), {partner("a.example")});
    }
    const auto before = test::read_file(directory / "other/store.db");
    std::function<void()> swap;
    SECTION("of the file") {
        swap = [&] {
            fs::rename(path, directory / "elsewhere.db");
            fs::create_symlink(directory / "other/store.db", path);
        };
    }
    SECTION("of the directory") {
        swap = [&] {
            fs::rename(directory / "mine", directory / "elsewhere");
            fs::create_directory_symlink(directory / "other", directory / "mine");
        };
    }
    {
        const BeforeOpening moment{swap};
        const auto error = error_of([&] { test::commit(*open_at_once(path), {partner("b.example")}); });
        CHECK(error.kind == core::ErrorKind::failed);
        CHECK_THAT(error.message, Contains("cannot open the store"));
    }
    CHECK(fs::is_symlink(path) != fs::is_symlink(directory / "mine"));
    CHECK(test::read_file(directory / "other/store.db") == before);
}
