#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/diagnostic.hpp"
#include "core/field/enumeration.hpp"

namespace xmppfed::core {

/// What `doctor` goes through, in this order.
enum class Area { store, edge, certificate, dns, rendering, partners };

/// How one thing was found.
enum class Health {
    good,
    ailing,   ///< a warning
    broken,   ///< an error
    skipped,  ///< nobody looked
};

/// One thing that was looked at.
struct Examination {
    Area area = Area::store;
    std::string subject;  ///< a path or a domain; safe for a terminal
    std::string summary;  ///< what it is, or why nobody looked; may be empty
    bool was_skipped = false;
    Diagnostics diagnostics = {};  ///< each with what to type
    std::string note = {};         ///< what cannot be seen from here, and how to see it; may be empty
};

[[nodiscard]] Health health_of(const Examination& examination);

/// One of the `checks` of a document of kind `doctor`.
[[nodiscard]] Json to_json(const Examination& examination);

template <>
std::span<const EnumValue> values_of<Area>();
template <>
std::span<const EnumValue> values_of<Health>();

}  // namespace xmppfed::core
