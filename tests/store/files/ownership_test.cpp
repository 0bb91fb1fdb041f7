#include "store/files/ownership.hpp"

#include <grp.h>

#include <catch2/catch.hpp>

#include "core/error.hpp"
#include "tests/support/partners.hpp"

using namespace xmppfed;

TEST_CASE("a group is found by its name") {
    const auto* group = ::getgrgid(0);
    REQUIRE(group != nullptr);
    CHECK(store::group_id(group->gr_name) == 0);
    CHECK(test::error_of([] { (void)store::group_id("no such group"); }).kind == core::ErrorKind::not_found);
}
