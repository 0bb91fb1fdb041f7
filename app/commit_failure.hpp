#pragma once

#include <string_view>

#include "core/error.hpp"
#include "store/commit_outcome.hpp"

namespace xmppfed::app {

/// What to tell of a commit that is not durable. `claim` is what would be so if it were: "the change is committed".
[[nodiscard]] core::Error failure_of(const store::CommitOutcome& outcome, std::string_view claim);

}  // namespace xmppfed::app
