#include <fmt/format.h>

#include "core/field/field.hpp"
#include "core/rule/rule_checks.hpp"
#include "core/text/text.hpp"

namespace xmppfed::core::rule_checks {

namespace {

constexpr std::size_t most_additional_domains = 1000;

}  // namespace

Diagnostic diagnostic(std::string_view field, std::string message, std::string hint) {
    Diagnostic diagnostic;
    diagnostic.field = field;
    diagnostic.message = std::move(message);
    diagnostic.hint = std::move(hint);
    return diagnostic;
}

void description_invalid(const RuleInput& input, Diagnostics& diagnostics) {
    if (const auto problem = free_text_problem(input.partner.description); !problem.empty()) {
        diagnostics.push_back(
            diagnostic("description", "description " + problem, "shorten it, or leave out what is not allowed"));
    }
}

void value_out_of_range(const RuleInput& input, Diagnostics& diagnostics) {
    const auto limit = input.partner.connection_limit;
    if (limit && !is_in_range(*limit)) {
        diagnostics.push_back(diagnostic(
            "connection_limit",
            fmt::format("connection limit is out of range: it must be from {} to {}", least_number, largest_number),
            "use `--connection-limit \"\"` for the gateway's `partner_connection_limit`"));
    }
    const auto additional = input.partner.additional_domains.size();
    if (additional > most_additional_domains) {
        diagnostics.push_back(diagnostic(
            "additional_domains",
            fmt::format("there are {} additional domains; at most {} are allowed", additional, most_additional_domains),
            "leave some out, or make another partner of them"));
    }
}

void type_not_recommended(const RuleInput& input, Diagnostics& diagnostics) {
    if (input.partner.type == PartnerType::public_verified) {
        diagnostics.push_back(
            diagnostic("type", "partner type public-verified is not recommended: it lets strangers write to our users",
                       "use `--type public-unverified` unless the provider verifies who its users are"));
    }
}

}  // namespace xmppfed::core::rule_checks
