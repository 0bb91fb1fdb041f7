#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/diagnostic.hpp"

namespace xmppfed::core {

/// What the module for Prosody says beside its policy.
struct InForce {
    std::int64_t revision = 0;
    std::string since;      ///< UTC, RFC 3339
    bool log_only = false;  ///< it only writes down what it would do
    bool is_held = false;   ///< by a server that runs; else it has ended without a word
};

/// The files of one server in a directory.
struct RenderedState {
    std::string directory;
    std::string_view server;                    ///< "Prosody" or "ejabberd"
    std::string_view render_verb;               ///< of the command that writes them
    std::optional<std::int64_t> revision = {};  ///< of the store when they were written; none: they do not say
    bool has_module = false;                    ///< a module enforces them, and says what is in force
    std::string fault = {};                     ///< of files, for which the module lets nobody in; empty: none
    std::optional<InForce> in_force = {};
};

/// The command that writes the files of a server to a directory, as a shell reads it.
[[nodiscard]] std::string render_command(std::string_view verb, std::string_view directory);

/// The revision in the first line of a file that was rendered; none when there is no such line.
[[nodiscard]] std::optional<std::int64_t> revision_of_text(std::string_view text);

/// The same of a policy, which is JSON.
[[nodiscard]] std::optional<std::int64_t> revision_of_policy(const std::string& text);

/// Whether the main file for Prosody is for the module, which reads a policy.
[[nodiscard]] bool names_policy(std::string_view main_file);

/// Why the module would refuse the text as a policy, as the rest of a sentence; empty when it is one.
[[nodiscard]] std::string fault_of_policy(const std::string& text);

/// What the module wrote, as if nobody held it; none when that cannot be read.
[[nodiscard]] std::optional<InForce> read_in_force(const std::string& text);

/// Whether the files are of the store as it is now, and in force.
[[nodiscard]] Diagnostics judge_rendered(const RenderedState& state, std::int64_t store_revision);

}  // namespace xmppfed::core
