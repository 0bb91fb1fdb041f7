#pragma once

#include <optional>
#include <string>

#include "app/manifest/apply.hpp"
#include "cli/line/options.hpp"

namespace xmppfed::cli {

/// What `plan` and `apply` are told beside the manifest.
struct ManifestOptions {
    std::optional<std::string> file;
    bool prune = false;
    bool yes = false;
    app::ExpectedRevision store_revision;

    void bind(OptionSet& options);
    void bind_all_but_file(OptionSet& options);  ///< where the file is no option
    void bind_answer(OptionSet& options);        ///< to the question that --prune asks

    /// Throws a usage error when no file is named.
    [[nodiscard]] const std::string& required_file() const;
};

}  // namespace xmppfed::cli
