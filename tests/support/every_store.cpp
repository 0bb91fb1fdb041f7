#include "tests/support/every_store.hpp"

#include "store/site.hpp"
#include "tests/support/database_site.hpp"
#include "tests/support/memory_store.hpp"
#include "tests/support/partners.hpp"
#include "tests/support/sites.hpp"

namespace xmppfed::test {

namespace {

std::unique_ptr<store::Store> store_in_database() {
    empty_database();
    const auto site = site_in_database({.path = {}, .wait = std::chrono::milliseconds{0}, .now = some_time});
    site->create(store::Reach::owner);
    return site->open();
}

std::vector<Implementation> all_implementations() {
    std::vector<Implementation> all{
        {"SQLite in memory", [](const auto&) { return store::open_in_memory(some_time); }},
        {"SQLite at a file",
         [](const auto& directory) {
             create_store(directory / "store.db");
             return open_store({.path = directory / "store.db", .now = some_time});
         }},
        {"containers in memory", [](const auto&) { return std::make_unique<MemoryStore>(some_time); }},
    };
    if (database_address() != nullptr) {
        all.push_back({"PostgreSQL", [](const auto&) { return store_in_database(); }});
    }
    return all;
}

}  // namespace

const std::vector<Implementation>& implementations() {
    static const auto all = all_implementations();
    return all;
}

}  // namespace xmppfed::test
