// Undoing one commit of any history, and what a store held after each of its commits.

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <map>
#include <random>
#include <set>

#include <fmt/format.h>
#include <rapidcheck.h>
#include <rapidcheck/catch.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/support/test_world.hpp"

using Catch::Matchers::Contains;
using namespace xmppfed;
using core::Json;
using test::TestWorld;

namespace {

/// A book as `export` tells it: partners by primary domain, and the edge.
struct ExportedBook {
    std::map<std::string, Json> partners;
    Json edge;
    Json gateway;
    std::string text;

    bool operator==(const ExportedBook& other) const {
        return partners == other.partners && edge == other.edge && gateway == other.gateway;
    }
};

ExportedBook exported(TestWorld& world, const std::string& options = {}) {
    ExportedBook book;
    const auto result = world.must("export " + options);
    book.text = result.out;
    const auto document = result.json();
    for (const auto& partner : document.at("partners")) {
        book.partners[partner.at("primary_domain")] = partner;
    }
    book.edge = document.value("edge", Json{});
    book.gateway = document.value("gateway", Json{});
    return book;
}

/// Choices by a seed, so that one long history can be made as well as many short ones.
class Chance {
  public:
    explicit Chance(unsigned seed) : engine_{seed} {}

    template <class Value>
    Value one_of(std::initializer_list<Value> values) {
        return *std::next(values.begin(), static_cast<std::ptrdiff_t>(engine_() % values.size()));
    }

  private:
    std::mt19937 engine_;
};

std::string any_name(Chance& chance) {
    return chance.one_of<std::string>({"a.example", "b.example", "c.example", "d.example"});
}

/// One that changes something more often than not: a partner that is made, changed, renamed or removed, a manifest, or the
/// edge.
std::string any_change(const TestWorld& world, Chance& chance) {
    const auto name = any_name(chance);
    const auto other = any_name(chance);
    switch (chance.one_of({0, 1, 2, 3, 4, 5, 6, 7, 8, 9})) {
    case 0:
    case 1:
        return fmt::format("partner new --primary {}", name);
    case 2:
        return fmt::format("partner edit {} --connection-limit {}", name, chance.one_of({1, 2, 3}));
    case 3:
        return fmt::format("partner edit {} --description {}", name, chance.one_of<std::string>({"x", "y", "''"}));
    case 4:
        return fmt::format("partner edit {} --{}-domain shared.example", name,
                           chance.one_of<std::string>({"add", "remove"}));
    case 5:
        return fmt::format("partner edit {} --primary {}", name, other);
    case 6:
        return fmt::format("partner remove {} --yes", name);
    case 7:
        return fmt::format("edge set --sip-domain {} --organization {}",
                           chance.one_of<std::string>({"x.example", "y.example"}),
                           chance.one_of<std::string>({"X", "Y"}));
    case 8:
        return fmt::format("gateway set --connection-limit {}", chance.one_of({1000, 1, 2}));
    default:
        test::write_file(
            world.directory / "book.jsonl",
            fmt::format(
                "{{\"primary_domain\":\"{}\",\"additional_domains\":[\"shared.example\"]}}\n{}", name,
                name == other ? "" : fmt::format("{{\"primary_domain\":\"{}\",\"keepalive\":false}}\n", other)));
        return fmt::format("apply --file {} {}", world.directory / "book.jsonl",
                           chance.one_of<std::string>({"", "--prune --yes"}));
    }
}

/// 0 before there is a store.
std::int64_t last_commit(TestWorld& world) {
    const auto revision = world.must("store info -o json").json().at("store_revision");
    return revision.is_null() ? 0 : revision.get<std::int64_t>();
}

/// Makes a history, and notes what `export` writes after each of its commits; before the first one nothing is there.
std::vector<ExportedBook> make_history(TestWorld& world, std::size_t commits, unsigned seed) {
    Chance chance{seed};
    std::vector<ExportedBook> books{{.partners = {}, .edge = {}, .gateway = {}, .text = {}}};
    while (books.size() <= commits) {
        world.run(any_change(world, chance) + " -q");
        if (last_commit(world) == std::ssize(books)) {
            books.push_back(exported(world));
        }
    }
    return books;
}

/// What each partner that a commit changed was before it stands for what it is now; the edge too.
ExportedBook without(const ExportedBook& before, const ExportedBook& after, ExportedBook now) {
    for (const auto& [name, partner] : after.partners) {
        if (!before.partners.contains(name)) {
            now.partners.erase(name);
        }
    }
    for (const auto& [name, partner] : before.partners) {
        if (!after.partners.contains(name) || after.partners.at(name) != partner) {
            now.partners[name] = partner;
        }
    }
    if (before.edge != after.edge) {
        now.edge = before.edge;
    }
    if (before.gateway != after.gateway) {
        now.gateway = before.gateway;
    }
    return now;
}

/// Whether what a commit made is not there any more as it made it.
bool is_overtaken(const ExportedBook& before, const ExportedBook& after, const ExportedBook& now) {
    for (const auto& [name, partner] : after.partners) {
        const bool is_changed = !before.partners.contains(name) || before.partners.at(name) != partner;
        if (is_changed && (!now.partners.contains(name) || now.partners.at(name) != partner)) {
            return true;
        }
    }
    const auto is_back = [&](const auto& each) {
        return !after.partners.contains(each.first) && now.partners.contains(each.first);
    };
    return std::ranges::any_of(before.partners, is_back) || (before.edge != after.edge && now.edge != after.edge) ||
           (before.gateway != after.gateway && now.gateway != after.gateway);
}

/// Whether a name that the commit speaks of was given to some partner later.
bool is_renewed(const std::vector<ExportedBook>& books, std::size_t commit) {
    const auto differs = [&](const auto& each) {
        const auto& other = books[commit - 1].partners.contains(each.first) ? books[commit] : books[commit - 1];
        return !other.partners.contains(each.first) || other.partners.at(each.first) != each.second;
    };
    const auto is_given_later = [&](const std::string& name) {
        for (auto later = commit + 1; later < books.size(); ++later) {
            if (books[later].partners.contains(name) && !books[later - 1].partners.contains(name)) {
                return true;
            }
        }
        return false;
    };
    const auto speaks = [&](const ExportedBook& book) {
        return std::ranges::any_of(book.partners,
                                   [&](const auto& each) { return differs(each) && is_given_later(each.first); });
    };
    return speaks(books[commit - 1]) || speaks(books[commit]);
}

/// Whether two partners would claim one domain.
bool is_contested(const ExportedBook& book) {
    std::set<std::string> claimed;
    for (const auto& [name, partner] : book.partners) {
        auto domains = partner.at("additional_domains").get<std::vector<std::string>>();
        domains.push_back(name);
        for (const auto& domain : domains) {
            if (!claimed.insert(domain).second) {
                return true;
            }
        }
    }
    return false;
}

}  // namespace

