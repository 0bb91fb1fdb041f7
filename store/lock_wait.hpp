#pragma once

#include <chrono>

namespace xmppfed::store {

/// How long a connection may still wait for locks of others: the time is its own, and each lock takes of what is left. A
/// command takes several (one to read or to write, one to commit), and would else wait as long for each.
class LockWait {
  public:
    using Duration = std::chrono::steady_clock::duration;

    explicit LockWait(Duration most) : left_{most} {}

    /// How long to sleep before the lock is tried once more, when it was tried `tries` times after the first; zero: give
    /// up.
    [[nodiscard]] Duration pause(int tries) const;

    void spend(Duration slept) { left_ -= slept; }

  private:
    Duration left_;
};

}  // namespace xmppfed::store
