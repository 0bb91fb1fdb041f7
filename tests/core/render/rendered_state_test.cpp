#include "core/render/rendered_state.hpp"

#include <catch2/catch.hpp>

#include "core/rule/rules.hpp"

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
    CHECK_FALSE(in_force.is_held);
    for (const auto* text :
         {"", "null", "{", R"({"store_revision": 3})", R"({"since": "x"})", R"({"store_revision": 3, "since": 4})"}) {
        CHECK_FALSE(read_in_force(text));
    }
}

TEST_CASE("a policy is told from what the module refuses") {
    const std::string good = R"({"kind": "server-policy", "format_version": "1.0", "store_revision": 3, )"
                             R"("gateway": {}, "partners": []})";
    CHECK(fault_of_policy(good).empty());
    const auto with = [&](std::string_view part, std::string_view other) {
        auto text = good;
        return text.replace(text.find(part), part.size(), other);
    };
    CHECK(fault_of_policy(with("1.0", "1.7")).empty());
    CHECK(fault_of_policy(with("1.0", "2.0")) == "is of another format_version");
    CHECK(fault_of_policy(with("\"1.0\"", "1.0")) == "is of another format_version");
    CHECK(fault_of_policy(with("server-policy", "edge")) == "is no document of kind server-policy");
    for (const auto& text : {with("3", "\"3\""), with("{}", "[]"), with("[]", "{}"), with("gateway", "x")}) {
        CHECK(fault_of_policy(text) == "is not whole");
    }
    for (const auto& text : {std::string{}, std::string{"{broken"}, std::string{"[]"}, good.substr(0, 40)}) {
        CHECK(fault_of_policy(text) == "is no JSON object");
    }
}

TEST_CASE("a main file names the policy when it is for the module") {
    CHECK(names_policy("-- Store revision 1\ndo\n\txmppfed_policy = \"/p/xmppfed-policy.json\"\n"));
    CHECK_FALSE(names_policy("-- Store revision 1\ndo\n\ts2s_require_encryption = true\n"));
}

TEST_CASE("files are of the store as it is, and in force, or that is told") {
    struct Row {
        std::optional<std::int64_t> revision;
        bool has_module;
        std::optional<InForce> in_force;
        std::string fault;
        std::vector<std::string_view> ids;
    };
    const auto held = [](std::int64_t revision, bool log_only = false) {
        return InForce{.revision = revision, .since = "2026-03-15T09:30:00Z", .log_only = log_only, .is_held = true};
    };
    const InForce ended{.revision = 7, .since = "2026-03-15T09:30:00Z"};
    const std::vector<Row> rows{
        {7, true, held(7), {}, {}},
        {7, false, {}, {}, {}},
        {6, false, {}, {}, {"render-stale"}},
        {8, false, {}, {}, {"render-stale"}},
        {{}, false, {}, {}, {"render-stale"}},
        {7, true, {}, {}, {"render-not-in-force"}},
        {7, true, ended, {}, {"render-not-in-force"}},
        {7, true, held(6), {}, {"render-not-in-force"}},
        {7, true, held(7, true), {}, {"render-not-in-force"}},
        {6, true, held(6), {}, {"render-stale"}},
        {6, true, held(5), {}, {"render-stale", "render-not-in-force"}},
        {7, true, held(7), "x is missing", {"render-not-in-force"}},
        {6, true, {}, "x is missing", {"render-stale", "render-not-in-force"}},
        {{}, true, held(7), "x is broken", {"render-not-in-force"}},
    };
    for (const auto& row : rows) {
        RenderedState state{.directory = "/etc/p", .server = "Prosody", .render_verb = "prosody"};
        state.revision = row.revision;
        state.has_module = row.has_module;
        state.fault = row.fault;
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

TEST_CASE("the command that renders again writes the same files, and a shell reads its directory back") {
    RenderedState state{.directory = "/etc/p", .server = "Prosody", .render_verb = "prosody"};
    state.has_module = true;
    const auto hint = [&] { return judge_rendered(state, 7).at(0).hint; };
    CHECK(hint() == "render again: `xmppfed render prosody --to /etc/p`");
    state.directory = "/srv/our edge";
    CHECK(hint() == "render again: `xmppfed render prosody --to '/srv/our edge'`");
    state.has_module = false;
    CHECK(hint() == "render again: `xmppfed render prosody --mode config --to '/srv/our edge'`");
    state.render_verb = "ejabberd";
    CHECK(hint() == "render again: `xmppfed render ejabberd --to '/srv/our edge'`");
}

TEST_CASE("what is told of a server that does not enforce the files says what it does") {
    RenderedState state{.directory = "/etc/p", .server = "Prosody", .render_verb = "prosody"};
    state.revision = 7;
    state.has_module = true;
    const auto message = [&] { return judge_rendered(state, 7).at(0).message; };
    CHECK(message() ==
          "no policy is in force for Prosody in '/etc/p': the server does not run, or lets no other server in");
    state.in_force = InForce{.revision = 7, .since = "2026-03-15T09:30:00Z"};
    CHECK(message() ==
          "no policy is in force for Prosody in '/etc/p': the server that enforced store revision 7 since "
          "2026-03-15T09:30:00Z has ended, or runs without the module");
    state.fault = "mod_xmppfed.lua is missing";
    CHECK(message() == "mod_xmppfed.lua is missing in '/etc/p', and no other server is let in");
    state.in_force->is_held = true;
    CHECK(message() ==
          "mod_xmppfed.lua is missing in '/etc/p', and Prosody enforces store revision 7 since "
          "2026-03-15T09:30:00Z until it is restarted");
}

}  // namespace xmppfed::core
