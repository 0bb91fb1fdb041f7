#pragma once

#include <csignal>

namespace xmppfed::app {

/// Holds back Control-C and what else ends a program at somebody's wish (SIGINT, SIGTERM, SIGHUP) while something must be
/// done whole or not at all. What arrived meanwhile takes effect when this is destroyed, or the first of several of
/// these that were made at the same time. Signals that are not at their default are left alone. For short work: nobody likes a program that does not end.
class HeldSignals {
  public:
    HeldSignals();
    HeldSignals(const HeldSignals&) = delete;
    HeldSignals& operator=(const HeldSignals&) = delete;
    ~HeldSignals();

    /// What has arrived was obeyed, and has no further effect.
    void obeyed() const;

    /// Whether one that somebody holds back waits: what is not committed yet can be undone.
    [[nodiscard]] static bool arrived();

  private:
    sigset_t ours_{};  ///< that nobody else held back
};

}  // namespace xmppfed::app
