#include "store/files/new_directories.hpp"

#include <sys/stat.h>
#include <catch2/catch.hpp>
#include <filesystem>

#include "core/error.hpp"
#include "tests/support/files.hpp"

using namespace xmppfed;
using test::TemporaryDirectory;

namespace fs = std::filesystem;

namespace {

unsigned mode_of(const fs::path& path) {
    return static_cast<unsigned>(fs::status(path).permissions());
}

}  // namespace

TEST_CASE("new directories go unless they are kept") {
    const TemporaryDirectory scratch;
    const auto above = scratch / "above";
    const auto below = above + "/below";
    {
        store::NewDirectories directories;
        directories.make(below, 0700, 0755);
        CHECK(mode_of(below) == 0700);
        CHECK(mode_of(above) == 0755);
    }
    CHECK_FALSE(fs::exists(above));
    {
        store::NewDirectories directories;
        directories.make(below, 0700, 0755);
        directories.keep();
    }
    CHECK(fs::exists(below));
}

TEST_CASE("directories that were there stay as they are") {
    const TemporaryDirectory scratch;
    const auto there = scratch / "there";
    fs::create_directory(there);
    fs::permissions(there, fs::perms::owner_all);
    {
        store::NewDirectories directories;
        directories.make(there, 0755, 0755);
        directories.make(there + "/below", 0755, 0755);
    }
    CHECK(mode_of(there) == 0700);
    CHECK_FALSE(fs::exists(there + "/below"));
}

TEST_CASE("what is no directory is not one to make something in") {
    const TemporaryDirectory scratch;
    const auto file = scratch / "file";
    test::write_file(file, "x");
    store::NewDirectories directories;
    CHECK_THROWS_AS(directories.make(file + "/below", 0755, 0755), core::Error);
    CHECK(test::read_file(file) == "x");
}
