#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/text/json/json.hpp"

namespace xmppfed::core {

/// What an earlier look found, to be compared with today's.
class Baseline {
  public:
    /// Reads a document of kind `probe`. Throws `core::Error` of kind failed for any other text.
    explicit Baseline(std::string_view text);

    /// Whether the entry of a domain is another one than then. Days that pass are no change, nor are addresses and
    /// names that come in another order.
    [[nodiscard]] bool differs(const Json& partner) const;

  private:
    std::map<std::string, std::string> lasting_;  ///< by domain: what of its entry stands for a state
};

}  // namespace xmppfed::core
