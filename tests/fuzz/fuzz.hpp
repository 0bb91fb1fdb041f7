#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string_view>

#include "core/error.hpp"

/// What libFuzzer calls with each text that it makes up: every file of this folder is a harness for one parser.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace xmppfed::fuzz {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

/// Stops at a promise that was not kept.
inline void require(bool kept, const char* promise) {
    if (!kept) {
        std::fprintf(stderr, "this does not hold: %s\n", promise);
        std::abort();
    }
}

/// What `parse` makes of a text; none when it refuses it, which it may do by `core::Error` and in no other way.
auto unless_refused(auto parse) -> std::optional<decltype(parse())> {
    try {
        return parse();
    } catch (const core::Error& error) {
        require(!error.message.empty(), "a refusal says why");
        return std::nullopt;
    }
}

}  // namespace xmppfed::fuzz
