// Two connections to one file: what one sees and may do while the other works.

#include <catch2/catch.hpp>

#include "store/site.hpp"
#include "tests/support/files.hpp"
#include "tests/support/partners.hpp"
#include "tests/support/sites.hpp"

using namespace xmppfed;
using core::ErrorKind;
using test::error_of;
using test::open_at_once;
using test::partner;

TEST_CASE("one writer works at a time") {
    const test::TemporaryDirectory directory;
    test::create_store(directory / "store.db");
    const auto one = open_at_once(directory / "store.db");
    const auto other = open_at_once(directory / "store.db");
    one->write()->commit();
    auto writer = one->write();
    const auto error = error_of([&] { (void)other->write(); });
    CHECK(error.kind == ErrorKind::busy);
    CHECK(error.hints.size() == 1);
    writer.reset();
    other->write()->commit();
}

TEST_CASE("readers work beside an uncommitted writer and see nothing of it") {
    const test::TemporaryDirectory directory;
    test::create_store(directory / "store.db");
    const auto one = open_at_once(directory / "store.db");
    const auto other = open_at_once(directory / "store.db");
    test::commit(*one, {partner("a.example")});
    const auto writer = one->write();
    writer->put_partners(std::vector{partner("b.example")});
    CHECK(other->read()->summary().partners == 1);
}

TEST_CASE("a reader keeps its view, and a commit beside it is refused as busy, not lost") {
    const test::TemporaryDirectory directory;
    test::create_store(directory / "store.db");
    const auto one = open_at_once(directory / "store.db");
    const auto other = open_at_once(directory / "store.db");
    test::commit(*one, {partner("a.example")});
    auto reader = other->read();
    CHECK(reader->summary().partners == 1);
    CHECK(error_of([&] { test::commit(*one, {partner("b.example")}); }).kind == ErrorKind::busy);
    CHECK(reader->summary().partners == 1);
    reader.reset();
    CHECK(test::all_partners(*other).size() == 1);
    test::commit(*one, {partner("b.example")});
    CHECK(test::all_partners(*other).size() == 2);
}

TEST_CASE("connections that find an empty file set it up once") {
    const test::TemporaryDirectory directory;
    test::create_store(directory / "store.db");
    const auto one = open_at_once(directory / "store.db");
    const auto other = open_at_once(directory / "store.db");
    test::commit(*one, {partner("a.example")});
    test::commit(*other, {partner("b.example")});  // reads the version again under the lock
    CHECK(test::all_partners(*one).size() == 2);
    CHECK(one->read()->check({}).empty());
}
