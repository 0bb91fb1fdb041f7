#include "core/refusal.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace xmppfed::core {

bool refuses(const Diagnostics& diagnostics, bool strict) {
    return std::ranges::any_of(diagnostics, [&](const Diagnostic& diagnostic) {
        return diagnostic.severity == Severity::error || (strict && diagnostic.severity == Severity::warning);
    });
}

bool refuses(const DiagnosticsLog& diagnostics, bool strict) {
    return diagnostics.errors() > 0 || (strict && diagnostics.warnings() > 0);
}

Error refusal(Diagnostics diagnostics) {
    const auto first = std::ranges::find(diagnostics, Severity::error, &Diagnostic::severity);
    if (first == diagnostics.end()) {
        auto error = Error{ErrorKind::refused, "nothing is committed: warnings refuse with --strict"}.hint(
            "mend what the warnings name, or leave --strict out");
        error.diagnostics = std::move(diagnostics);
        return error;
    }
    DiagnosticsLog log;
    log.add(diagnostics);
    Error error{log.refuses_as(), first->message};
    error.diagnostics = std::move(diagnostics);
    return error;
}

Error refusal(const DiagnosticsLog& diagnostics) {
    auto error = refusal(diagnostics.kept());
    error.kind = diagnostics.refuses_as();
    if (diagnostics.left_out() > 0) {
        error.hints.push_back(
            fmt::format("mend these first; findings that are not shown: {} more", diagnostics.left_out()));
    }
    return error;
}

void refuse_unsound(const Diagnostics& diagnostics, bool strict) {
    if (refuses(diagnostics, strict)) {
        throw refusal(diagnostics);
    }
}

void refuse_unsound(const DiagnosticsLog& diagnostics, bool strict) {
    if (refuses(diagnostics, strict)) {
        throw refusal(diagnostics);
    }
}

}  // namespace xmppfed::core
