#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

#include "app/circumstances.hpp"
#include "net/loop.hpp"

namespace xmppfed::app {

/// Pieces of work that wait for the network.
struct Crowd {
    std::size_t count = 0;
    std::size_t parallel = 1;   ///< how many are under way at the same time
    std::string_view progress;  ///< what is done to each: "domains looked up"
};

/// Begins one piece of work, and calls `done` when it is over, in whatever later turn of the loop.
using Begin = std::function<void(std::size_t place, const std::function<void()>& done)>;

/// Runs the loop until all pieces are over, or somebody wants it to end: those that are not over by then are left.
void side_by_side(net::Loop& loop, const Crowd& crowd, const Circumstances& circumstances, const Begin& begin);

}  // namespace xmppfed::app
