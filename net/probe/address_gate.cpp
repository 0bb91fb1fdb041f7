#include "net/probe/address_gate.hpp"

#include <utility>

namespace xmppfed::net {

void AddressGate::enter(const std::string& address, std::function<void()> go) {
    const auto [place, is_free] = waiting_.try_emplace(address);
    if (is_free) {
        go();
    } else {
        place->second.push_back(std::move(go));
    }
}

void AddressGate::leave(const std::string& address) {
    auto& queue = waiting_.at(address);
    if (queue.empty()) {
        waiting_.erase(address);
        return;
    }
    const auto go = std::move(queue.front());
    queue.pop_front();
    go();
}

}  // namespace xmppfed::net
