#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

namespace xmppfed::net {

using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::milliseconds;

/// What a task waits for: that a descriptor becomes ready, but no longer than to a point in time.
struct Wait {
    int descriptor = -1;
    short events = 0;  ///< as poll(2) has them
    Clock::time_point until;
};

/// Something that goes on when its descriptor is ready. Between its steps it must not block.
class Task {
  public:
    Task() = default;
    Task(const Task&) = delete;
    Task& operator=(const Task&) = delete;
    virtual ~Task() = default;

    [[nodiscard]] virtual bool is_done() const = 0;

    /// Asked again before each wait, as long as it is not done.
    [[nodiscard]] virtual Wait wait() const = 0;

    /// The descriptor is ready for `events`; none: the time has come. May start further tasks.
    virtual void wake(short events) = 0;
};

/// Runs any number of tasks at the same time in one thread, around one poll(2).
class Loop {
  public:
    void start(std::shared_ptr<Task> task) { tasks_.push_back(std::move(task)); }

    /// Returns when no task is left, or soon after `interrupted` says so. Those that are left then stay as they are.
    /// Throws `core::Error` of kind failed when there is no waiting.
    void run(const std::function<bool()>& interrupted);

  private:
    void poll_once();

    std::vector<std::shared_ptr<Task>> tasks_;
};

}  // namespace xmppfed::net
