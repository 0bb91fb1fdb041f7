#include "core/history/past_book.hpp"

#include <catch2/catch.hpp>

#include "core/error.hpp"

using namespace xmppfed::core;

namespace {

HistoryEntry entry_of_past(std::int64_t commit, const std::string& name, std::optional<std::string> after,
                           std::optional<std::string> former_name = {}) {
    HistoryEntry entry;
    entry.store_revision = commit;
    entry.name = name;
    entry.former_name = std::move(former_name);
    entry.after = std::move(after);
    return entry;
}

std::string partner_text(const std::string& name) {
    return R"({"primary_domain":")" + name + R"("})";
}

std::vector<std::string> names_in(PastBook& book) {
    std::vector<std::string> names;
    book.visit_partners([&](const CommittedPartner& partner) {
        names.push_back(partner.primary_domain);
        return true;
    });
    return names;
}

}  // namespace

TEST_CASE("the newest entry that speaks of a name decides") {
    PastBook book;
    book.add(entry_of_past(3, "b", {}));
    book.add(entry_of_past(2, "c", partner_text("c"), "a"));
    book.add(entry_of_past(1, "a", partner_text("a")));
    book.add(entry_of_past(1, "b", partner_text("b")));
    CHECK(names_in(book) == std::vector<std::string>{"c"});
}

TEST_CASE("a name that one partner leaves and another one takes in the same commit is taken") {
    PastBook book;
    book.add(entry_of_past(2, "a", partner_text("a"), "b"));
    book.add(entry_of_past(2, "b", partner_text("b"), "a"));
    book.add(entry_of_past(1, "a", partner_text("a")));
    book.add(entry_of_past(1, "b", partner_text("b")));
    CHECK(names_in(book) == std::vector<std::string>{"a", "b"});
}

TEST_CASE("the edge of a past book is that of its last entry") {
    PastBook book;
    CHECK(book.edge() == Edge{});
    auto entry = entry_of_past(2, "edge", R"({"sip_domains":["a"],"xmpp_domains":[]})");
    entry.subject = Subject::edge;
    book.add(entry);
    entry.after = R"({"sip_domains":["b"]})";
    book.add(entry);
    CHECK(book.edge().sip_domains == std::vector<std::string>{"a"});
    CHECK(book.edge().xmpp_domains == std::vector<std::string>{});
    CHECK(names_in(book).empty());
}

TEST_CASE("an entry that cannot be read is damage") {
    PastBook book;
    book.add(entry_of_past(1, "a", R"({"primary_domain":"a","tls":"maybe"})"));
    CHECK_THROWS_AS(names_in(book), Error);
}
