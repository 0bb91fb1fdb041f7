#include "store/sharing.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <functional>

#include <catch2/catch.hpp>

#include "store/site.hpp"
#include "tests/support/files.hpp"
#include "tests/support/partners.hpp"
#include "tests/support/sites.hpp"

using namespace xmppfed;
using Catch::Matchers::Contains;
using core::ErrorKind;
using test::error_of;
using test::mode_of;
using test::open_at_once;
using test::partner;
using test::TemporaryDirectory;

namespace {

namespace fs = std::filesystem;

constexpr mode_t closed = 0600;

/// A store in a directory of its own, and beside that what somebody would like to get at.
struct Shared {
    Shared() {
        test::create_store(path);
        test::commit(*open_at_once(path), {partner("a.example")});
        test::write_file(victim, "secret");
        REQUIRE(::chmod(victim.c_str(), closed) == 0);
    }

    /// Takes the store away and puts something else in its place.
    void swap(const std::function<void()>& put) const {
        fs::rename(path, directory / "elsewhere.db");
        put();
    }

    /// Whether nothing was done to the victim.
    [[nodiscard]] bool is_untouched() const { return mode_of(victim) == closed; }

    TemporaryDirectory directory;
    std::string path = directory / "shared/store.db";
    std::string victim = directory / "victim";
};

void check_refused(const Shared& shared, ErrorKind kind, const std::string& message) {
    const auto error = error_of([&] { store::Sharing(shared.path, ::getegid()).give(); });
    CHECK(error.kind == kind);
    CHECK_THAT(error.message, Contains(message));
    CHECK(shared.is_untouched());
    CHECK(mode_of(shared.directory / "shared") == 0700);
}

}  // namespace

TEST_CASE("a group gets the store and its directory") {
    const Shared shared;
    store::Sharing(shared.path, ::getegid()).give();
    CHECK(mode_of(shared.path) == 0660);
    CHECK(mode_of(shared.directory / "shared") == 02770);
    store::Sharing(shared.path, ::getegid()).give();
    CHECK(mode_of(shared.path) == 0660);
}

TEST_CASE("a store is not shared with other things in its directory") {
    const Shared shared;
    test::write_file(shared.directory / "shared/other", "");
    check_refused(shared, ErrorKind::conflict, "holds other things");
    CHECK(mode_of(shared.path) == 0600);
}

TEST_CASE("what stands in the place of a store that is to be shared is not touched") {
    const Shared shared;
    SECTION("a link") {
        shared.swap([&] { fs::create_symlink(shared.victim, shared.path); });
        check_refused(shared, ErrorKind::conflict, "is a symbolic link");
    }
    SECTION("a link to a store") {
        shared.swap([&] { fs::create_symlink(shared.directory / "elsewhere.db", shared.path); });
        check_refused(shared, ErrorKind::conflict, "is a symbolic link");
        CHECK(mode_of(shared.directory / "elsewhere.db") == closed);
    }
    SECTION("another name of a file") {
        shared.swap([&] { fs::create_hard_link(shared.victim, shared.path); });
        check_refused(shared, ErrorKind::failed, "is no store");
    }
    SECTION("another name of a store") {
        shared.swap([&] { fs::create_hard_link(shared.directory / "elsewhere.db", shared.path); });
        check_refused(shared, ErrorKind::conflict, "has 2 names");
        CHECK(mode_of(shared.directory / "elsewhere.db") == closed);
    }
    SECTION("another file") {
        shared.swap([&] { fs::rename(shared.victim, shared.path); });
        const auto error = error_of([&] { store::Sharing(shared.path, ::getegid()).give(); });
        CHECK_THAT(error.message, Contains("is no store"));
        CHECK(mode_of(shared.path) == closed);
        fs::rename(shared.path, shared.victim);
    }
    SECTION("an empty file") {  // a store is made before it is shared, not by whoever comes first
        shared.swap([&] { test::write_file(shared.path, ""); });
        check_refused(shared, ErrorKind::failed, "is no store");
    }
    SECTION("a pipe") {
        shared.swap([&] { REQUIRE(::mkfifo(shared.path.c_str(), closed) == 0); });
        check_refused(shared, ErrorKind::failed, "is no store");
    }
    SECTION("nothing") {
        shared.swap([] {});
        check_refused(shared, ErrorKind::failed, "cannot open");
    }
}

TEST_CASE("what is put in the place of a store after it was looked at is not touched") {
    const Shared shared;
    const store::Sharing sharing{shared.path, ::getegid()};
    SECTION("of the file") {
        shared.swap([&] { fs::create_symlink(shared.victim, shared.path); });
        sharing.give();
        CHECK(mode_of(shared.directory / "shared") == 02770);
    }
    SECTION("of the directory") {
        fs::create_directory(shared.directory / "theirs");
        fs::permissions(shared.directory / "theirs", fs::perms::owner_all);
        fs::rename(shared.path, shared.directory / "elsewhere.db");
        fs::rename(shared.directory / "shared", shared.directory / "moved");
        fs::create_directory_symlink(shared.directory / "theirs", shared.directory / "shared");
        fs::create_symlink(shared.victim, shared.path);
        sharing.give();
        CHECK(mode_of(shared.directory / "theirs") == 0700);
        CHECK(mode_of(shared.directory / "moved") == 02770);
    }
    CHECK(mode_of(shared.directory / "elsewhere.db") == 0660);
    CHECK(shared.is_untouched());
}

TEST_CASE("a store is not shared where everybody may put another in its place") {
    const Shared shared;
    const auto above = shared.directory.path();
    for (const mode_t mode : {0777U, 0703U}) {
        REQUIRE(::chmod(above.c_str(), mode) == 0);
        check_refused(shared, ErrorKind::failed, "everybody may write the directory '" + above + "'");
        const auto early = error_of([&] { store::refuse_unshareable(shared.path, ::getegid()); });
        CHECK_THAT(early.message, Contains("everybody may write"));
    }
    REQUIRE(::chmod(above.c_str(), 01777) == 0);
    store::Sharing(shared.path, ::getegid()).give();
    CHECK(mode_of(shared.path) == 0660);
}
