#pragma once

#include <optional>
#include <string>

#include "cli/line/options.hpp"
#include "cli/work/reconciliation.hpp"

namespace xmppfed::cli {

/// What `plan` and `apply` are told beside the manifest.
struct ManifestOptions {
    std::optional<std::string> file;
    bool prune = false;
    bool yes = false;
    std::optional<std::int64_t> store_revision;

    void bind(OptionSet& options);
    void bind_all_but_file(OptionSet& options);  ///< where the file is no option
    void bind_answer(OptionSet& options);        ///< to the question that --prune asks

    /// Throws a usage error when no file is named.
    [[nodiscard]] const std::string& required_file() const;

    /// Throws a conflict when the store is not at the revision that was expected.
    void refuse_other_revision(store::Reader& reader) const;
};

}  // namespace xmppfed::cli
