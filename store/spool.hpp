#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/partner/partner.hpp"

namespace xmppfed::store {

/// Partners that somebody wants a store to have, as many as there may be, in temporary storage that goes with the object.
/// Nothing is checked: what is wanted is judged by the rules, and may be unsound.
class Spool {
  public:
    Spool() = default;
    Spool(const Spool&) = delete;
    Spool& operator=(const Spool&) = delete;
    virtual ~Spool() = default;

    /// Adds a partner, and where its values stand, as a text. None is added once the spool was compared.
    virtual void add(const core::Partner& partner, std::string_view places) = 0;
};

/// A partner of a spool, and what the store has beside it.
struct Pairing {
    core::Partner wanted;
    std::string places;                            ///< what was given with it
    std::optional<core::CommittedPartner> before;  ///< the partner of that name in the store
    std::vector<core::Claim> rivals;               ///< claims of others on its domains, of one other for each domain
    bool is_repeated = false;                      ///< one of the same name was added before it
};

/// A spool beside a view of the store. Names and domains are compared by bytes. Both must outlive it.
class Comparison {
  public:
    using PairVisitor = std::function<void(Pairing pair)>;

    Comparison() = default;
    Comparison(const Comparison&) = delete;
    Comparison& operator=(const Comparison&) = delete;
    virtual ~Comparison() = default;

    /// Visits what the spool has, in the order of primary domains, and of the adding where they are the same. The visitor
    /// may choose and record, but put and remove nothing.
    virtual void visit_pairs(const PairVisitor& visit) = 0;

    /// Visits the partners of the store that the spool does not name, in the same order.
    virtual void visit_unnamed(const std::function<void(const core::CommittedPartner&)>& visit) = 0;

    /// The claims on these domains of partners that the spool does not name.
    [[nodiscard]] virtual std::vector<core::Claim> claims_of_unnamed(std::span<const std::string> domains) = 0;

    /// Has `Writer::put_chosen` put a partner of the spool, which must be sound, for this may begin with it; `before` is
    /// what the store has of that name.
    virtual void choose(const std::optional<core::CommittedPartner>& before, const core::CommittedPartner& after) = 0;
};

}  // namespace xmppfed::store
