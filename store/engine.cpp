#include "store/engine.hpp"

#include "store/sqlite/engine.hpp"

namespace xmppfed::store {

const Engine& engine() {
    return sqlite_engine;
}

}  // namespace xmppfed::store
