#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/view/layout/display.hpp"
#include "cli/view/layout/list_view.hpp"
#include "core/change_set.hpp"
#include "core/diagnostics_log.hpp"
#include "core/manifest/manifest_change.hpp"

namespace xmppfed::cli::view {

/// What a manifest changes, one change after another: as text it reads like a diff.
class ChangesView {
  public:
    /// `kind` is that of the document: plan or apply.
    ChangesView(const Display& display, std::string_view kind);

    void begin();
    void add(const core::ManifestChange& change);

    /// `outcome` is the last line of the text.
    void end(const core::ManifestSummary& summary, const core::DiagnosticsLog& diagnostics, std::string_view outcome);

    /// The same, with all diagnostics.
    void end(const core::ManifestSummary& summary, const core::Diagnostics& diagnostics, std::string_view outcome);

  private:
    void end(const core::Json& trailer, std::string_view outcome);

    Display display_;
    std::unique_ptr<ListView> list_;  ///< none for text
};

/// What became of partners that were there, as text; nothing in any other format.
void print_updates(const Display& display, std::span<const core::PartnerTransition> partners);

/// "LEAD: 1 to create, 2 to update, 3 to remove, 4 unchanged." or that there are no changes.
[[nodiscard]] std::string intention(std::string_view lead, const core::ManifestSummary& summary);

/// A note on the warnings that the summary only counts, if there are any.
void tell_unchanged_warnings(const Display& display, const core::ManifestSummary& summary);

}  // namespace xmppfed::cli::view
