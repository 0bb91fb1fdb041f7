#include "app/held_signals.hpp"

#include <algorithm>
#include <array>
#include <csignal>
#include <optional>

#include <catch2/catch.hpp>

using xmppfed::app::HeldSignals;

namespace {

constexpr std::array ending{SIGINT, SIGTERM, SIGHUP};

/// How many of the signals that end a program are held back.
std::ptrdiff_t held_back() {
    sigset_t mask{};
    (void)::sigprocmask(SIG_BLOCK, nullptr, &mask);
    return std::ranges::count_if(ending, [&](int signal) { return sigismember(&mask, signal) == 1; });
}

/// Whoever runs a test may ignore them, and Catch2 has handlers of its own.
class AtDefault {
  public:
    AtDefault() {
        std::ranges::transform(ending, before_.begin(), [](int signal) { return std::signal(signal, SIG_DFL); });
    }
    AtDefault(const AtDefault&) = delete;
    AtDefault& operator=(const AtDefault&) = delete;
    ~AtDefault() {
        for (std::size_t i = 0; i < ending.size(); ++i) {
            (void)std::signal(ending.at(i), before_.at(i));
        }
    }

  private:
    std::array<void (*)(int), ending.size()> before_{};
};

}  // namespace

TEST_CASE("signals are held back as long as the object lives") {
    const AtDefault at_default;
    CHECK(held_back() == 0);
    {
        const HeldSignals held;
        CHECK(held_back() == std::ssize(ending));
        CHECK_FALSE(HeldSignals::arrived());
    }
    CHECK(held_back() == 0);
}

TEST_CASE("a signal that was obeyed has no further effect") {
    const AtDefault at_default;
    {
        const HeldSignals held;
        ::raise(SIGINT);
        REQUIRE(HeldSignals::arrived());
        held.obeyed();
        CHECK_FALSE(HeldSignals::arrived());
    }
    CHECK(held_back() == 0);
}

TEST_CASE("whatever the order in which those go that hold signals back, none stays held") {
    const AtDefault at_default;
    std::optional<HeldSignals> outer;
    std::optional<HeldSignals> inner;
    outer.emplace();
    inner.emplace();
    outer.reset();
    inner.reset();
    CHECK(held_back() == 0);
    outer.emplace();
    { const HeldSignals within; }
    CHECK(held_back() == std::ssize(ending));
    outer.reset();
    CHECK(held_back() == 0);
}
