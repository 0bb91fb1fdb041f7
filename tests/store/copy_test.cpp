#include "store/copy.hpp"

#include <catch2/catch.hpp>

#include "tests/support/entities.hpp"
#include "tests/support/files.hpp"
#include "tests/support/partners.hpp"
#include "tests/support/sites.hpp"

using namespace xmppfed;

TEST_CASE("an empty store takes over what another one has, numbers included") {
    const test::TemporaryDirectory directory;
    const auto source = directory / "source.db";
    const auto target = directory / "target.db";
    test::create_store(source);
    test::create_store(target);
    const auto from = test::open_at_once(source);
    const auto to = test::open_at_once(target);
    test::commit(*from, {test::partner("a.example", {"x.example"}), test::partner("b.example")});
    test::commit(*from, {test::partner("c.example")});
    {
        const auto writer = to->write();
        store::copy_store(*from->read(), *writer, "2026-03-15T09:30:00Z");
        CHECK_FALSE(writer->try_commit().error);
    }
    CHECK(test::all_partners(*to) == test::all_partners(*from));
    CHECK(test::all_history(*to) == test::all_history(*from));
    CHECK(to->read()->summary().store_revision == 2);
    CHECK(to->read()->summary().created_at == from->read()->summary().created_at);
    CHECK(to->read()->check({}).empty());
    test::commit(*to, {test::partner("d.example")});
    CHECK(to->read()->summary().store_revision == 3);
    CHECK(to->read()->check({}).empty());
}
