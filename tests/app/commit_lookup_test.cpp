#include "app/commit_lookup.hpp"

#include <catch2/catch.hpp>

#include "tests/support/circumstances.hpp"
#include "tests/support/files.hpp"
#include "tests/support/partners.hpp"
#include "tests/support/sites.hpp"

using namespace xmppfed;
using core::ErrorKind;

TEST_CASE("a store in a file knows no ids of commits") {
    const test::TemporaryDirectory directory;
    app::Book book{test::circumstances(), directory / "store.db"};
    const auto kind_for = [&](std::string_view id) {
        return test::error_of([&] { (void)app::find_commit(book, id); }).kind;
    };
    constexpr std::string_view id = "6f1b2c3d-9f3e-4a52-8d0b-0123456789ab";
    CHECK(kind_for(id) == ErrorKind::not_found);
    CHECK(directory.names().empty());
    test::create_store(directory / "store.db");
    test::commit(*test::open_at_once(directory / "store.db"), {test::partner("a.example")});
    app::Book made{test::circumstances(), directory / "store.db"};
    CHECK(test::error_of([&] { (void)app::find_commit(made, id); }).kind == ErrorKind::not_found);
    for (const auto* const wrong :
         {"", "17", "6f1b2c3d-9f3e-4a52-8d0b-0123456789a", "6f1b2c3d-9f3e-4a52-8d0b-0123456789ag",
          "6f1b2c3d09f3e04a5208d0b00123456789ab", "6f1b2c3d-9f3e-4a52-8d0b-0123456789ab "}) {
        INFO(wrong);
        CHECK(kind_for(wrong) == ErrorKind::usage);
    }
}
