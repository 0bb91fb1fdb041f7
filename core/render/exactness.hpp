#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/diagnostic.hpp"
#include "core/field/enumeration.hpp"
#include "core/render/server_book.hpp"
#include "core/text/json/json.hpp"

namespace xmppfed::core {

/// Which side opens the stream: the partner, or we.
enum class Direction { incoming, outgoing };

template <>
std::span<const EnumValue> values_of<Direction>();

/// What a server does, held against what was agreed.
enum class Fidelity {
    exact,
    inexact,  ///< it is stricter, or offers what it then refuses
    weaker,   ///< it allows what is not agreed
};

/// What a server does about one field of one partner.
struct Verdict {
    Fidelity fidelity = Fidelity::exact;
    std::string effective;       ///< what counts there instead of the field's value
    std::string_view note = {};  ///< why; a sentence without a full stop, safe for a terminal
    std::string_view hint = {};  ///< what the administrator can do about it

    bool operator==(const Verdict&) const = default;
};

struct FieldExactness {
    std::string partner;     ///< primary domain
    std::string_view field;  ///< JSON key; `domains` is the allow-list
    Direction direction = Direction::incoming;
    Verdict verdict;
};

/// How a kind of server treats a field of an enabled partner, given what the others need.
using Judge = Verdict(const Partner& partner, const ServerNeeds& needs, Direction direction);

/// A judge for each field; `enabled` judges partners that are suspended, and only those.
struct Judges {
    Judge* domains;
    Judge* enabled;
    Judge* tls;
    Judge* sasl;
    Judge* dialback;
    Judge* type;
    Judge* connection_limit;
    Judge* keepalive;
    Judge* proxy_fqdn;  ///< of outgoing streams alone
};

/// Every field of every partner in both directions, in the order of the partners.
[[nodiscard]] std::vector<FieldExactness> exactness(const ServerBook& book, const Judges& judges);

/// What is agreed is what happens.
[[nodiscard]] Verdict agreed(std::string effective, std::string_view note = {});

/// The value of a field as text.
[[nodiscard]] std::string text_of(bool value);

/// A diagnostic of `render-inexact` or `render-weaker` for each that is not exact.
[[nodiscard]] Diagnostics diagnostics_of(const std::vector<FieldExactness>& all);

/// The same for a person: what is the same for several partners, or in both directions, is said once.
[[nodiscard]] Diagnostics summary_of(const std::vector<FieldExactness>& all);

[[nodiscard]] Json to_json(const FieldExactness& one);

}  // namespace xmppfed::core
