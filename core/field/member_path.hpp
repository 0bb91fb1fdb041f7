#pragma once

namespace xmppfed::core {

/// The member that a path of member pointers leads to: `member<&Partner::negotiation, &Negotiation::tls>(partner)`. Tables
/// of fields and of columns name members so.
template <auto First, auto... Rest>
[[nodiscard]] constexpr auto& member(auto& whole) {
    if constexpr (sizeof...(Rest) == 0) {
        return whole.*First;
    } else {
        return member<Rest...>(whole.*First);
    }
}

}  // namespace xmppfed::core
