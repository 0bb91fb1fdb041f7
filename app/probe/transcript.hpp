#pragma once

#include <map>
#include <memory>
#include <string>

#include "net/stream/endpoint_probe.hpp"

namespace xmppfed::app {

/// What was said to other servers and by them, for their administrators: a file for each domain.
class Transcripts {
  public:
    /// Whoever takes down what concerns a domain. This must outlive it.
    [[nodiscard]] net::Listener listener(const std::string& domain);

    /// Writes DOMAIN.txt for each into the directory, which exists; a file that is there is replaced. Throws failed.
    void write(const std::string& directory) const;

  private:
    std::map<std::string, std::string> texts_;
};

}  // namespace xmppfed::app
