#pragma once

#include <sys/types.h>

#include <memory>
#include <span>

#include "store/location.hpp"
#include "store/site.hpp"
#include "store/store.hpp"

namespace xmppfed::store {

/// A database that stores are kept in as files: how one of them is opened, and what is to be known of its file before that.
struct Engine {
    std::unique_ptr<Store> (*open)(const Location& location);

    /// Whether an open file is a store of ours, by its beginning alone.
    bool (*is_store_file)(int descriptor);

    off_t smallest_file;  ///< octets: what has less, and is not empty, is no store

    /// What the engine adds to the name of a store's file for those that it makes beside it.
    std::span<const char* const> suffixes;
};

/// The engine that stores in files are kept in. Nobody else knows which one it is.
[[nodiscard]] const Engine& engine();

/// The site of a store at the address of a database.
[[nodiscard]] std::unique_ptr<Site> postgres_site_at(const Location& location);

}  // namespace xmppfed::store
