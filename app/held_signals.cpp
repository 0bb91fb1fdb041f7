#include "app/held_signals.hpp"

#include <algorithm>
#include <array>

namespace xmppfed::app {

namespace {

constexpr std::array ending{SIGINT, SIGTERM, SIGHUP};

bool is_at_default(int signal) {
    struct sigaction action {};
    return ::sigaction(signal, nullptr, &action) == 0 && (action.sa_flags & SA_SIGINFO) == 0 &&
           action.sa_handler == SIG_DFL;
}

}  // namespace

HeldSignals::HeldSignals() {
    sigset_t before{};
    (void)::sigprocmask(SIG_BLOCK, nullptr, &before);
    sigemptyset(&ours_);
    for (const int signal : ending) {
        // An ignored signal would wait all the same, and never take effect.
        if (is_at_default(signal) && sigismember(&before, signal) == 0) {
            sigaddset(&ours_, signal);
        }
    }
    (void)::sigprocmask(SIG_BLOCK, &ours_, nullptr);
}

HeldSignals::~HeldSignals() {
    (void)::sigprocmask(SIG_UNBLOCK, &ours_, nullptr);
}

void HeldSignals::obeyed() const {
    constexpr timespec at_once{};
    while (::sigtimedwait(&ours_, nullptr, &at_once) > 0) {
    }
}

bool HeldSignals::arrived() {
    sigset_t waiting{};
    return ::sigpending(&waiting) == 0 && std::ranges::any_of(ending, [&](int signal) {
               return sigismember(&waiting, signal) == 1 && is_at_default(signal);
           });
}

}  // namespace xmppfed::app
