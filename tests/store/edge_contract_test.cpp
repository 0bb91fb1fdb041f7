// What the contract of store/store.hpp says of our own side, the gateway and certificates, held against each implementation.

#include <functional>

#include <catch2/catch.hpp>

#include "tests/support/entities.hpp"
#include "tests/support/every_store.hpp"
#include "tests/support/partners.hpp"

using namespace xmppfed;
using test::EmptyStore;
using Places = std::vector<store::KeyPlace>;

namespace {

/// Commits what `change` does with a writer.
void commit_with(store::Store& store, const std::function<void(store::Writer&)>& change) {
    const auto writer = store.write();
    change(*writer);
    writer->commit();
}

core::CertRequest plain_request(std::int64_t number) {
    core::CertRequest request;
    request.number = number;
    request.created_at = "2026-03-15T00:00:00Z";
    return request;
}

}  // namespace

TEST_CASE("the edge comes back as it was put") {
    EmptyStore store;
    INFO(store.name());
    CHECK(store->read()->edge() == core::Edge{});
    const auto full = test::full_edge();
    auto without_proxy = full;
    without_proxy.xmpp_domains.emplace();
    auto with_sip_domains = full;
    with_sip_domains.xmpp_domains.reset();
    for (const auto& edge : {full, without_proxy, with_sip_domains, core::Edge{}, full}) {
        commit_with(*store, [&](store::Writer& writer) { writer.put_edge(edge); });
        CHECK(store->read()->edge() == edge);
    }
}

TEST_CASE("the gateway comes back as it was put, and has its defaults before") {
    EmptyStore store;
    INFO(store.name());
    CHECK(store->read()->gateway() == core::Gateway{});
    for (const auto& gateway : {test::full_gateway(), core::Gateway{.inactivity_timeout = 1}, core::Gateway{}}) {
        commit_with(*store, [&](store::Writer& writer) { writer.put_gateway(gateway); });
        CHECK(store->read()->gateway() == gateway);
    }
    store->write()->put_gateway(test::full_gateway());  // without a commit
    CHECK(store->read()->gateway() == core::Gateway{});
}

TEST_CASE("certificate requests come back by their numbers") {
    EmptyStore store;
    INFO(store.name());
    CHECK(store->read()->next_request_number() == 1);
    CHECK_FALSE(store->read()->cert_request(7));
    const auto full = test::full_request(GENERATE(core::KeyAlgorithm::rsa, core::KeyAlgorithm::ec));
    commit_with(*store, [&](store::Writer& writer) {
        writer.put_cert_request(full);
        writer.put_cert_request(plain_request(2));
        CHECK(writer.next_request_number() == 8);
    });
    CHECK(store->read()->cert_request(7) == full);
    CHECK(store->read()->cert_request(2) == plain_request(2));
    CHECK_FALSE(store->read()->cert_request(1));
    CHECK(store->read()->cert_requests() == std::vector{plain_request(2), full});
    REQUIRE(full.state == core::RequestState::retired);
    CHECK(store->read()->retired_cert_requests() == std::vector{full});
    CHECK(store->read()->next_request_number() == 8);
    commit_with(*store, [&](store::Writer& writer) { writer.put_cert_request(plain_request(7)); });
    CHECK(store->read()->cert_requests() == std::vector{plain_request(2), plain_request(7)});
    CHECK(store->read()->retired_cert_requests().empty());
}

TEST_CASE("places of keys are announced and forgotten") {
    EmptyStore store;
    INFO(store.name());
    CHECK(store->read()->unfinished_keys().empty());
    commit_with(*store, [](store::Writer& writer) {
        writer.announce_key({"/b.key", ""}, "2026-03-15T00:00:00Z");
        writer.announce_key({"/a.key", "two"}, "2026-03-15T00:00:00Z");
        writer.announce_key({"/a.key", "one"}, "2026-03-15T00:00:00Z");
        writer.announce_key({"/b.key", ""}, "2026-03-16T00:00:00Z");
    });
    CHECK(store->read()->unfinished_keys() == Places{{"/a.key", "one"}, {"/a.key", "two"}, {"/b.key", ""}});
    commit_with(*store, [](store::Writer& writer) {
        writer.forget_key({"/a.key", "one"});
        writer.forget_key({"/b.key", "one"});
        writer.forget_key({"/never.key", ""});
    });
    CHECK(store->read()->unfinished_keys() == Places{{"/a.key", "two"}, {"/b.key", ""}});
    CHECK(store->read()->store_revision() == 0);  // an announcement is no commit of the book
}

TEST_CASE("a check hands on what can be read") {
    EmptyStore store;
    INFO(store.name());
    const auto full = test::full_request(core::KeyAlgorithm::ec);
    commit_with(*store, [&](store::Writer& writer) {
        writer.put_partners(std::vector{test::full_partner()});
        writer.put_cert_request(full);
    });
    std::vector<core::CommittedPartner> partners;
    std::vector<core::CertRequest> requests;
    const auto diagnostics = store->read()->check(
        {.partner = [&](const auto& partner, const auto& /*rivals*/) { partners.push_back(partner); },
         .request = [&](const auto& request) { requests.push_back(request); }});
    CHECK(partners == std::vector{test::full_partner()});
    CHECK(requests == std::vector{full});
    CHECK(diagnostics.size() == 2);  // nothing of them was recorded
}
