#pragma once

#include "store/engine.hpp"

namespace xmppfed::store {

extern const Engine sqlite_engine;

}  // namespace xmppfed::store
