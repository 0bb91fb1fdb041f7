#include "store/right.hpp"

#include <array>

namespace xmppfed {

namespace {

constexpr std::array rights{
    core::EnumValue{.name = "viewer", .meaning = {}},
    core::EnumValue{.name = "operator", .meaning = {}},
    core::EnumValue{.name = "admin", .meaning = {}},
    core::EnumValue{.name = "owner", .meaning = {}},
};

}  // namespace

template <>
std::span<const core::EnumValue> core::values_of<store::Right>() {
    return rights;
}

std::span<const core::EnumValue> store::grantable_rights() {
    return core::values_of<Right>().first(static_cast<std::size_t>(Right::owner));
}

}  // namespace xmppfed
