#pragma once

#include <string>

namespace xmppfed::store {

/// What a role of a database may do with the store in it; each includes those before it.
enum class Right {
    viewer,     ///< look
    operator_,  ///< also change partners
    admin,      ///< also the edge, the gateway and certificates
    owner,      ///< also the schema, and who may do what
};

/// A role that is to have a right.
struct Grant {
    std::string role;
    Right right{};
};

}  // namespace xmppfed::store
