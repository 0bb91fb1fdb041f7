#pragma once

#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/diagnostic.hpp"

namespace xmppfed::core {

/// What went wrong, from the caller's point of view. Each kind has one exit code (cli/terminal/messages.cpp).
enum class ErrorKind {
    usage,      ///< the command line is wrong
    refused,    ///< a rule refused it; nothing was committed
    not_found,  ///< a partner, request or input file does not exist
    conflict,   ///< somebody else was first: a claimed domain, an existing file, a newer revision
    busy,       ///< another process holds the store
    failed,     ///< the operation itself failed: I/O, a damaged store, a bug
    unknown,    ///< what became of a commit is not known; the error has its id
};

/// The one error type. Thrown where the failure is seen, caught once, in `cli::run`.
///
/// Wording: `message` is one sentence without a full stop that names the field or file and says what is wrong with it;
/// `cause` is what the system or a library said; each hint says what to do. Text that the user typed or that comes from
/// a file goes in through `quote`, so that every member is safe for a terminal.
class Error : public std::exception {
  public:
    Error(ErrorKind its_kind, std::string its_message) : kind{its_kind}, message{std::move(its_message)} {}

    [[nodiscard]] Error because(std::string text) && {
        cause = std::move(text);
        return std::move(*this);
    }
    [[nodiscard]] Error hint(std::string text) && {
        hints.push_back(std::move(text));
        return std::move(*this);
    }

    /// Hints at the nearest right word, or at `otherwise` when none is near.
    [[nodiscard]] Error suggesting(std::string_view near, std::string otherwise = {}) && {
        if (!near.empty()) {
            hints.push_back("did you mean `" + std::string{near} + "`?");
        } else if (!otherwise.empty()) {
            hints.push_back(std::move(otherwise));
        }
        return std::move(*this);
    }

    [[nodiscard]] const char* what() const noexcept override { return message.c_str(); }

    ErrorKind kind;
    std::string message;
    std::string cause;
    std::vector<std::string> hints;
    Diagnostics diagnostics;     ///< the diagnostics of a refusal or conflict, warnings included
    std::string commit_id = {};  ///< of the commit that nobody knows of
};

/// A store holds what no command writes.
[[nodiscard]] inline Error damaged_store(const std::string& what) {
    return Error{ErrorKind::failed, "the store is damaged: " + what}.hint("look at it with `xmppfed store check`");
}

/// The same of an entry of the history; `cause` is safe for a terminal.
[[nodiscard]] inline Error damaged_entry(std::string cause) {
    return damaged_store("an entry of the history cannot be read").because(std::move(cause));
}

}  // namespace xmppfed::core
