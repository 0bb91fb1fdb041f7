#include "store/rows/checksum.hpp"

#include <optional>
#include <string>

namespace xmppfed::store {

void add(core::Checksum& checksum, const Value& value) {
    if (const auto* const text = value.text()) {
        checksum.add(*text);
    } else if (const auto* const integer = value.integer()) {
        checksum.add(std::to_string(*integer));
    } else {
        checksum.add(std::nullopt);
    }
}

std::int64_t checksum_of(std::span<const Value> row) {
    core::Checksum checksum;
    for (const auto& value : row) {
        add(checksum, value);
    }
    return checksum.value();
}

}  // namespace xmppfed::store
