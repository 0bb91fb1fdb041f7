// What `export` writes, `apply` reads: to an empty store, and exported again, it has the same bytes.

#include <tuple>

#include <fmt/format.h>
#include <rapidcheck.h>
#include <rapidcheck/catch.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "core/partner/negotiation.hpp"
#include "core/text/text.hpp"
#include "store/site.hpp"
#include "tests/support/files.hpp"
#include "tests/support/partners.hpp"
#include "tests/support/sites.hpp"
#include "tests/support/test_world.hpp"

using namespace xmppfed;
using test::TestWorld;

namespace {

constexpr std::size_t partners_in_a_store = 100;  // and rapidcheck makes a hundred stores

template <class E>
E any() {
    return static_cast<E>(*rc::gen::inRange<std::size_t>(0, core::values_of<E>().size()));
}

bool coin() {
    return *rc::gen::arbitrary<bool>();
}

/// Texts that something might take for its own: JSON, a shell, a terminal, a spreadsheet.
std::string any_description() {
    const std::vector<std::string> pieces{
        "\"",      "\\",        "\\u0022",    "\n",   "\t",         "{\"primary_domain\":",  "é",
        "e\u0301", "\u00a0",    "\U0001f600", "=1+1", "$(touch x)", "'; DROP TABLE partner", "\u200d",
        "\ufeff",  "</script>", "a",          " ",    "\uffff"};
    auto text = core::join(*rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(pieces)), "");
    return core::free_text_problem(text).empty() ? text : "";
}

std::string any_label() {
    return *rc::gen::element<std::string>("a", "xn--bcher-kva", "0-1", "ab--cd", std::string(63, 'z'));
}

core::Negotiation any_sound_negotiation() {
    const core::Negotiation negotiation{any<core::Level>(), any<core::Level>(), coin()};
    const bool needs_tls =
        negotiation.sasl != core::Level::not_supported && negotiation.tls == core::Level::not_supported;
    return needs_tls || core::offer(negotiation).methods.empty() ? core::Negotiation{} : negotiation;
}

core::CommittedPartner any_partner(std::size_t number) {
    auto partner = test::partner(fmt::format("p{}.{}.example", number, any_label()));
    for (std::size_t i = *rc::gen::inRange<std::size_t>(0, 4); i > 0; --i) {
        partner.additional_domains.push_back(fmt::format("d{}.{}.{}", i, any_label(), partner.primary_domain));
    }
    std::ranges::sort(partner.additional_domains);
    partner.description = any_description();
    partner.type = any<core::PartnerType>();
    partner.negotiation = any_sound_negotiation();
    if (coin()) {
        partner.proxy_fqdn = fmt::format("proxy.{}.example", any_label());
    }
    if (coin()) {
        partner.connection_limit = *rc::gen::element<std::int64_t>(1, 2, 4294967294, 4294967295);
    }
    partner.keepalive = coin();
    partner.enabled = coin();
    return partner;
}

/// What a manifest is to keep: the partners without revisions and times, the edge, and the gateway.
std::tuple<std::vector<core::Partner>, core::Edge, core::Gateway> content_of(const std::string& path) {
    const auto store = test::open_store({.path = path, .now = test::some_time});
    const auto partners = test::all_partners(*store);
    const auto reader = store->read();
    return {{partners.begin(), partners.end()}, reader->edge(), reader->gateway()};
}

core::Gateway any_gateway() {
    const auto number = [] { return *rc::gen::element<std::int64_t>(1, 20, 1000, 4294967295); };
    return coin() ? core::Gateway{}
                  : core::Gateway{.connection_limit = number(),
                                  .partner_connection_limit = number(),
                                  .keepalive_interval = number(),
                                  .subscription_refresh = number(),
                                  .log_message_bodies = coin()};
}

core::Edge any_edge() {
    core::Edge edge;
    edge.access_edge = coin() ? "sip.contoso.com" : "";
    edge.organization = *rc::gen::element<std::string>("", "Contoso, \"Ltd\"", "Bücher & Söhne");
    edge.country = coin() ? "US" : "";
    if (coin()) {
        edge.sip_domains = {"contoso.com", "a.contoso.com"};
    }
    switch (*rc::gen::inRange(0, 3)) {
    case 0:
        break;  // the SIP domains count
    case 1:
        edge.xmpp_domains.emplace();  // there is no proxy
        break;
    default:
        edge.xmpp_domains = {{"im.contoso.com", "contoso.com"}};
    }
    return edge;
}

/// A new store with partners and an edge, whatever they may be.
void store_anything(const TestWorld& world) {
    test::create_store(world.store());
    const auto store = test::open_store({.path = world.store(), .now = test::some_time});
    std::vector<core::CommittedPartner> partners;
    for (std::size_t number = 0; number < partners_in_a_store; ++number) {
        partners.push_back(any_partner(number));
    }
    test::commit(*store, partners);
    const auto writer = store->write();
    writer->put_edge(any_edge());
    writer->put_gateway(any_gateway());
    writer->commit();
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
    return text;
}

}  // namespace

TEST_CASE("a manifest that is exported, applied to an empty store and exported again has the same bytes") {
    rc::prop("whatever is stored", [] {
        TestWorld world;
        store_anything(world);
        const auto document = world.must("export").out;
        const auto lines = world.must("export -o jsonl -q").out;
        test::write_file(world.directory / "document.json", document);
        test::write_file(world.directory / "lines.jsonl", lines);

        world.must(fmt::format("apply -q --file {} --store again.db", world.directory / "document.json"));
        RC_ASSERT(world.must("export --store again.db").out == document);
        RC_ASSERT(content_of(world.directory / "again.db") == content_of(world.store()));
        world.must(fmt::format("apply -q --file {} --store lines.db", world.directory / "lines.jsonl"));
        RC_ASSERT(world.must("export -o jsonl --store lines.db").out == lines);
    });
}

TEST_CASE("a list in CSV that is imported to an empty store is the same list") {
    rc::prop("whatever is stored", [] {
        TestWorld world;
        store_anything(world);
        const auto list = world.must("partner list -o csv").out;
        const auto wanted = std::get<0>(content_of(world.store()));
        const std::string mark{core::byte_order_mark};
        // As it is, as a spreadsheet saves it, and after an editor that changes all ends of lines.
        for (const auto& text :
             {list, mark + list, replaced(list, "\r\n", "\n"), replaced(replaced(list, "\r\n", "\n"), "\n", "\r\n")}) {
            test::write_file(world.directory / "list.csv", text);
            world.must(
                fmt::format("partner import -q --prune --yes {} --store again.db", world.directory / "list.csv"));
            RC_ASSERT(std::get<0>(content_of(world.directory / "again.db")) == wanted);
        }
    });
}
