#include "store/sqlite/store.hpp"

#include "store/sqlite/spool.hpp"
#include "store/sqlite/transaction.hpp"

namespace xmppfed::store {

std::unique_ptr<Spool> SqliteStore::spool() {
    return std::make_unique<SqliteSpool>();
}

std::unique_ptr<Reader> SqliteStore::read() {
    auto reader = std::make_unique<SqliteReader>(connection_);
    if (connection_.guard("read", [&] { return connection_.is_newest(); })) {
        return reader;
    }
    reader.reset();  // an older schema is brought up to date first, once
    write()->commit();
    return std::make_unique<SqliteReader>(connection_);
}

std::unique_ptr<Writer> SqliteStore::write() {
    return std::make_unique<SqliteWriter>(connection_);
}

}  // namespace xmppfed::store