TEST_CASE("undoing any commit gives the book without it, or a conflict that is one") {
    rc::prop("whatever was committed", [] {
        TestWorld world;
        const auto books = make_history(world, 6, *rc::gen::arbitrary<unsigned>());
        const auto commit = *rc::gen::inRange<std::size_t>(1, books.size());
        const auto& now = books.back();
        const auto wanted = without(books[commit - 1], books[commit], now);

        const auto dry = world.run(fmt::format("undo {} --dry-run -o json", commit));
        RC_ASSERT(exported(world) == now);
        const auto result = world.run(fmt::format("undo {} -o json", commit));
        RC_ASSERT(dry.code == result.code);
        const bool is_conflict =
            is_overtaken(books[commit - 1], books[commit], now) || is_renewed(books, commit) || is_contested(wanted);
        RC_ASSERT(result.code == (is_conflict ? 5 : 0));
        if (is_conflict) {
            RC_ASSERT(exported(world) == now);
            RC_ASSERT(!result.json().at("diagnostics").empty());
        } else {
            RC_ASSERT(exported(world) == wanted);
            RC_ASSERT(dry.json().at("changes") == result.json().at("changes"));
            world.must("undo -q");  // once more is a redo
            RC_ASSERT(exported(world) == now);
        }
    });
}

TEST_CASE("what a store held after each of 200 commits is what export wrote then") {
    TestWorld world;
    const auto books = make_history(world, 200, /*seed=*/2026);
    for (std::size_t commit = 1; commit < books.size(); ++commit) {
        CHECK(world.must(fmt::format("export --at {}", commit)).out == books[commit].text);
    }
    CHECK(world.run("export --at 0").code == 4);
    CHECK(world.run("export --at 201").code == 4);
}

TEST_CASE("without a number the last commit is undone, when it is one's own") {
    TestWorld world;
    CHECK(world.run("undo").code == 4);
    world.must("partner new --primary a.example");
    world.actor = "somebody";
    const auto refused = world.run("undo");
    CHECK(refused.code == 5);
    CHECK_THAT(refused.err, Contains("the last commit, 1, was made by 'tester'") && Contains("`xmppfed undo 1`"));
    CHECK(world.must("undo 1 -m 'a mistake'").out ==
          "- partner a.example\nCommit 1 is undone: 0 created, 0 updated, 1 removed.\n");
    const auto entry = world.must("history -o json --limit 1").json().at("entries").at(0);
    CHECK(entry.at("message") == "a mistake");
    CHECK(entry.at("actor") == "somebody");
    CHECK(world.run("undo 7").code == 4);
    CHECK(world.run("undo x").code == 2);
}

TEST_CASE("undo of nothing, or of what never was, says so") {
    TestWorld world;
    const auto nothing = world.run("undo");
    CHECK(nothing.code == 4);
    CHECK_THAT(nothing.err, Contains("error: there is nothing to undo"));
    world.must("partner new --primary a.example");
    const auto beyond = world.run("undo 99999999999999999999");
    CHECK(beyond.code == 4);
    CHECK_THAT(beyond.err, Contains("there is no commit 99999999999999999999\n"));
    CHECK(world.run("export --at 99999999999999999999").code == 4);
}

