#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/text/json/json.hpp"

namespace xmppfed::core {

enum class Severity {
    error,    ///< refuses the commit
    warning,  ///< is committed; refuses with --strict
    info,     ///< is shown when somebody asks
};

[[nodiscard]] std::string_view name(Severity severity);

struct Rule;

/// One diagnostic of a rule. Members that do not apply are empty and become null in JSON.
struct Diagnostic {
    const Rule* rule = nullptr;  ///< a row of the table in `core/rule/rules.hpp`; null: no rule found it
    Severity severity = Severity::error;
    std::string partner;  ///< primary domain, as it was given
    std::string field;    ///< JSON key
    std::string message;  ///< safe for a terminal, without a full stop
    std::string hint;
    std::string file;
    std::optional<std::int64_t> line;    ///< from 1
    std::optional<std::int64_t> column;  ///< from 1, in Unicode scalar values
    std::optional<std::size_t> item{};   ///< which one of the field's items it is about, from 0; only to be located

    bool is_accepted = false;  ///< a warning that the partner has accepted, and an info therefore

    /// The id of its rule, or empty.
    [[nodiscard]] std::string_view rule_id() const;
};

using Diagnostics = std::vector<Diagnostic>;

[[nodiscard]] Json to_json(const Diagnostic& diagnostic);
[[nodiscard]] Json to_json(const Diagnostics& diagnostics);

[[nodiscard]] std::int64_t count_accepted(const Diagnostics& diagnostics);

[[nodiscard]] std::int64_t count(const Diagnostics& diagnostics, Severity severity);

}  // namespace xmppfed::core
