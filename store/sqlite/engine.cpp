#include "store/sqlite/engine.hpp"

#include <unistd.h>

#include <array>
#include <iterator>
#include <string_view>

#include <sqlite3.h>

#include "store/sqlite/store.hpp"

namespace xmppfed::store {

namespace {

bool has_our_header(int descriptor) {
    // Section 1.3 of SQLite's file format: what it begins with, and where the application's id is.
    constexpr std::string_view beginning{"SQLite format 3\0", 16};
    constexpr std::size_t id_offset = 68;
    constexpr std::string_view id = "xmpp";
    std::array<char, id_offset + id.size()> header{};
    const auto read = ::pread(descriptor, header.data(), header.size(), 0);
    const std::string_view text{header.data(), header.size()};
    return read == std::ssize(header) && text.starts_with(beginning) && text.ends_with(id);
}

std::unique_ptr<Store> open_sqlite(const Location& location) {
    // Nobody asks how much memory SQLite has, and to count it takes a lock for each piece. Once it runs this does nothing.
    static_cast<void>(sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0));
    // Twenty pages at once, each with a word written to it, are more than most commands look at.
    static_cast<void>(sqlite3_config(SQLITE_CONFIG_PAGECACHE, nullptr, 0, 0));
    return std::make_unique<SqliteStore>(location);
}

constexpr off_t smallest_page = 512;  // SQLite itself takes a file of one octet for an empty one
constexpr std::array suffixes_of_sqlite{"-journal", "-wal", "-shm"};

}  // namespace

constinit const Engine sqlite_engine{
    .open = open_sqlite,
    .is_store_file = has_our_header,
    .smallest_file = smallest_page,
    .suffixes = suffixes_of_sqlite,
};

}  // namespace xmppfed::store
