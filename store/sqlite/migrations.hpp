#pragma once

#include <span>
#include <string_view>

namespace xmppfed::store {

/// One step of the schema: `schemas/sql/sqlite/NNNN_name.sql`, embedded by the build.
struct Migration {
    int version;  ///< NNNN
    std::string_view name;
    std::string_view sql;
};

/// All steps, ordered by version, without gaps from 1.
[[nodiscard]] std::span<const Migration> migrations();

}  // namespace xmppfed::store
