#pragma once

#include <string>
#include <string_view>

#include "cli/exit_code.hpp"
#include "cli/terminal/output.hpp"
#include "cli/terminal/style.hpp"
#include "core/diagnostics_log.hpp"
#include "core/error.hpp"

namespace xmppfed::cli {

/// The one place that composes what a person reads on standard error. A failing stream is ignored: there is nobody to
/// tell.
class Messages {
  public:
    Messages(Output& err, Style style) : err_{err}, style_{style} {}

    void set_quiet(bool quiet) { quiet_ = quiet; }
    void set_style(Style style) { style_ = style; }

    void note(std::string_view text);  ///< not when quiet

    /// Errors, and then warnings: not when quiet, unless `warnings_refuse` and they are what refuses.
    void diagnostics(const core::Diagnostics& diagnostics, bool warnings_refuse = false);
    void diagnostics(const core::DiagnosticsLog& diagnostics,
                     bool warnings_refuse = false);  ///< and how many are not shown

    void failure(const core::Error& error);  ///< with its diagnostics and hints

    /// A look that was interrupted, behind what was found until then.
    void interruption(const std::string& text);

    /// Asks on standard error, without a newline.
    void question(std::string_view text);

  private:
    void line(std::string_view text);
    void tell(const core::Diagnostic& diagnostic);
    void failure(std::string_view text);
    void hint(std::string_view text);
    Output& err_;
    Style style_;
    bool quiet_ = false;
};

/// Whether a diagnostic says which partner it is about.
enum class Naming {
    partner,  ///< before the message, when it is about one
    none,     ///< what stands around it tells
};

/// "SEVERITY: PLACE: PARTNER: MESSAGE [rule-id]" of a diagnostic, as far as it has them.
[[nodiscard]] std::string diagnostic_text(const core::Diagnostic& diagnostic, const Style& style, Naming naming);

[[nodiscard]] ExitCode exit_code(core::ErrorKind kind);

/// The document of kind `error`.
[[nodiscard]] core::Json error_document(const core::Error& error);

/// What a check exits with.
[[nodiscard]] ExitCode verdict(const core::Diagnostics& diagnostics, bool strict);
[[nodiscard]] ExitCode verdict(const core::DiagnosticsLog& diagnostics, bool strict);

}  // namespace xmppfed::cli
