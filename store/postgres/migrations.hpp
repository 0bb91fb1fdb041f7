#pragma once

#include <span>

#include "store/migration.hpp"

namespace xmppfed::store {

/// All steps of the schema in `schemas/sql/postgres`, ordered by version, without gaps from 1.
[[nodiscard]] std::span<const Migration> postgres_migrations();

}  // namespace xmppfed::store
