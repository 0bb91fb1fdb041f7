#pragma once

#include <sqlite3.h>

#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/support/faulty_vfs.hpp"
#include "tests/support/test_world.hpp"

namespace xmppfed::test {

/// Ways to fail: every kind of damage with an I/O error, and a full disk, which writes nothing.
inline const std::vector<FaultyVfs::Fault>& ways_to_fail() {
    static const auto all = [] {
        std::vector<FaultyVfs::Fault> result;
        for (const bool sticky : {false, true}) {
            using Damage = FaultyVfs::Damage;
            for (const auto damage : {Damage::none, Damage::torn, Damage::done}) {
                result.push_back({.code = SQLITE_IOERR, .sticky = sticky, .damage = damage});
            }
            result.push_back({.code = SQLITE_FULL, .sticky = sticky});
        }
        return result;
    }();
    return all;
}

/// How many operations there are from one that fails to the next.
inline int stride() {
    return std::getenv("XMPPFED_LONG") != nullptr ? 1 : 3;  // NOLINT(concurrency-mt-unsafe): one thread
}

inline bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

/// Whether a failure says that nobody knows whether the change is there.
inline bool tells_unknown(const Result& result) {
    return has(result.err, "it is not known whether");
}

/// Whoever is told of a failure reads whether the change is there all the same, or that nobody knows.
inline void check_failure(const Result& result, const std::string& state, const std::string& old_state,
                          const std::string& new_state) {
    const bool stands = has(result.err, "but may not survive a power cut") || has(result.err, "is ready, but cannot ");
    const bool unknown = tells_unknown(result);
    CHECK(result.code == 1);
    CHECK_THAT(result.err, Catch::Matchers::StartsWith(stands    ? "xmppfed: error: the "
                                                       : unknown ? "xmppfed: error: it is not known whether "
                                                                 : "xmppfed: error: cannot "));
    CHECK((state == old_state || state == new_state));
    if (old_state != new_state) {
        CHECK((unknown || stands == (state == new_state)));
    }
}

}  // namespace xmppfed::test
