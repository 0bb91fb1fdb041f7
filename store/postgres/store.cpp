#include "store/postgres/store.hpp"

#include "store/postgres/lock.hpp"
#include "store/postgres/spool.hpp"
#include "store/postgres/writer.hpp"

namespace xmppfed::store {

std::unique_ptr<Spool> PostgresStore::spool() {
    return std::make_unique<PostgresSpool>();
}

std::unique_ptr<Reader> PostgresStore::read() {
    return std::make_unique<PostgresReader>(connection_,
                                            connection_->location().look_only ? Purpose::look : Purpose::read);
}

std::unique_ptr<Writer> PostgresStore::write() {
    return std::make_unique<PostgresWriter>(connection_);
}

void PostgresStore::wait_for_commits() {
    connection_->guard("look at the commits in", Right::viewer, [this] { wait_for_lock_holders(*connection_); });
}

}  // namespace xmppfed::store
