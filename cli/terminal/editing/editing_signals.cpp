#include "cli/terminal/editing/editing_signals.hpp"

#include <cstddef>

namespace xmppfed::cli {

namespace {

// What a handler may write.
volatile std::sig_atomic_t stop_wanted = 0;
volatile std::sig_atomic_t end_wanted = 0;
volatile std::sig_atomic_t continued = 0;

extern "C" void note_signal(int signal) {
    switch (signal) {
    case SIGTSTP:
        stop_wanted = 1;
        break;
    case SIGQUIT:
        end_wanted = 1;
        break;
    default:
        continued = 1;
        break;
    }
}

/// With this handler, `poll` returns when a signal arrives.
void handle(int signal, void (*handler)(int)) {
    struct sigaction action {};
    action.sa_handler = handler;
    (void)::sigaction(signal, &action, nullptr);
}

}  // namespace

EditingSignals::EditingSignals() {
    stop_wanted = 0;
    end_wanted = 0;
    continued = 0;
    for (std::size_t i = 0; i < kept_.size(); ++i) {
        if (::sigaction(kept_[i], nullptr, &before_[i]) == 0 && before_[i].sa_handler == SIG_DFL) {
            handle(kept_[i], note_signal);
        }
    }
}

EditingSignals::~EditingSignals() {
    for (std::size_t i = 0; i < kept_.size(); ++i) {
        (void)::sigaction(kept_[i], &before_[i], nullptr);
    }
    if (end_wanted != 0) {
        (void)::raise(SIGQUIT);
    }
    if (stop_wanted != 0) {
        (void)::raise(SIGTSTP);
    }
}

bool EditingSignals::wants_stop() const {
    return stop_wanted != 0;
}

bool EditingSignals::wants_end() const {
    return end_wanted != 0;
}

void EditingSignals::stop() const {
    stop_wanted = 0;
    handle(SIGTSTP, SIG_DFL);
    (void)::raise(SIGTSTP);
    handle(SIGTSTP, note_signal);
}

bool EditingSignals::was_continued() const {
    const bool was = continued != 0;
    continued = 0;
    return was;
}

}  // namespace xmppfed::cli
