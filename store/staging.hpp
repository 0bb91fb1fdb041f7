#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/partner/partner.hpp"

namespace xmppfed::store {

/// A partner that was staged, and what the store has beside it.
struct Pairing {
    std::int64_t number = 0;  ///< in the order of staging, from 1
    core::Partner staged;
    std::string places;                            ///< what was given with it
    std::optional<core::CommittedPartner> before;  ///< the partner of that name in the store
    std::vector<core::Claim> rivals;               ///< claims of others on its domains, of one other for each domain
    bool is_repeated = false;                      ///< one of the same name was staged before it
};

/// Partners that somebody wants the store to have, compared with those that it has: as many as there may be, in
/// temporary storage that goes with the object. Names and domains are compared by bytes.
class Staging {
  public:
    using PairVisitor = std::function<void(Pairing pair)>;

    Staging() = default;
    Staging(const Staging&) = delete;
    Staging& operator=(const Staging&) = delete;
    virtual ~Staging() = default;

    virtual void add(const core::Partner& partner, std::string_view places) = 0;

    /// Ends the adding. With `unnamed_go` partners of the store that were not staged are about to be removed, and their
    /// claims count no more.
    virtual void compare(bool unnamed_go) = 0;

    /// Visits what was staged, in the order of primary domains.
    virtual void visit_pairs(const PairVisitor& visit) = 0;

    /// Visits the partners of the store that were not staged, in the same order.
    virtual void visit_unnamed(const std::function<void(const core::CommittedPartner&)>& visit) = 0;

    /// The claims on these domains of partners that were not staged.
    [[nodiscard]] virtual std::vector<core::Claim> claims_of_unnamed(std::span<const std::string> domains) = 0;

    /// Marks a staged partner for `put_chosen`, with what the store is to keep beside its fields.
    virtual void choose(std::int64_t number, const core::CommittedPartner& partner) = 0;
};

}  // namespace xmppfed::store
