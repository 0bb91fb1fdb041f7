#include "store/files/write_lock.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "core/error.hpp"
#include "tests/support/files.hpp"

using namespace xmppfed;

namespace {

/// Tries for a lock of the open file: unlike one of the process, which is in nobody's way here.
void lock(int descriptor, short type) {
    struct flock whole {};
    whole.l_type = type;
    whole.l_whence = SEEK_SET;
    REQUIRE(::fcntl(descriptor, F_OFD_SETLK, &whole) == 0);
}

}  // namespace

TEST_CASE("a file is locked as long as somebody holds it for writing") {
    const test::TemporaryDirectory directory;
    const auto path = directory / "file";
    CHECK_FALSE(store::is_write_locked(path));  // there is none
    test::write_file(path, "text");
    CHECK_FALSE(store::is_write_locked(path));
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    lock(descriptor, F_RDLCK);
    CHECK_FALSE(store::is_write_locked(path));
    lock(descriptor, F_WRLCK);
    CHECK(store::is_write_locked(path));
    CHECK(store::is_write_locked(path));  // to look changes nothing
    ::close(descriptor);
    CHECK_FALSE(store::is_write_locked(path));
    CHECK_THROWS_AS(store::is_write_locked(path + "/below"), core::Error);
}
