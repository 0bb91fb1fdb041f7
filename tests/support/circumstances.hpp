#pragma once

#include "app/circumstances.hpp"
#include "tests/support/partners.hpp"

namespace xmppfed::test {

/// A clock that stands still, a user that is none, and nobody who waits or watches.
[[nodiscard]] inline app::Circumstances circumstances() {
    return {.now = [] { return some_time; }, .actor = [] { return std::string{"tester"}; }, .message = "a reason"};
}

}  // namespace xmppfed::test
