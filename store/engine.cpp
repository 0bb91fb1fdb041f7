#include "store/engine.hpp"

#include "store/postgres/site.hpp"
#include "store/sqlite/engine.hpp"

namespace xmppfed::store {

const Engine& engine() {
    return sqlite_engine;
}

std::unique_ptr<Site> postgres_site_at(const Location& location) {
    return std::make_unique<PostgresSite>(location);
}

}  // namespace xmppfed::store
