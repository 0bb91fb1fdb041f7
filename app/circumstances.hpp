#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace xmppfed::app {

/// Somebody who wants to know how far long work has come.
class Progress {
  public:
    Progress() = default;
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    virtual ~Progress() = default;

    /// `what` is done to `count` things so far. Called for each of them.
    virtual void at(std::string_view what, std::int64_t count) = 0;

    /// That work is over, done or not.
    virtual void end() = 0;
};

/// All that a use case may know of whoever wants it, and of the machine.
struct Circumstances {
    std::function<std::chrono::sys_seconds()> now;
    std::function<std::string()> actor;  ///< who commits; may have to ask a directory service
    std::function<std::string()> host = [] { return std::string{}; };  ///< what this machine is called among others

    /// Where files of this user's go that belong to no store. Throws a usage error when there is no such place.
    std::function<std::string()> data_directory = {};
    std::string message;               ///< why: what history records
    bool dry_run = false;              ///< everything but the commit
    bool strict = false;               ///< warnings refuse too
    std::chrono::milliseconds wait{};  ///< for other processes: all locks of the store together, or a named pipe
    Progress* progress = nullptr;      ///< none: nobody wants to know

    /// Whether somebody wants long work to end that can be undone; asked now and then.
    std::function<bool()> interrupted = [] { return false; };
};

}  // namespace xmppfed::app
