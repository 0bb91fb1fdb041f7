#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/diagnostic.hpp"

namespace xmppfed::core {

/// What one rule found, however often.
struct FindingGroup {
    std::string rule;  ///< its id; empty where no rule found it
    Severity severity = Severity::error;
    std::string when;           ///< what the rule looks for, in one line; empty where nobody knows it
    std::int64_t count = 0;     ///< of all
    Diagnostics examples = {};  ///< the first of them, each shortened

    /// What to do about all of them; empty where each says it for itself, or none does.
    [[nodiscard]] std::string_view common_hint() const;
};

/// Findings of something that may have a million of them, by rule: few of each are kept, all are counted.
class Findings {
  public:
    static constexpr std::size_t most_examples = 10;
    static constexpr std::size_t most_groups = 200;  ///< what more there are is counted with them, and not shown

    /// `rule_id` is what the rule is called where this program knows none of that name.
    void add(const Diagnostic& diagnostic, std::string_view rule_id);
    void add(const Diagnostics& diagnostics);
    void add(const Findings& others);

    /// Of that severity, in the order in which they were found.
    [[nodiscard]] std::vector<const FindingGroup*> of(Severity severity) const;

    [[nodiscard]] std::int64_t count(Severity severity) const { return counts_.at(static_cast<std::size_t>(severity)); }

  private:
    std::map<std::pair<std::string, Severity>, std::size_t> places_;
    std::vector<FindingGroup> groups_;
    std::array<std::int64_t, 3> counts_{};
};

}  // namespace xmppfed::core
