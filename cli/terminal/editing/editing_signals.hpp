#pragma once

#include <array>
#include <csignal>

namespace xmppfed::cli {

/// How long who waits for a key waits before a signal that came meanwhile is looked at: milliseconds.
inline constexpr int look_around = 100;

/// Control-Z, what continues the program afterwards, and Control-\ while a terminal is in a mode of its own: what
/// arrives is kept until the terminal is as others want it. Signals that are not at their default are left alone. One
/// at a time.
class EditingSignals {
  public:
    EditingSignals();
    EditingSignals(const EditingSignals&) = delete;
    EditingSignals& operator=(const EditingSignals&) = delete;
    ~EditingSignals();  ///< what has arrived and was not looked at takes effect

    /// Whether the program is to stop until it is continued (SIGTSTP), and to end (SIGQUIT).
    [[nodiscard]] bool wants_stop() const;
    [[nodiscard]] bool wants_end() const;

    /// Stops the program as the signal would have; returns when it is continued.
    void stop() const;

    /// Whether it was continued since this was asked last: whoever stopped it may have changed the terminal.
    [[nodiscard]] bool was_continued() const;

  private:
    static constexpr std::array kept_{SIGTSTP, SIGQUIT, SIGCONT};
    std::array<struct sigaction, kept_.size()> before_{};
};

}  // namespace xmppfed::cli
