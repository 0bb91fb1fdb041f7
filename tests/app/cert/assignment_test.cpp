// Where a certificate goes when the user names no directory, and the announcement that comes before its key.

#include "app/cert/assignment.hpp"

#include <catch2/catch.hpp>

#include "tests/support/circumstances.hpp"
#include "tests/support/files.hpp"

using namespace xmppfed;

namespace {

core::CertRequest assigned(const std::string& directory, const std::string& at) {
    core::CertRequest request;
    request.directory = directory;
    request.assigned_at = at;
    return request;
}

struct Announcing {
    Announcing() { test::commit(book.store(), {test::partner("fabrikam.com")}); }

    test::TemporaryDirectory directory;
    app::Book book{test::circumstances(), directory / "store.db"};

    [[nodiscard]] std::vector<store::KeyPlace> unfinished() { return book.store().read()->unfinished_keys(); }
};

}  // namespace

TEST_CASE("a certificate goes where the last one went, else beside the store") {
    const app::Book book{test::circumstances(), "/var/lib/xmppfed/store.db"};
    const auto beside = app::find_destination(book, {{}, {}});
    CHECK(beside.path == "/var/lib/xmppfed/certificates");
    CHECK_FALSE(beside.is_recorded);

    const auto last = app::find_destination(
        book, {assigned("/etc/old/3", "2026-01-01T00:00:00Z"), assigned("/etc/new/1", "2026-03-01T00:00:00Z"),
               assigned("/etc/middle/2", "2026-02-01T00:00:00Z"), core::CertRequest{}});
    CHECK(last.path == "/etc/new");
    CHECK(last.is_recorded);
    CHECK_FALSE(last.is_named);
    CHECK_FALSE(last.is_agreed);
}

TEST_CASE_METHOD(Announcing, "an announcement is there before the key, and is taken back unless it is settled") {
    const auto place = directory / "edge.key";
    {
        const app::KeyAnnouncement announcement{book, place};
        CHECK(unfinished() == std::vector{store::KeyPlace{place, ""}});
    }
    CHECK(unfinished().empty());
    {
        app::KeyAnnouncement announcement{book, place};
        announcement.settle();
    }
    CHECK(unfinished() == std::vector{store::KeyPlace{place, ""}});
}
