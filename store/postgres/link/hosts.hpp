#pragma once

#include <string>
#include <vector>

#include "store/postgres/link/libpq.hpp"

namespace xmppfed::store {

/// One host of an address; empty texts are as the address has them.
struct PostgresHost {
    std::string host;
    std::string address;
    std::string port;
};

/// A connection to that host of an address that is begun, to be finished or null. The server's certificate is verified
/// unless the address, the service or PGSSLMODE says otherwise.
[[nodiscard]] PGconn* begin_to_connect(const std::string& address, const PostgresHost& host);

/// The hosts that a connection which was begun may go to: those of the address, its service or a variable. One with empty
/// texts where there is only one, or which is to be taken depends on what all of them are.
[[nodiscard]] std::vector<PostgresHost> hosts_in(PGconn* connection);

}  // namespace xmppfed::store
