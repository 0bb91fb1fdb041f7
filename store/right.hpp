#pragma once

#include <span>
#include <string>

#include "core/field/enumeration.hpp"

namespace xmppfed::store {

/// What a role of a database may do with the store in it; each includes those before it.
enum class Right {
    viewer,     ///< look
    operator_,  ///< also change partners
    admin,      ///< also the edge, the gateway and certificates
    owner,      ///< also the schema, and who may do what
};

/// The names of those that can be given, in their order; `core::values_of` has the owner's too.
[[nodiscard]] std::span<const core::EnumValue> grantable_rights();

/// A role that is to have a right.
struct Grant {
    std::string role;
    Right right{};
};

}  // namespace xmppfed::store

template <>
std::span<const xmppfed::core::EnumValue> xmppfed::core::values_of<xmppfed::store::Right>();
