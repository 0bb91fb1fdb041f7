#include "store/lock_wait.hpp"

#include <algorithm>
#include <array>

namespace xmppfed::store {

LockWait::Duration LockWait::pause(int tries) const {
    using std::chrono::milliseconds;
    // As SQLite's own: most locks are held for the time of a commit.
    constexpr std::array pauses{milliseconds{1},  milliseconds{2},  milliseconds{5},  milliseconds{10},
                                milliseconds{15}, milliseconds{20}, milliseconds{25}, milliseconds{50}};
    const auto step = std::clamp<std::size_t>(static_cast<std::size_t>(std::max(tries, 0)), 0, pauses.size() - 1);
    return std::clamp<Duration>(left_, Duration::zero(), pauses.at(step));
}

}  // namespace xmppfed::store
