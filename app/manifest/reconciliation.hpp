#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/circumstances.hpp"
#include "app/held_signals.hpp"
#include "app/manifest/target.hpp"
#include "core/change_set.hpp"
#include "core/diagnostics_log.hpp"
#include "core/manifest/manifest_change.hpp"
#include "store/right.hpp"
#include "store/store.hpp"

namespace xmppfed::app {

/// Compares a manifest with a store, pair by pair, and writes what differs. Neither needs to fit into memory.
class Reconciliation {
  public:
    using ChangeHandler = std::function<void(const core::ManifestChange&)>;
    using DiagnosticsHandler = std::function<void(const core::Diagnostics&)>;

    /// The handlers are told as the work goes on, unless they are empty; not of what the reading found. `circumstances` and `target` must
    /// outlive this.
    Reconciliation(const Circumstances& circumstances, const Target& target, ChangeHandler on_change,
                   DiagnosticsHandler on_diagnostics = {});

    /// Only looks.
    void compare(store::Reader& reader, std::string_view now);

    /// Compares, and writes into the transaction, which it leaves to the caller to commit. Throws a refusal when the
    /// manifest is unsound, and failed when somebody interrupts it. Returns the store revision of the changes, or nothing when there are none.
    std::optional<std::int64_t> write(store::Writer& writer, const core::Commit& commit);

    /// The diagnostics are on what changes. Of what stays as it is only the errors are among them, and what a change of the
    /// edge brings about; its other warnings are counted in the summary.
    [[nodiscard]] const core::ManifestSummary& summary() const { return summary_; }
    [[nodiscard]] const core::DiagnosticsLog& diagnostics() const { return diagnostics_; }

    /// It takes more than to change partners where the edge or the gateway is another.
    [[nodiscard]] store::Right right() const {
        return new_edge_ || new_gateway_ ? store::Right::admin : store::Right::operator_;
    }

  private:
    void reconcile(store::Reader& reader, std::string_view now);
    void compare_edge(store::Reader& reader, store::Comparison& comparison);
    void compare_gateway(store::Reader& reader);
    [[nodiscard]] bool goes_on(core::Diagnostics diagnostics, const core::Places& places, bool differs);
    void compare_partner(store::Comparison& comparison, store::Pairing pair, std::string_view now);
    void pass_over_warnings(core::Diagnostics& diagnostics);
    void remove(const core::CommittedPartner& partner);
    void find(core::Diagnostics diagnostics);

    /// Counts a change, and tells of it; what is not there is null.
    template <class Subject>
    void change(core::Subject subject, const Subject* before, const Subject* after);

    void record(core::HistoryEntry entry);
    void flush_history();

    const Circumstances& circumstances_;
    const Target& target_;
    ChangeHandler on_change_;
    DiagnosticsHandler on_diagnostics_;
    core::DiagnosticsLog diagnostics_;
    core::ManifestSummary summary_;
    std::optional<core::EdgeTransition> new_edge_;
    std::optional<core::GatewayTransition> new_gateway_;
    core::Surroundings surroundings_;
    std::vector<std::string> removed_;

    std::optional<HeldSignals> held_;  ///< while something is written that must be undone
    store::Writer* writer_ = nullptr;  ///< none: only looks
    core::Commit commit_;
    std::vector<core::HistoryEntry> entries_;  ///< not recorded yet
    std::optional<std::int64_t> store_revision_;
};

}  // namespace xmppfed::app
