#pragma once

#include <string_view>

namespace xmppfed::store {

/// One step of a schema: `schemas/sql/ENGINE/NNNN_name.sql`, embedded by the build.
struct Migration {
    int version;  ///< NNNN; what it brings is the same for each engine
    std::string_view name;
    std::string_view sql;
};

}  // namespace xmppfed::store
