#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "core/field/enumeration.hpp"

namespace xmppfed::core {

/// A text for something else than a person: what an option names it, and what it is; and what makes it, a function of
/// type `Make`. Without one the value stands for what the command writes anyway.
template <class Make>
struct Rendering {
    EnumValue value;
    Make* make = nullptr;
};

/// All renderings of one kind of thing; the first is what is made when nobody says which. A `Row` is a `Rendering`, or
/// has more than one.
template <class Row>
struct RenderingTable {
    std::span<const Row> rows;
    std::span<const EnumValue> values;  ///< those of the rows
};

/// The values of rows, for their table.
template <class Row, std::size_t count>
constexpr std::array<EnumValue, count> values_in(const std::array<Row, count>& rows) {
    std::array<EnumValue, count> values{};
    for (std::size_t i = 0; i < count; ++i) {
        values[i] = rows[i].value;
    }
    return values;
}

}  // namespace xmppfed::core
