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
    sigset_t held{};
    sigemptyset(&held);
    for (const int signal : ending) {
        if (is_at_default(signal)) {  // an ignored signal would wait all the same, and never take effect
            sigaddset(&held, signal);
        }
    }
    (void)::sigprocmask(SIG_BLOCK, &held, &before_);
}

HeldSignals::~HeldSignals() {
    (void)::sigprocmask(SIG_SETMASK, &before_, nullptr);
}

bool HeldSignals::arrived() {
    sigset_t waiting{};
    return ::sigpending(&waiting) == 0 && std::ranges::any_of(ending, [&](int signal) {
               return sigismember(&waiting, signal) == 1 && is_at_default(signal);
           });
}

}  // namespace xmppfed::app
