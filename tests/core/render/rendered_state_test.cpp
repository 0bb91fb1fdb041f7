#include "core/render/rendered_state.hpp"

#include <catch2/catch.hpp>

#include "core/rules.hpp"

namespace xmppfed::core {

TEST_CASE("what was rendered says of which revision it is") {
    CHECK(revision_of_text("-- Store revision 12\n-- Written by") == 12);
    CHECK(revision_of_text("# Store revision 7") == 7);
    for (const auto* text : {"", "\n-- Store revision 1", "-- Store revision ", "-- Store revision x", "# 3\n"}) {
        CHECK_FALSE(revision_of_text(text));
    }
    CHECK(revision_of_policy(R"({"kind": "server-policy", "store_revision": 3})") == 3);
    for (const auto* text : {"", "{", "[]", "{}", R"({"store_revision": "3"})", R"({"store_revision": 1.5})"}) {
        CHECK_FALSE(revision_of_policy(text));
    }
}

TEST_CASE("what the module writes is read, and nothing else") {
    const auto in_force =
        read_in_force(R"({"store_revision": 3, "since": "2026-03-15T09:30:00Z", "log_only": true})").value();
    CHECK(in_force.revision == 3);
    CHECK(in_force.since == "2026-03-15T09:30:00Z");
    CHECK(in_force.log_only);
    for (const auto* text :
         {"", "null", "{", R"({"store_revision": 3})", R"({"since": "x"})", R"({"store_revision": 3, "since": 4})"}) {
        CHECK_FALSE(read_in_force(text));
    }
}

TEST_CASE("files are of the store as it is, and in force, or that is told") {
    struct Row {
        std::optional<std::int64_t> revision;
        bool has_policy;
        std::optional<InForce> in_force;
        std::vector<std::string_view> ids;
    };
    const auto since = std::string{"2026-03-15T09:30:00Z"};
    const std::vector<Row> rows{
        {7, true, InForce{7, since}, {}},
        {7, false, {}, {}},
        {6, false, {}, {"render-stale"}},
        {8, false, {}, {"render-stale"}},
        {{}, true, {}, {"render-stale"}},
        {7, true, {}, {"render-not-in-force"}},
        {7, true, InForce{6, since}, {"render-not-in-force"}},
        {7, true, InForce{7, since, true}, {"render-not-in-force"}},
        {6, true, InForce{6, since}, {"render-stale"}},
        {6, true, InForce{5, since}, {"render-stale", "render-not-in-force"}},
    };
    for (const auto& row : rows) {
        RenderedState state{.directory = "/etc/p", .server = "Prosody", .render_verb = "prosody"};
        state.revision = row.revision;
        state.has_policy = row.has_policy;
        state.in_force = row.in_force;
        std::vector<std::string_view> ids;
        for (const auto& each : judge_rendered(state, 7)) {
            ids.push_back(each.rule_id());
            INFO(each.message);
            CHECK_FALSE(each.hint.empty());
            CHECK(each.severity == (each.rule == &rule::render_stale ? Severity::warning : Severity::error));
        }
        CHECK(ids == row.ids);
    }
}

}  // namespace xmppfed::core
