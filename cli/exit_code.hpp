#pragma once

namespace xmppfed::cli {

/// Exit codes: part of the public contract.
enum class ExitCode {
    done = 0,
    failed = 1,
    usage = 2,
    refused = 3,
    not_found = 4,
    conflict = 5,
    busy = 6,
    unknown = 7,
    changes_to_apply = 10,
};

}  // namespace xmppfed::cli
