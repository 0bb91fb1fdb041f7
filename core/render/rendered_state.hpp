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
};

/// The files of one server in a directory.
struct RenderedState {
    std::string directory;
    std::string_view server;                    ///< "Prosody" or "ejabberd"
    std::string_view render_verb;               ///< of the command that writes them
    std::optional<std::int64_t> revision = {};  ///< of the store when they were written; none: they do not say
    bool has_policy = false;                    ///< a module enforces them, and says what is in force
    std::optional<InForce> in_force = {};
};

/// The revision in the first line of a file that was rendered; none when there is no such line.
[[nodiscard]] std::optional<std::int64_t> revision_of_text(std::string_view text);

/// The same of a policy, which is JSON.
[[nodiscard]] std::optional<std::int64_t> revision_of_policy(const std::string& text);

/// What the module wrote; none when that cannot be read.
[[nodiscard]] std::optional<InForce> read_in_force(const std::string& text);

/// Whether the files are of the store as it is now, and in force.
[[nodiscard]] Diagnostics judge_rendered(const RenderedState& state, std::int64_t store_revision);

}  // namespace xmppfed::core
