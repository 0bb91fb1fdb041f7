#include "net/loop.hpp"

#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "core/error.hpp"

namespace xmppfed::net {

namespace {

constexpr Milliseconds longest_wait{100};  // somebody may want all of it to end

int milliseconds_until(Clock::time_point point, Clock::time_point now) {
    const auto left = std::chrono::ceil<Milliseconds>(point - now);
    return static_cast<int>(std::clamp(left, Milliseconds{0}, longest_wait).count());
}

}  // namespace

void Loop::run(const std::function<bool()>& interrupted) {
    while (!interrupted()) {
        std::erase_if(tasks_, [](const auto& task) { return task->is_done(); });
        if (tasks_.empty()) {
            return;
        }
        poll_once();
    }
}

void Loop::poll_once() {
    const auto tasks = tasks_;  // the steps below may start others
    std::vector<pollfd> descriptors;
    std::vector<Clock::time_point> ends;
    for (const auto& task : tasks) {
        const auto wait = task->wait();
        descriptors.push_back({.fd = wait.descriptor, .events = wait.events, .revents = 0});
        ends.push_back(wait.until);
    }
    const auto timeout = milliseconds_until(*std::ranges::min_element(ends), Clock::now());
    if (poll(descriptors.data(), descriptors.size(), timeout) < 0) {
        if (errno == EINTR) {
            return;
        }
        throw core::Error{core::ErrorKind::failed, "the network cannot be waited for"}.because(std::strerror(errno));
    }
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        if (tasks[i]->is_done()) {
            continue;  // by a step of another one
        }
        if (descriptors[i].revents != 0) {
            tasks[i]->wake(descriptors[i].revents);
        } else if (ends[i] <= Clock::now()) {
            tasks[i]->wake(0);
        }
    }
}

}  // namespace xmppfed::net
