#include "app/store_making.hpp"

#include <catch2/catch.hpp>

#include "tests/support/circumstances.hpp"
#include "tests/support/entities.hpp"
#include "tests/support/files.hpp"
#include "tests/support/partners.hpp"
#include "tests/support/sites.hpp"

using namespace xmppfed;
using core::ErrorKind;

namespace {

/// A store with a history of two commits, and one that is to take it over.
struct Filling {
    Filling() {
        test::create_store(source);
        const auto store = test::open_at_once(source);
        test::commit(*store, {test::partner("a.example", {"x.example"}), test::partner("b.example")});
        test::commit(*store, {test::partner("c.example")});
    }

    [[nodiscard]] ErrorKind kind_of_failure(app::Book& book, const std::string& file) const {
        return test::error_of([&] { app::fill_store(book, file); }).kind;
    }

    test::TemporaryDirectory directory;
    std::string source = directory / "source.db";
    std::string target = directory / "target.db";
};

}  // namespace

TEST_CASE_METHOD(Filling, "a new store takes over what another one has, numbers included") {
    app::Book book{test::circumstances(), target};
    CHECK(app::make_store(book, std::nullopt) == app::Making::made);
    app::fill_store(book, source);
    const auto from = test::open_at_once(source);
    const auto to = test::open_at_once(target);
    CHECK(test::all_partners(*to) == test::all_partners(*from));
    CHECK(test::all_history(*to) == test::all_history(*from));
    CHECK(to->read()->summary().store_revision == 2);
    CHECK(to->read()->summary().created_at == from->read()->summary().created_at);
    CHECK(to->read()->check({}).empty());
    test::commit(*to, {test::partner("d.example")});
    CHECK(to->read()->summary().store_revision == 3);
    CHECK(to->read()->check({}).empty());
}

TEST_CASE_METHOD(Filling, "only an empty store takes one over, and only what is one") {
    app::Book book{test::circumstances(), target};
    CHECK(app::make_store(book, std::nullopt) == app::Making::made);
    CHECK(kind_of_failure(book, directory / "missing.db") == ErrorKind::not_found);
    test::write_file(directory / "foreign.db", std::string(600, 'x'));
    CHECK(kind_of_failure(book, directory / "foreign.db") == ErrorKind::failed);
    test::commit(book.store(), {test::partner("mine.example")});
    CHECK(kind_of_failure(book, source) == ErrorKind::conflict);
    CHECK(test::all_partners(book.store()).size() == 1);
}
