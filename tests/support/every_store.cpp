#include "tests/support/every_store.hpp"

#include "store/site.hpp"
#include "tests/support/memory_store.hpp"
#include "tests/support/partners.hpp"
#include "tests/support/sites.hpp"

namespace xmppfed::test {

const std::vector<Implementation>& implementations() {
    static const std::vector<Implementation> all{
        {"SQLite in memory", [](const auto&) { return store::open_in_memory(some_time); }},
        {"SQLite at a file",
         [](const auto& directory) {
             create_store(directory / "store.db");
             return open_store({.path = directory / "store.db", .now = some_time});
         }},
        {"containers in memory", [](const auto&) { return std::make_unique<MemoryStore>(some_time); }},
    };
    return all;
}

}  // namespace xmppfed::test
