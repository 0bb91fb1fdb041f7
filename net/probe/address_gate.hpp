#pragma once

#include <deque>
#include <functional>
#include <map>
#include <string>

namespace xmppfed::net {

/// One connection at a time goes to an address: some servers lose those that come at once.
class AddressGate {
  public:
    /// Calls `go` as soon as nobody else is at the address, at once if there is nobody.
    void enter(const std::string& address, std::function<void()> go);

    /// Who went has come back.
    void leave(const std::string& address);

  private:
    std::map<std::string, std::deque<std::function<void()>>> waiting_;  ///< behind whoever is there
};

}  // namespace xmppfed::net
