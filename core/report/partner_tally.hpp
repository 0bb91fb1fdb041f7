#pragma once

#include <array>
#include <cstdint>

#include "core/partner/partner.hpp"

namespace xmppfed::core {

/// How many partners there are of one kind.
struct PartnerCount {
    std::int64_t enabled = 0;
    std::int64_t suspended = 0;

    [[nodiscard]] std::int64_t all() const { return enabled + suspended; }
};

/// Counts partners by state, type and method.
class PartnerTally {
  public:
    void add(const Partner& partner);

    [[nodiscard]] const PartnerCount& partners() const { return partners_; }
    [[nodiscard]] const PartnerCount& of(PartnerType type) const { return by_type_.at(static_cast<std::size_t>(type)); }

    /// Those for which that is the weakest method, by which a stream may end up.
    [[nodiscard]] const PartnerCount& at_weakest(Method method) const {
        return by_weakest_.at(static_cast<std::size_t>(method));
    }

    /// Those that offer it, among others or alone.
    [[nodiscard]] const PartnerCount& offering(Method method) const {
        return offering_.at(static_cast<std::size_t>(method));
    }

  private:
    PartnerCount partners_;
    std::array<PartnerCount, 3> by_type_{};
    std::array<PartnerCount, 3> by_weakest_{};
    std::array<PartnerCount, 3> offering_{};
};

/// Whether a stream with the partner may end up unencrypted.
[[nodiscard]] bool may_be_unencrypted(const Partner& partner);

}  // namespace xmppfed::core
