#pragma once

#include <string_view>

#include "store/store.hpp"

namespace xmppfed::store {

/// Copies all that a store has, history and numbers included, into one in which nothing was ever committed. Places of
/// unfinished keys are announced there at `now`. Nothing is committed yet.
void copy_store(Reader& from, Writer& to, std::string_view now);

}  // namespace xmppfed::store
