#include "cli/terminal/messages.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/refusal.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli {

namespace {

using core::Error;
using core::ErrorKind;
using core::Severity;

struct KindRow {
    ErrorKind kind;
    ExitCode exit_code;
    std::string_view code;
};

constexpr std::array kinds{
    KindRow{ErrorKind::usage, ExitCode::usage, "usage"},
    KindRow{ErrorKind::refused, ExitCode::refused, "refused"},
    KindRow{ErrorKind::not_found, ExitCode::not_found, "not-found"},
    KindRow{ErrorKind::conflict, ExitCode::conflict, "conflict"},
    KindRow{ErrorKind::busy, ExitCode::busy, "busy"},
    KindRow{ErrorKind::failed, ExitCode::failed, "failed"},
    KindRow{ErrorKind::unknown, ExitCode::unknown, "unknown"},
};

const KindRow& row(ErrorKind kind) {
    return *std::ranges::find(kinds, kind, &KindRow::kind);
}

/// What to do about an error that says nothing of it itself.
std::string_view usual_hint(ErrorKind kind) {
    switch (kind) {
    case ErrorKind::usage:
        return "`--help` shows what the command takes";
    case ErrorKind::refused:
        return "change what the message names";
    case ErrorKind::not_found:
        return "check the name";
    case ErrorKind::conflict:
    case ErrorKind::busy:
    case ErrorKind::failed:
        return "mend the cause, then run the command again: that is safe";
    case ErrorKind::unknown:
        return "find out with `xmppfed history` before you run the command again";
    }
    return {};
}

/// What the diagnostics that refuse say of what to do: the first hint of an error, where there are errors. "" for none.
std::string_view hint_of_diagnostics(const core::Diagnostics& diagnostics) {
    const bool has_errors = core::count(diagnostics, Severity::error) > 0;
    const auto helpful = std::ranges::find_if(diagnostics, [&](const core::Diagnostic& diagnostic) {
        return !diagnostic.hint.empty() && (!has_errors || diagnostic.severity == Severity::error);
    });
    return helpful == diagnostics.end() ? std::string_view{} : helpful->hint;
}

/// Every error says what to do: by its own hints, by those of its diagnostics, or by the usual one of its kind.
std::vector<std::string> hints_of(const Error& error) {
    if (!error.hints.empty() || !hint_of_diagnostics(error.diagnostics).empty()) {
        return error.hints;
    }
    return {std::string{usual_hint(error.kind)}};
}

/// `FILE:LINE:COLUMN: `, as compilers say it, for what was found in a file.
std::string place_of(const core::Diagnostic& diagnostic) {
    if (diagnostic.file.empty()) {
        return {};
    }
    return diagnostic.line ? fmt::format("{}:{}:{}: ", diagnostic.file, *diagnostic.line, diagnostic.column.value_or(1))
                           : fmt::format("{}: ", diagnostic.file);
}

/// What was given for a domain may be longer than any domain.
std::string partner_of(const core::Diagnostic& diagnostic, Naming naming) {
    constexpr std::size_t longest_domain = 253;
    return naming == Naming::none || diagnostic.partner.empty()
               ? std::string{}
               : core::shorten(diagnostic.partner, longest_domain) + ": ";
}

std::string full_message(const Error& error) {
    return error.cause.empty() ? error.message : fmt::format("{}: {}", error.message, error.cause);
}

}  // namespace

std::string diagnostic_text(const core::Diagnostic& diagnostic, const Style& style, Naming naming) {
    const auto text = fmt::format("{}: {}{}{}", style.severity(diagnostic.severity), place_of(diagnostic),
                                  partner_of(diagnostic, naming), diagnostic.message);
    return diagnostic.rule == nullptr
               ? text
               : fmt::format("{} {}{}", text, style.dim(fmt::format("[{}]", diagnostic.rule_id())),
                             diagnostic.is_accepted ? " (accepted)" : "");
}

void Messages::line(std::string_view text) {
    try {
        err_.write(fmt::format("{}\n", text));
        err_.flush();
    } catch (const OutputFailure&) {
        err_.discard();
    }
}

void Messages::question(std::string_view text) {
    try {
        err_.write(text);
        err_.flush();
    } catch (const OutputFailure&) {
        err_.discard();
    }
}

void Messages::hint(std::string_view text) {
    line(fmt::format("{} {}", style_.bold("hint:"), text));
}

void Messages::tell(const core::Diagnostic& diagnostic) {
    line(fmt::format("xmppfed: {}", diagnostic_text(diagnostic, style_, Naming::partner)));
    if (!diagnostic.hint.empty()) {
        hint(diagnostic.hint);
    }
}

void Messages::note(std::string_view text) {
    if (!quiet_) {
        line(fmt::format("xmppfed: note: {}", text));
    }
}

void Messages::diagnostics(const core::Diagnostics& diagnostics, bool warnings_refuse) {
    bool has_errors = false;
    for (const auto& diagnostic : diagnostics) {
        if (diagnostic.severity == Severity::error) {
            tell(diagnostic);
            has_errors = true;
        }
    }
    for (const auto& diagnostic : diagnostics) {
        const bool refuses = warnings_refuse && !has_errors;  // then it is what an error would be
        if (diagnostic.severity == Severity::warning && (refuses || !quiet_)) {
            tell(diagnostic);
        }
    }
}

void Messages::diagnostics(const core::DiagnosticsLog& diagnostics, bool warnings_refuse) {
    this->diagnostics(diagnostics.kept(), warnings_refuse);
    if (diagnostics.left_out() > 0) {
        note(fmt::format("findings that are not shown: {} more", diagnostics.left_out()));
    }
}

void Messages::failure(std::string_view text) {
    line(fmt::format("xmppfed: {}: {}", style_.severity(Severity::error), text));
}

void Messages::interruption(const std::string& text) {
    failure(Error{ErrorKind::failed, text}.hint("run the command again to look at all"));
}

void Messages::failure(const Error& error) {
    const bool explained = core::count(error.diagnostics, Severity::error) > 0;
    diagnostics(error.diagnostics, /*warnings_refuse=*/error.kind == ErrorKind::refused);
    if (!explained) {
        failure(full_message(error));
    }
    for (const auto& text : hints_of(error)) {
        hint(text);
    }
}

ExitCode exit_code(ErrorKind kind) {
    return row(kind).exit_code;
}

core::Json error_document(const Error& error) {
    const auto hints = hints_of(error);
    core::Json json = core::Json::object();
    json["code"] = row(error.kind).code;
    json["exit_code"] = static_cast<int>(row(error.kind).exit_code);
    json["message"] = full_message(error);
    if (!error.commit_id.empty()) {
        json["commit_id"] = error.commit_id;
    }
    json["hint"] = hints.empty() ? std::string{hint_of_diagnostics(error.diagnostics)} : hints.front();
    return core::Json::object({{"error", json}, {"diagnostics", core::to_json(error.diagnostics)}});
}

ExitCode verdict(const core::DiagnosticsLog& diagnostics, bool strict) {
    return core::refuses(diagnostics, strict) ? ExitCode::refused : ExitCode::done;
}

ExitCode verdict(const core::Diagnostics& diagnostics, bool strict) {
    return core::refuses(diagnostics, strict) ? ExitCode::refused : ExitCode::done;
}

}  // namespace xmppfed::cli
