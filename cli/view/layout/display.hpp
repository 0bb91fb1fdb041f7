#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "cli/terminal/format.hpp"
#include "cli/terminal/messages.hpp"
#include "cli/terminal/output.hpp"
#include "cli/terminal/style.hpp"
#include "core/text/json/json.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli::view {

/// Where results are shown, and how somebody wants to see them.
struct Display {
    Output& out;
    Messages& messages;  ///< take what the output has no room for
    Format format = Format::table;
    Style style{false};
    std::optional<std::size_t> columns = {};  ///< that text may take; none: any number
    core::Medium medium = core::Medium::file;
    bool dry_run = false;
    bool strict = false;  ///< warnings are what an error is
    bool quiet = false;

    /// Whether a changing command shows what it did: always to a program, and to a person who wants to know.
    [[nodiscard]] bool shows_result() const { return format != Format::table || !quiet; }

    /// Prints text for a person, whole lines of it, wrapped to the terminal if there is one.
    void print_text(std::string_view text) const;

    /// Prints a JSON document: format_version, kind, dry_run where it applies, then the members.
    void print_document(std::string_view kind, const core::Json& members) const;
};

/// The first members of every document.
[[nodiscard]] core::Json document_head(std::string_view kind);

}  // namespace xmppfed::cli::view