TEST_CASE("the hint of a conflict names the command for what has changed since") {
    TestWorld world;
    world.must("edge set --access-edge sip.contoso.com");
    world.must("edge set --access-edge xmpp.contoso.com");
    const auto edge = world.run("undo 1");
    CHECK(edge.code == 5);
    CHECK_THAT(edge.err, Contains("or change it with `edge set`\n"));
    world.must("gateway set --keepalive-interval 100");
    world.must("gateway set --keepalive-interval 200");
    CHECK_THAT(world.run("undo 3").err, Contains("or change it with `gateway set`\n"));
    world.must("partner new --primary a.example");
    world.must("partner edit a.example --enabled false");
    CHECK_THAT(world.run("undo 5").err, Contains("or change it with `partner edit`\n"));
}

TEST_CASE("a conflict names each thing that changed since, and who changed it") {
    TestWorld world;
    world.must("partner new --primary a.example");
    world.must("partner edit a.example --keepalive false");
    world.actor = "alice";
    world.must("partner edit a.example --type federated --enabled false");
    world.actor = "bob";
    world.must("partner edit a.example --primary b.example");
    world.must("partner new --primary a.example");
    const auto result = world.run("undo 2 -o json");
    CHECK(result.code == 5);
    std::vector<std::string> told;
    const auto document = result.json();
    for (const auto& diagnostic : document.at("diagnostics")) {
        told.push_back(fmt::format("{} {}", diagnostic.at("partner").get<std::string>(),
                                   diagnostic.at("message").get<std::string>()));
    }
    CHECK(told == std::vector<std::string>{"a.example type was changed later, by 'alice' in commit 3",
                                           "a.example enabled was changed later, by 'alice' in commit 3",
                                           "a.example primary_domain was changed later, by 'bob' in commit 4",
                                           "a.example it was made later, by 'bob' in commit 5"});
    CHECK(document.at("error").at("code") == "conflict");
    CHECK(document.at("diagnostics").at(2).at("hint") == "`xmppfed undo 4`, once what came later is undone");
    CHECK_THAT(result.err,
               Contains("in commit 3\nhint: `xmppfed undo 3`, once what came later is undone\nxmppfed: error: "));
}

TEST_CASE("what was changed and changed back is no conflict") {
    TestWorld world;
    world.must("partner new --primary a.example");
    world.must("partner edit a.example --keepalive false");
    world.must("undo");
    CHECK(world.run("undo 2").code == 5);
    world.must("undo");
    world.must("undo 2");
    CHECK(world.partner("a.example").at("keepalive") == true);
}

TEST_CASE("a partner that was made again is another one, though it be equal") {
    TestWorld world;
    world.must("partner new --primary a.example");
    world.must("partner remove a.example --yes");
    world.must("partner new --primary a.example");
    const auto result = world.run("undo 1 -o json");
    CHECK(result.code == 5);
    CHECK(result.json().at("diagnostics").size() == 2);
    CHECK(world.partner("a.example").at("revision") == 1);
    CHECK(world.run("undo 2").code == 5);
    world.must("undo 3");
}

TEST_CASE("undoing meets the rules of today") {
    TestWorld world;
    world.must("partner new --primary a.example --additional x.example");
    world.must("partner remove a.example --yes");
    world.must("partner new --primary b.example --additional x.example");
    const auto taken = world.run("undo 2 -o json");
    CHECK(taken.code == 5);
    CHECK(taken.json().at("diagnostics").at(0).at("rule") == "domain-claimed");
    world.must("undo 3");
    CHECK(world.run("undo 2 --strict").code == 3);  // x.example is not below a.example
    const auto before = world.state();
    world.must("undo 2 --dry-run");
    CHECK(world.state() == before);
    world.must("undo 2");
    CHECK(world.partner("a.example").at("additional_domains") == Json::array({"x.example"}));
}

TEST_CASE("partners that exchanged domains exchange them back") {
    TestWorld world;
    world.must("partner new --primary a.example --additional x.example");
    world.must("partner new --primary b.example --additional y.example");
    test::write_file(world.directory / "swap",
                     "{\"primary_domain\":\"a.example\",\"additional_domains\":[\"y.example\"]}\n"
                     "{\"primary_domain\":\"b.example\",\"additional_domains\":[\"x.example\"]}\n");
    const auto before = exported(world);
    world.must(fmt::format("apply --file {}", world.directory / "swap"));
    world.must("undo");
    CHECK(exported(world) == before);
}

TEST_CASE("undo tells in JSON of every finding, however many there are") {
    TestWorld world;
    std::string names;
    for (int i = 0; i < 101; ++i) {
        names += fmt::format("{{\"primary_domain\":\"p{}\"}}\n", i);
    }
    test::write_file(world.directory / "names.jsonl", names);
    world.must(fmt::format("apply --file {}", world.directory / "names.jsonl"));
    world.must("partner edit --match 'p*' --keepalive false --yes");
    const auto document = world.must("undo -o json").json();
    CHECK(document.at("diagnostics").size() == 101);
    CHECK_FALSE(document.contains("diagnostics_left_out"));
}
