#include "net/descriptor.hpp"

#include <unistd.h>

#include <cerrno>

namespace xmppfed::net {

void Descriptor::reset() {
    if (number_ >= 0) {
        close(std::exchange(number_, -1));
    }
}

Connection connect_to(const Address& address, int type) {
    Connection connection{.socket = Descriptor{socket(address.family(), type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)}};
    if (!connection.socket.is_open() ||
        (connect(connection.socket.number(), address.data(), address.size()) != 0 && errno != EINPROGRESS)) {
        connection.problem = errno;
    }
    return connection;
}

int connection_problem(int socket) {
    int problem = 0;
    socklen_t size = sizeof problem;
    return getsockopt(socket, SOL_SOCKET, SO_ERROR, &problem, &size) == 0 ? problem : errno;
}

}  // namespace xmppfed::net
