#include "store/site.hpp"

#include "store/engine.hpp"
#include "store/file_site.hpp"

namespace xmppfed::store {

std::unique_ptr<Site> site_of(const Location& location) {
    if (!location.address.empty()) {
        return postgres_site_at(location);
    }
    return std::make_unique<FileSite>(location);
}

std::unique_ptr<Store> open_in_memory(std::chrono::sys_seconds now) {
    return engine().open({.path = {}, .now = now});
}

}  // namespace xmppfed::store
