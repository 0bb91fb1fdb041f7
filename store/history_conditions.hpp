#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/rows/value.hpp"
#include "store/store.hpp"

namespace xmppfed::store {

/// One thing that a query asks of entries: SQL that every engine understands, in which `{0}` stands for the value.
struct HistoryCondition {
    std::string_view sql;
    Value value;
};

/// All that a query asks, limits apart: an entry that is wanted meets each.
[[nodiscard]] std::vector<HistoryCondition> conditions_of(const HistoryQuery& query);

}  // namespace xmppfed::store
