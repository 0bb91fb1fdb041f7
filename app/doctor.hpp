#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/book.hpp"
#include "app/probe/resolvers.hpp"
#include "core/cert/cert_rules.hpp"
#include "core/checkup.hpp"

namespace xmppfed::app {

/// How far somebody wants to look.
struct DoctorWish {
    std::vector<std::string> rendered;  ///< directories, absolute
    core::Days warn = core::default_warn_days;
    std::optional<DnsWish> dns;  ///< none: DNS is left out
};

struct Checkup {
    std::vector<core::Examination> examinations;
    bool is_blind = false;  ///< no resolver answered, or a file could not be read
    bool was_interrupted = false;
};

/// Goes through store, edge, certificate, our own DNS, what was rendered, and partners. Connects to nobody but resolvers,
/// and changes nothing. A damaged store throws, as for every command.
[[nodiscard]] Checkup examine(Book& book, const DoctorWish& wish);

}  // namespace xmppfed::app
