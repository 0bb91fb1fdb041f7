#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "core/edge/edge.hpp"
#include "core/gateway/gateway.hpp"
#include "core/history/history_entry.hpp"
#include "core/partner/partner.hpp"

namespace xmppfed::core {

/// What a store held after a commit, made from the entries of its history up to that commit.
class PastBook {
  public:
    /// Takes an entry in. They come newest first: the newest that speaks of a name decides.
    void add(const HistoryEntry& entry);

    /// Visits the partners in the order of their primary domains. Throws failed when an entry cannot be read.
    void visit_partners(const std::function<bool(const CommittedPartner&)>& visit);

    /// Nothing in it is set when nothing was committed.
    [[nodiscard]] Edge edge() const;

    /// Has its defaults when nothing was committed.
    [[nodiscard]] Gateway gateway() const;

  private:
    void settle(const std::string& name, const std::optional<std::string>& state);
    void settle_former_names();

    std::map<std::string, std::string> partners_;  ///< as texts, by primary domain
    std::unordered_set<std::string> settled_;      ///< names of which it is known whether there is a partner
    std::vector<std::string> former_names_;        ///< left behind by the commit whose entries come now
    std::optional<std::int64_t> commit_;           ///< that one
    std::optional<std::optional<std::string>> gateway_;
    std::optional<std::optional<std::string>> edge_;  ///< as a text
};

}  // namespace xmppfed::core
