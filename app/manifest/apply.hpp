#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/commit.hpp"
#include "app/manifest/reconciliation.hpp"

namespace xmppfed::app {

/// The store revision that somebody expects, if they do.
using ExpectedRevision = std::optional<std::int64_t>;

/// Throws a conflict when the store is at another revision than expected.
void refuse_other_revision(store::Reader& reader, const ExpectedRevision& expected);

/// What applying a manifest did, or would do.
struct Applied {
    core::ManifestSummary summary;
    core::DiagnosticsLog diagnostics;
    std::optional<std::int64_t> store_revision;  ///< of the changes; none where none is committed
    Outcome outcome = Outcome::unchanged;
};

/// Brings the store to what a manifest says, all of it in one commit or nothing. Throws a refusal when the manifest is
/// unsound, a conflict when the store is at another revision than expected, and failed when somebody interrupts it.
[[nodiscard]] Applied apply(Book& book, const Target& target, const ExpectedRevision& expected);

/// The partners that `apply` would remove, by primary domain, and the store revision that this holds for.
struct Removal {
    std::vector<std::string> partners;
    std::int64_t store_revision = 0;
};

/// Only looks. Throws what `apply` would.
[[nodiscard]] Removal removal_by(Book& book, const Target& target, const ExpectedRevision& expected);

}  // namespace xmppfed::app
