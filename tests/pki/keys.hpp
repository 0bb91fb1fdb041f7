#pragma once

#include "core/pki/key.hpp"

namespace xmppfed::pki {

inline constexpr KeyKind quick_key{.algorithm = Algorithm::ec, .curve = Curve::p256};

/// A key for tests that do not care which: always the same one.
inline const KeyPair& any_key() {
    static const auto made = KeyPair::generate(quick_key);
    return made;
}

}  // namespace xmppfed::pki
