#include "store/files/open_directory.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include <catch2/catch.hpp>

#include "core/error.hpp"
#include "store/files/ownership.hpp"
#include "tests/support/files.hpp"

using namespace xmppfed;
using store::OpenDirectory;
using test::TemporaryDirectory;

namespace {

constexpr std::size_t plenty = 1000;

}  // namespace

TEST_CASE("an open directory stays the same when its path leads elsewhere") {
    const TemporaryDirectory scratch;
    std::filesystem::create_directory(scratch / "real");
    std::filesystem::create_directory(scratch / "other");
    std::filesystem::create_directory_symlink(scratch / "real", scratch / "link");
    const auto directory = OpenDirectory::at(scratch / "link");
    REQUIRE(directory);
    std::filesystem::remove(scratch / "link");
    std::filesystem::create_directory_symlink(scratch / "other", scratch / "link");
    const auto file = directory->create("key", 0600);
    store::write_durably(file, "secret", "key");
    CHECK(test::read_file(scratch / "real/key") == "secret");
    CHECK_FALSE(std::filesystem::exists(scratch / "other/key"));
    CHECK_FALSE(OpenDirectory::at(scratch / "nowhere"));
    CHECK_FALSE(OpenDirectory::at(scratch / "real/key"));
}

TEST_CASE("no link is followed in an open directory") {
    const TemporaryDirectory scratch;
    const auto directory = OpenDirectory::at(scratch.path());
    REQUIRE(directory);
    test::write_file(scratch / "target", "theirs");
    std::filesystem::create_directory(scratch / "below");
    std::filesystem::create_symlink("target", scratch / "link");
    std::filesystem::create_symlink("nowhere", scratch / "dangling");
    std::filesystem::create_directory_symlink("below", scratch / "linked");
    REQUIRE(::mkfifo((scratch / "pipe").c_str(), 0600) == 0);
    CHECK(directory->read("target", plenty)->text == "theirs");
    for (const auto* name : {"link", "dangling", "below", "pipe", "nothing"}) {
        CAPTURE(name);
        CHECK_FALSE(directory->read(name, plenty));
        CHECK_FALSE(directory->access_of(name));
    }
    CHECK(directory->find("below"));
    for (const auto* name : {"linked", "target", "nothing"}) {
        CAPTURE(name);
        CHECK_FALSE(directory->find(name));
    }
    CHECK_THROWS_AS(directory->create("dangling", 0600), core::Error);
    CHECK_THROWS_AS(directory->create("target", 0600), core::Error);
    CHECK_FALSE(directory->make("dangling"));
    CHECK_FALSE(std::filesystem::exists(scratch / "nowhere"));
    CHECK(test::read_file(scratch / "target") == "theirs");
    CHECK(directory->remove("link"));
    CHECK(std::filesystem::exists(scratch / "target"));
}

TEST_CASE("names are taken, switched and removed in an open directory") {
    const TemporaryDirectory scratch;
    const auto directory = OpenDirectory::at(scratch.path());
    REQUIRE(directory);
    CHECK(directory->make("one"));
    CHECK_FALSE(directory->make("one"));
    CHECK(directory->make("two"));
    CHECK_FALSE(directory->rename("one", "two"));
    CHECK(directory->rename("one", "three"));
    directory->link("current", "two");
    directory->link("current", "three");
    CHECK(std::filesystem::read_symlink(scratch / "current") == "three");
    test::write_file(scratch / "three/file", "");
    CHECK_FALSE(directory->remove_directory("three"));
    CHECK(errno == ENOTEMPTY);
    CHECK(directory->remove_directory("two"));
    directory->sync();
    CHECK(scratch.names() == std::vector<std::string>{"current", "three"});
    CHECK_THROWS_AS(directory->link("three", "two"), core::Error);
    CHECK(scratch.names() == std::vector<std::string>{"current", "three"});
}

TEST_CASE("owner and mode are changed by the descriptor") {
    const TemporaryDirectory scratch;
    const auto directory = OpenDirectory::at(scratch.path());
    const auto file = directory->create("file", 0600);
    const auto before = file.access();
    CHECK(before.owner == ::geteuid());
    CHECK(file.give({before.owner, before.group, 0640}));
    CHECK(test::mode_of(scratch / "file") == 0640);
    CHECK(store::access_of(scratch / "file") == core::FileAccess{before.owner, before.group, 0640});
    CHECK_FALSE(store::access_of(scratch / "nothing"));
    CHECK(store::identity_of(scratch / "file") == directory->read("file", plenty)->identity);
    const test::WithoutPrivileges nobody;
    CHECK_FALSE(file.give({before.owner + 1, before.group, 0640}));
    CHECK(file.access().owner == before.owner);
}

TEST_CASE("users are found by name and by number") {
    CHECK(store::user_id("root") == 0);
    CHECK(store::user_id("64321") == 64321);
    for (const auto* name : {"no such user", "-1", "4294967295", "1x", ""}) {
        CAPTURE(name);
        CHECK_THROWS_AS((void)store::user_id(name), core::Error);
    }
    CHECK(store::may_give_to(::getegid()));
}
