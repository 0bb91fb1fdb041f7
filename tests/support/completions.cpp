#include "tests/support/completions.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <catch2/catch.hpp>

#include "core/text/text.hpp"

namespace xmppfed::test {

namespace {
using Words = std::vector<std::string>;
}

Words completion_answer(TestWorld& world, std::string_view line) {
    auto words = split_words(line);
    if (line.empty() || line.ends_with(' ')) {
        words.emplace_back();
    }
    words.insert(words.begin(), "__complete");
    const auto result = world.run_words(words);
    INFO(line);
    CHECK(result.code == 0);
    CHECK(result.err.empty());
    auto lines = core::split(result.out, '\n');
    CHECK(lines.back().empty());
    lines.pop_back();
    return lines;
}

Words offered(TestWorld& world, std::string_view line) {
    auto lines = completion_answer(world, line);
    for (auto& each : lines) {
        each = each.substr(0, each.find('\t'));
    }
    return lines;
}

void fill(TestWorld& world) {
    world.must("partner new --primary fabrikam.com --additional corp.fabrikam.com,it.fabrikam.com");
    world.must("partner new --primary litwareinc.com --additional im.litwareinc.com");
    world.must(
        "edge set --access-edge sip.contoso.com --sip-domain contoso.com,northwind.com --xmpp-domain im.contoso.com");
    world.must("cert request --curve P-256 --friendly-name \"The: 'first'\"");
    world.must("cert request --curve P-256 --out second.csr --key-out second.key");
}

void check_offers(const std::vector<Offer>& offers) {
    TestWorld world;
    fill(world);
    for (const auto& [line, candidate, is_offered] : offers) {
        const auto all = offered(world, line);
        INFO(fmt::format("`{}` gives {}", line, core::join(all, " ")));
        CHECK((std::ranges::count(all, candidate) == 1) == is_offered);
    }
}

}  // namespace xmppfed::test
