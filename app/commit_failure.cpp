#include "app/commit_failure.hpp"

#include <fmt/format.h>

namespace xmppfed::app {

namespace {

using core::Error;
using core::ErrorKind;

std::string reported(const Error& error) {
    return error.cause.empty() ? error.message : fmt::format("{}: {}", error.message, error.cause);
}

}  // namespace

Error failure_of(const store::CommitOutcome& outcome, std::string_view claim) {
    switch (outcome.end) {
    case store::CommitEnd::durable:
    case store::CommitEnd::not_committed:
        return outcome.error.value();
    case store::CommitEnd::committed:
        return Error{ErrorKind::failed, fmt::format("{}, but may not survive a power cut", claim)}
            .because(reported(outcome.error.value()))
            .hint(
                "do not run the command again: mend the cause, then run `sync`; what was to follow the commit is "
                "left undone")
            .hint("`xmppfed history` shows what is committed");
    case store::CommitEnd::unknown:
        if (outcome.error.value().kind == ErrorKind::unknown) {
            return *outcome.error;  // it has the commit's id
        }
        return Error{ErrorKind::failed, fmt::format("it is not known whether {}", claim)}
            .because(reported(outcome.error.value()))
            .hint(
                "mend the cause, then look with `xmppfed history` and `xmppfed store check`; files that belong to the "
                "change stay");
    }
    return outcome.error.value();
}

}  // namespace xmppfed::app
