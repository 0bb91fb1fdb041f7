#pragma once

#include <chrono>
#include <string>

namespace xmppfed::store {

/// Where a store is and how to open it.
struct Location {
    std::string path;          ///< absolute; empty: in memory, new, and gone with the store
    std::string address = {};  ///< of a database, instead of a path, as libpq takes it; nothing secret is in it
    std::chrono::milliseconds wait{5000};  ///< how long to wait for other processes, all locks together
    std::chrono::sys_seconds now;          ///< creation time of a store that is made new

    /// Changes nothing at all. A store with an older schema, or with a journal to play back, is an error then.
    bool look_only = false;
};

}  // namespace xmppfed::store
