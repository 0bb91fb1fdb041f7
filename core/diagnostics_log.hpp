#pragma once

#include <array>
#include <cstdint>
#include <utility>

#include "core/diagnostic.hpp"
#include "core/error.hpp"

namespace xmppfed::core {

/// Diagnostics of something that may have a million of them: the first of each severity are kept, all are counted.
/// The first are those on the first lines, in whatever order they come; where nothing has a line, those that come first.
class DiagnosticsLog {
  public:
    static constexpr std::int64_t most_kept = 100;

    void add(Diagnostics diagnostics);

    /// Puts the diagnostics kept into the order of their lines.
    void sort_by_place();

    /// The diagnostics kept: in no order that is of use before they are sorted, if they have lines.
    [[nodiscard]] const Diagnostics& kept() const { return kept_; }
    [[nodiscard]] std::int64_t errors() const { return errors_; }
    [[nodiscard]] std::int64_t warnings() const { return warnings_; }

    /// How many more there were, of any severity.
    [[nodiscard]] std::int64_t left_out() const { return left_out_; }

    /// What the errors make of a command: the kind of failure that their rules agree on, else a refusal.
    [[nodiscard]] ErrorKind refuses_as() const { return refuses_as_; }

  private:
    using Place = std::pair<std::int64_t, std::int64_t>;  ///< line and column, 0 where there is none

    [[nodiscard]] static Place place_of(const Diagnostic& diagnostic);
    [[nodiscard]] std::int64_t& counter(Severity severity);
    [[nodiscard]] Place& last_place(Severity severity) { return last_places_.at(static_cast<std::size_t>(severity)); }
    void replace_later(Diagnostic diagnostic);

    Diagnostics kept_;
    std::array<Place, 3> last_places_{};  ///< of each severity, among those kept
    std::int64_t errors_ = 0;
    std::int64_t warnings_ = 0;
    std::int64_t infos_ = 0;
    std::int64_t left_out_ = 0;
    ErrorKind refuses_as_ = ErrorKind::refused;
};

}  // namespace xmppfed::core
