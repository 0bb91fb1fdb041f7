#pragma once

#include <utility>

#include "net/address.hpp"

namespace xmppfed::net {

/// A file descriptor that is closed with its owner.
class Descriptor {
  public:
    Descriptor() = default;
    explicit Descriptor(int number) : number_{number} {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    Descriptor(Descriptor&& other) noexcept : number_{std::exchange(other.number_, -1)} {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        if (this != &other) {
            reset();
            number_ = std::exchange(other.number_, -1);
        }
        return *this;
    }
    ~Descriptor() { reset(); }

    [[nodiscard]] int number() const { return number_; }
    [[nodiscard]] bool is_open() const { return number_ >= 0; }
    void reset();

  private:
    int number_ = -1;
};

/// A socket that never blocks, or the error number in `problem`.
struct Connection {
    Descriptor socket;
    int problem = 0;  ///< 0: connected, or about to be
};

/// Begins to connect; `type` is SOCK_STREAM or SOCK_DGRAM. A stream is connected, or has failed, once it is writable.
[[nodiscard]] Connection connect_to(const Address& address, int type);

/// What became of a stream that was about to be connected: an error number, or 0.
[[nodiscard]] int connection_problem(int socket);

}  // namespace xmppfed::net
