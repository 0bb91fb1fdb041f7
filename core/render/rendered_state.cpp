#include "core/render/rendered_state.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/rule/rules.hpp"
#include "core/text/shell_words.hpp"
#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

std::optional<std::int64_t> whole_number(const Json& json, const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_number_integer() ? std::optional{found->get<std::int64_t>()} : std::nullopt;
}

/// An object, empty for a text that is none.
Json object_of(const std::string& text) {
    constexpr bool may_throw = false;
    auto json = Json::parse(text, nullptr, may_throw);
    return json.is_object() ? json : Json::object();
}

/// The command that writes what is there again, in the mode that it is of.
std::string command_for(const RenderedState& state) {
    const bool is_of_config = !state.has_module && state.render_verb == "prosody";
    return render_command(is_of_config ? "prosody --mode config" : state.render_verb, state.directory);
}

/// Whether what was rendered is of the revision that the store is at.
Diagnostics judge_revision(const RenderedState& state, std::int64_t store_revision) {
    const auto what = fmt::format("what is in {} for {}", quote(state.directory), state.server);
    const auto command = command_for(state);
    const auto again = fmt::format("render again: `{}`", command);
    if (!state.revision) {
        return {make_diagnostic(rule::render_stale, {}, what + " does not say of which revision it is", again)};
    }
    if (*state.revision < store_revision) {
        return {make_diagnostic(
            rule::render_stale, {},
            fmt::format("{} is of store revision {}, and the store is at {}", what, *state.revision, store_revision),
            again)};
    }
    if (*state.revision > store_revision) {
        return {
            make_diagnostic(rule::render_stale, {},
                            fmt::format("{} is of store revision {}, and this store is only at {}", what,
                                        *state.revision, store_revision),
                            fmt::format("look whether this is the right store: `xmppfed config`; then `{}`", command))};
    }
    return {};
}

/// What a server enforces that runs; none when nobody does.
const InForce* enforced(const RenderedState& state) {
    return state.in_force && state.in_force->is_held ? &*state.in_force : nullptr;
}

/// The module cannot use its files; as long as the server runs it keeps to what it read before.
Diagnostic faulty_files(const RenderedState& state) {
    const auto* const before = enforced(state);
    const auto what = before != nullptr ? fmt::format("{} enforces store revision {} since {} until it is restarted",
                                                      state.server, before->revision, escape(before->since))
                                        : std::string{"no other server is let in"};
    return make_diagnostic(rule::render_not_in_force, {},
                           fmt::format("{} in {}, and {}", state.fault, quote(state.directory), what),
                           fmt::format("`{}`, then `prosodyctl reload`", command_for(state)));
}

Diagnostic nothing_in_force(const RenderedState& state) {
    const auto why =
        state.in_force
            ? fmt::format("the server that enforced store revision {} since {} has ended, or runs without the module",
                          state.in_force->revision, escape(state.in_force->since))
            : std::string{"the server does not run, or lets no other server in"};
    return make_diagnostic(
        rule::render_not_in_force, {},
        fmt::format("no policy is in force for {} in {}: {}", state.server, quote(state.directory), why),
        state.in_force ? "start the server, with `xmppfed` in its `modules_enabled`; its log tells why it ended"
                       : "start the server, and reload it: `prosodyctl reload`; its log tells why");
}

/// Whether the server enforces the policy that was rendered. Precondition: its revision or its fault is known.
Diagnostics judge_enforcement(const RenderedState& state) {
    if (!state.fault.empty()) {
        return {faulty_files(state)};
    }
    if (enforced(state) == nullptr) {
        return {nothing_in_force(state)};
    }
    const auto where = quote(state.directory);
    if (state.in_force->revision != *state.revision) {
        return {make_diagnostic(
            rule::render_not_in_force, {},
            fmt::format("{} enforces store revision {} since {}, and the policy in {} is of {}", state.server,
                        state.in_force->revision, escape(state.in_force->since), where, *state.revision),
            "`prosodyctl reload`; if that does not help, the server's log tells why")};
    }
    if (state.in_force->log_only) {
        return {make_diagnostic(rule::render_not_in_force, {},
                                fmt::format("{} only logs what it would do by the policy in {}", state.server, where),
                                "take `xmppfed_log_only` out of the server's configuration, and reload it")};
    }
    return {};
}

}  // namespace

std::string render_command(std::string_view verb, std::string_view directory) {
    return fmt::format("xmppfed render {} --to {}", verb, shell_quoted(directory));
}

std::optional<std::int64_t> revision_of_text(std::string_view text) {
    constexpr std::string_view mark = "Store revision ";
    const auto line = text.substr(0, text.find('\n'));
    const auto at = line.find(mark);
    if (at == std::string_view::npos) {
        return std::nullopt;
    }
    const auto digits = line.substr(at + mark.size());
    std::int64_t revision = 0;
    const auto status = std::from_chars(digits.data(), digits.data() + digits.size(), revision).ec;
    return status == std::errc{} ? std::optional{revision} : std::nullopt;
}

std::optional<std::int64_t> revision_of_policy(const std::string& text) {
    return whole_number(object_of(text), "store_revision");
}

bool names_policy(std::string_view main_file) {
    return main_file.find("xmppfed_policy = ") != std::string_view::npos;
}

std::string fault_of_policy(const std::string& text) {
    const auto json = object_of(text);
    const auto is_there = [&](const char* key, Json::value_t type) {
        const auto found = json.find(key);
        return found != json.end() && found->type() == type;
    };
    if (json.empty()) {
        return "is no JSON object";
    }
    if (json.value("kind", Json{}) != "server-policy") {
        return "is no document of kind server-policy";
    }
    const auto version = json.value("format_version", Json{});
    if (!version.is_string() || !version.get<std::string>().starts_with("1.")) {
        return "is of another format_version";
    }
    const bool is_whole = whole_number(json, "store_revision") && is_there("gateway", Json::value_t::object) &&
                          is_there("partners", Json::value_t::array);
    return is_whole ? "" : "is not whole";
}

std::optional<InForce> read_in_force(const std::string& text) {
    const auto json = object_of(text);
    const auto revision = whole_number(json, "store_revision");
    const auto since = json.find("since");
    const auto log_only = json.find("log_only");
    if (!revision || since == json.end() || !since->is_string()) {
        return std::nullopt;
    }
    return InForce{.revision = *revision,
                   .since = since->get<std::string>(),
                   .log_only = log_only != json.end() && log_only->is_boolean() && log_only->get<bool>()};
}

Diagnostics judge_rendered(const RenderedState& state, std::int64_t store_revision) {
    Diagnostics found;
    if (state.revision || state.fault.empty()) {  // a policy without a revision is a broken one
        found = judge_revision(state, store_revision);
    }
    if (state.has_module && (state.revision || !state.fault.empty())) {
        std::ranges::move(judge_enforcement(state), std::back_inserter(found));
    }
    return found;
}

}  // namespace xmppfed::core
