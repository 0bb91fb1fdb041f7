#include "core/report/activity.hpp"

#include <vector>

#include <fmt/format.h>
#include <catch2/catch.hpp>

using namespace xmppfed::core;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::sys_seconds activity_time = std::chrono::sys_days{2026y / 3 / 15} + 9h;

HistoryEntry entry_on(std::int64_t sequence, std::int64_t commit, std::string at, std::string actor = "alice") {
    HistoryEntry entry;
    entry.sequence = sequence;
    entry.store_revision = commit;
    entry.at = std::move(at);
    entry.actor = std::move(actor);
    entry.action = "partner.create";
    entry.name = fmt::format("p{}.example", sequence);
    return entry;
}

}  // namespace

TEST_CASE("commits are counted by day and by who made them") {
    Activity activity{activity_time};
    activity.add(entry_on(5, 4, "2026-03-15T09:00:00Z", "bob"));
    activity.add(entry_on(4, 3, "2026-03-14T09:00:00Z"));
    activity.add(entry_on(3, 3, "2026-03-14T09:00:00Z"));
    activity.add(entry_on(2, 2, "2026-02-13T10:00:00Z"));
    activity.add(entry_on(1, 1, "no time", "alice"));
    activity.add(entry_on(1, 9, "2027-01-01T00:00:00Z", "alice"));
    CHECK(activity.commits() == 5);
    CHECK(activity.first_day() == std::chrono::sys_days{2026y / 2 / 13});
    REQUIRE(activity.days().size() == 31);
    CHECK(activity.days().front() == 1);
    CHECK(activity.days()[29] == 1);
    CHECK(activity.days().back() == 1);
    const auto actors = activity.actors();
    REQUIRE(actors.size() == 2);
    CHECK(actors[0] == std::pair<std::string, std::int64_t>{"alice", 4});
}

TEST_CASE("entries become commits, of each the first few changes in order") {
    std::vector<ReportedCommit> commits;
    CommitGrouping grouping{[&](const ReportedCommit& commit) { commits.push_back(commit); }};
    grouping.end();
    CHECK(commits.empty());
    grouping.add(entry_on(1001, 3, "2026-03-15T09:00:00Z", "bob"));
    for (std::int64_t sequence = 1000; sequence > 1; --sequence) {
        grouping.add(entry_on(sequence, 2, "2026-03-14T09:00:00Z"));
    }
    grouping.add(entry_on(1, 1, "2026-03-13T09:00:00Z"));
    grouping.end();
    REQUIRE(commits.size() == 3);
    CHECK(commits[0].number == 3);
    CHECK(commits[0].actor == "bob");
    CHECK(commits[1].entries == 999);
    REQUIRE(commits[1].first.size() == CommitGrouping::most_changes);
    CHECK(commits[1].first.front().name == "p2.example");
    CHECK(commits[1].first.back().name == "p11.example");
    CHECK(commits[2].entries == 1);
}

TEST_CASE("a change is told field by field, and what cannot be read as such") {
    auto entry = entry_on(1, 1, {});
    entry.before = R"({"primary_domain": "fabrikam.com", "tls": "required"})";
    entry.after = R"({"primary_domain": "fabrikam.com", "tls": "optional"})";
    CHECK(reported(entry).what == "tls: required -> optional");
    entry.before = std::nullopt;
    CHECK(reported(entry).what.empty());
    for (const auto* broken : {"no JSON", "[]", R"({"additional_domains": [1]})"}) {
        INFO(broken);
        entry.before = R"({"additional_domains": ["a.example"]})";
        entry.after = broken;
        CHECK(reported(entry).what == "(cannot be read)");
    }
}
