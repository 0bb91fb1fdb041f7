#include "store/files/file.hpp"

#include <cerrno>

#include <catch2/catch.hpp>

#include "tests/support/files.hpp"
#include "tests/support/partners.hpp"

using namespace xmppfed;

TEST_CASE("the directory of a path") {
    CHECK(store::directory_of("/a/b/c") == "/a/b");
    CHECK(store::directory_of("/a") == "/");
    CHECK(store::directory_of("/") == "/");
    CHECK(store::directory_of("a") == "/");
}

TEST_CASE("a failed system call is told with its cause") {
    const auto error = store::system_failure(core::ErrorKind::failed, "cannot do it", ENOSPC);
    CHECK(error.message == "cannot do it");
    CHECK(error.cause == "No space left on device");
}

TEST_CASE("a directory is synced, anything else is an error") {
    const test::TemporaryDirectory directory;
    CHECK_NOTHROW(store::sync_directory(directory.path()));
    CHECK(test::error_of([&] { store::sync_directory(directory / "none"); }).kind == core::ErrorKind::failed);
}
