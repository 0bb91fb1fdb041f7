#pragma once

#include <string>

namespace xmppfed::test {

/// A file system under SQLite that fails on demand. It stands before the default one as long as it lives, for the whole
/// process. Counted are the operations that can change something: opening, writing, syncing, truncating and deleting a
/// file.
class FaultyVfs {
  public:
    /// What is left of a write that fails.
    enum class Damage {
        none,  ///< nothing of it was done
        torn,  ///< half of it was written
        done,  ///< all of it was done, and nobody knows
    };

    struct Fault {
        int operation = 0;  ///< counted from 1
        int code = 0;       ///< what SQLite is told: SQLITE_IOERR or SQLITE_FULL
        bool sticky = false;
        Damage damage = Damage::none;
    };

    FaultyVfs();
    FaultyVfs(const FaultyVfs&) = delete;
    FaultyVfs& operator=(const FaultyVfs&) = delete;
    ~FaultyVfs();

    /// Counts from zero again, and fails at the operation that is named.
    void arm(const Fault& fault);
    void disarm();

    /// Whether the fault has struck since it was armed.
    [[nodiscard]] bool struck() const;

    /// What struck, for a failing test's message: "xSync 7".
    [[nodiscard]] std::string what() const;
};

}  // namespace xmppfed::test
