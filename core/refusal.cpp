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

bool refuses(const FindingsLog& findings, bool strict) {
    return findings.errors() > 0 || (strict && findings.warnings() > 0);
}

Error refusal(Diagnostics diagnostics) {
    const auto first = std::ranges::find(diagnostics, Severity::error, &Diagnostic::severity);
    if (first == diagnostics.end()) {
        auto error = Error{ErrorKind::refused, "nothing is committed: warnings refuse with --strict"}.hint(
            "mend what the warnings name, or leave --strict out");
        error.diagnostics = std::move(diagnostics);
        return error;
    }
    FindingsLog log;
    log.add(diagnostics);
    Error error{log.refuses_as(), first->message};
    error.diagnostics = std::move(diagnostics);
    return error;
}

Error refusal(const FindingsLog& findings) {
    auto error = refusal(findings.kept());
    error.kind = findings.refuses_as();
    if (findings.left_out() > 0) {
        error.hints.push_back(
            fmt::format("mend these first; findings that are not shown: {} more", findings.left_out()));
    }
    return error;
}

void refuse_unsound(const Diagnostics& diagnostics, bool strict) {
    if (refuses(diagnostics, strict)) {
        throw refusal(diagnostics);
    }
}

void refuse_unsound(const FindingsLog& findings, bool strict) {
    if (refuses(findings, strict)) {
        throw refusal(findings);
    }
}

}  // namespace xmppfed::core
