#pragma once

#include <string>

#include "core/history/history_entry.hpp"

/// States of the subjects of history entries.
namespace xmppfed::core {

/// The state in which nothing is set. Keys that an older state lacks read as those of this one.
[[nodiscard]] Json default_state(Subject subject);

/// Whether the subject is there from the beginning, in its default state.
[[nodiscard]] bool is_always_there(Subject subject);

/// The subject of an entry in a sentence, safe for a terminal. `name` is as in the history.
[[nodiscard]] std::string described(Subject subject, const std::string& name);

/// What a state is called in the history; empty where it does not say.
[[nodiscard]] std::string name_in(const Json& state, Subject subject);

/// The keys in which two states of one subject differ, joined by a comma; empty when they are the same. Keys that the
/// older one lacks read as their defaults. Throws `core::Error` of kind failed for a text that is no JSON object.
[[nodiscard]] std::string differing_keys(Subject subject, const std::string& recorded, const std::string& actual);

}  // namespace xmppfed::core
