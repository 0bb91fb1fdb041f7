#pragma once

#include <memory>
#include <string>

#include "store/site.hpp"

/// Stores in files, by their paths alone.
namespace xmppfed::test {

inline std::unique_ptr<store::Site> site_at(const std::string& path) {
    return store::site_of({.path = path, .now = {}});
}

inline bool has_store(const std::string& path) {
    return site_at(path)->has_store();
}

inline void create_store(const std::string& path, store::Reach reach = store::Reach::owner) {
    site_at(path)->create(reach);
}

inline std::unique_ptr<store::Store> open_store(const store::Location& location) {
    return store::site_of(location)->open();
}

}  // namespace xmppfed::test
