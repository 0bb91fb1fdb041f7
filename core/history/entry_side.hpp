#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "core/history/history_entry.hpp"

namespace xmppfed::core {

/// What an entry has recorded of its subject, before or after it.
struct EntrySide {
    bool is_there = false;
    std::string name = {};  ///< what the history calls it by; empty where it does not say
    Json json = {};         ///< not of a partner
};

/// The side that is recorded as `json`, or as null.
[[nodiscard]] EntrySide side_in(Subject subject, Json json);

/// What the step from one side to the other is called; empty where it is nothing that a command does.
[[nodiscard]] std::string action_between(Subject subject, const EntrySide& before, const EntrySide& after);

}  // namespace xmppfed::core
