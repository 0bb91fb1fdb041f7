#include "app/render/rendered_files.hpp"

#include <optional>

#include <fmt/format.h>

#include "app/render/enforcement_module.hpp"
#include "core/render/rendered_state.hpp"
#include "core/rule/rules.hpp"
#include "core/text/text.hpp"
#include "store/files/file.hpp"
#include "store/files/write_lock.hpp"

namespace xmppfed::app {

namespace {

constexpr const char* module_name = "/mod_xmppfed.lua";
constexpr std::size_t longest_rendered = std::size_t{256} * 1024 * 1024;

/// None when there is no such file.
std::optional<std::string> rendered_text(const std::string& path) {
    try {
        return store::read_regular_file("the rendered file", path, longest_rendered);
    } catch (const core::Error& error) {
        if (error.kind != core::ErrorKind::not_found) {
            throw;
        }
        return std::nullopt;
    }
}

/// What is wrong with the files that the module needs; empty when nothing is.
std::string fault_of_files(const std::string& directory, const std::optional<std::string>& main,
                           const std::optional<std::string>& policy) {
    if (!main) {
        return "xmppfed.cfg.lua is missing";
    }
    if (!store::is_taken(directory + module_name)) {
        return "mod_xmppfed.lua is missing";
    }
    if (!policy) {
        return "xmppfed-policy.json is missing";
    }
    const auto fault = core::fault_of_policy(*policy);
    return fault.empty() ? "" : "xmppfed-policy.json " + fault;
}

std::optional<core::InForce> in_force_in(const std::string& directory) {
    const auto path = directory + "/xmppfed-in-force.json";
    const auto text = rendered_text(path);
    auto in_force = text ? core::read_in_force(*text) : std::nullopt;
    if (in_force) {
        in_force->is_held = store::is_write_locked(path);
    }
    return in_force;
}

std::optional<core::RenderedState> prosody_in(const std::string& directory) {
    const auto main = rendered_text(directory + "/xmppfed.cfg.lua");
    const auto policy = rendered_text(directory + "/xmppfed-policy.json");
    if (!main && !policy) {
        return std::nullopt;
    }
    core::RenderedState state{.directory = directory, .server = "Prosody", .render_verb = "prosody"};
    state.has_module = !main || core::names_policy(*main);  // what another mode has left does not count
    if (state.has_module) {
        state.fault = fault_of_files(directory, main, policy);
        state.in_force = in_force_in(directory);
    }
    state.revision =
        state.has_module && policy ? core::revision_of_policy(*policy) : core::revision_of_text(main.value_or(""));
    return state;
}

std::optional<core::RenderedState> ejabberd_in(const std::string& directory) {
    const auto main = rendered_text(directory + "/xmppfed.yml");
    if (!main) {
        return std::nullopt;
    }
    core::RenderedState state{.directory = directory, .server = "ejabberd", .render_verb = "ejabberd"};
    state.revision = core::revision_of_text(*main);
    return state;
}

/// What else there is to know of the files; a server goes on with a module until it is restarted.
std::string note_on(const core::RenderedState& state) {
    if (!state.has_module) {
        return state.render_verb == "ejabberd"
                   ? "what ejabberd has in force is shown by `ejabberdctl dump_config /tmp/ejabberd.yml`"
                   : "what Prosody has in force does not show without the module";
    }
    const auto installed = rendered_text(state.directory + module_name);
    if (!installed || *installed == prosody_module()) {
        return {};
    }
    return fmt::format(
        "mod_xmppfed.lua is not the one of this xmppfed: `{}` writes that, and a restart of Prosody loads it",
        core::render_command("prosody", state.directory));
}

core::Examination examined(const core::RenderedState& state, std::int64_t store_revision) {
    core::Examination it{.area = core::Area::rendering,
                         .subject = fmt::format("{} in {}", state.server, core::escape(state.directory)),
                         .summary = state.revision ? fmt::format("revision {}", *state.revision) : "no revision"};
    if (state.in_force && state.in_force->is_held && state.in_force->revision == state.revision) {
        it.summary += fmt::format(", in force since {}", core::escape(state.in_force->since));
    }
    it.note = note_on(state);
    it.diagnostics = core::judge_rendered(state, store_revision);
    return it;
}

}  // namespace

std::vector<core::Examination> examine_rendered(const std::string& directory, std::int64_t store_revision) {
    std::vector<core::Examination> all;
    for (const auto& state : {prosody_in(directory), ejabberd_in(directory)}) {
        if (state) {
            all.push_back(examined(*state, store_revision));
        }
    }
    if (all.empty()) {
        core::Examination it{.area = core::Area::rendering, .subject = core::escape(directory), .summary = {}};
        it.diagnostics.push_back(core::make_diagnostic(
            core::rule::render_not_in_force, {}, fmt::format("nothing was rendered to {}", core::quote(directory)),
            fmt::format("`{}`, or take it from the setting `rendered`", core::render_command("prosody", directory))));
        all.push_back(std::move(it));
    }
    return all;
}

}  // namespace xmppfed::app
