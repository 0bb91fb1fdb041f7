#include "app/partner_lookup.hpp"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/refusal.hpp"
#include "core/rule/rules.hpp"
#include "core/text/domain/domain_name.hpp"
#include "core/text/domain/glob.hpp"
#include "core/text/text.hpp"

namespace xmppfed::app {

namespace {

using core::Error;
using core::ErrorKind;

std::optional<core::Claim> claim_on(store::Reader& reader, const std::string& domain) {
    const auto claims = reader.claims_on(std::array{domain});
    return claims.empty() ? std::nullopt : std::optional{claims.front()};
}

std::optional<core::HistoryEntry> last_entry(store::Reader& reader, const std::string& domain) {
    std::optional<core::HistoryEntry> last;
    reader.visit_history({.partner = domain, .limit = 1}, [&](const core::HistoryEntry& entry) {
        last = entry;
        return false;
    });
    return last;
}

std::string hint_at_revert(const core::HistoryEntry& removal) {
    const auto before = core::stored_object(removal.before);
    return fmt::format("removed at {}: `xmppfed partner revert {} --to {}` brings it back", core::escape(removal.at),
                       core::escape(removal.name), before.value("revision", std::int64_t{}));
}

/// What became of a partner that had this name, by the history; "" when none ever had it.
std::string fate_of(store::Reader& reader, const std::string& domain) {
    auto name = domain;
    auto last = last_entry(reader, name);
    while (last && last->name != name) {  // each rename is a later entry than the one before
        name = last->name;
        last = last_entry(reader, name);
    }
    if (!last) {
        return {};
    }
    const bool is_gone = !last->after;
    if (name == domain) {
        return is_gone ? "it was " + hint_at_revert(*last) : std::string{};
    }
    return is_gone ? fmt::format("it was renamed to {} and {}", core::escape(name), hint_at_revert(*last))
                   : fmt::format("it was renamed to {}: name that one", core::escape(name));
}

Error no_partner(const std::string& domain) {
    return Error{ErrorKind::not_found, fmt::format("there is no partner {}", core::quote(domain))};
}

}  // namespace

std::string domain_argument(const std::string& text) {
    core::refuse_unsound(core::check_domain_argument(text), /*strict=*/false);
    return core::canonical_domain(text).name;
}

core::CommittedPartner partner_by_primary(store::Reader& reader, const std::string& domain) {
    if (auto partner = reader.partner(domain)) {
        return *partner;
    }
    if (const auto claim = claim_on(reader, domain)) {
        throw no_partner(domain).hint(
            fmt::format("it is an additional domain of the partner {}: name that one", claim->partner));
    }
    const auto fate = fate_of(reader, domain);
    throw no_partner(domain).hint(fate.empty() ? "`xmppfed partner list` shows all partners" : fate);
}

std::vector<std::string> partners_matching(store::Reader& reader, const std::string& glob) {
    std::vector<std::string> names;
    reader.visit_partners([&](const core::CommittedPartner& partner) {
        if (std::ranges::any_of(core::claimed_domains(partner),
                                [&](const auto& domain) { return core::domain_matches(glob, domain); })) {
            names.push_back(partner.primary_domain);
        }
        return true;
    });
    if (names.empty()) {
        throw Error{ErrorKind::not_found, fmt::format("no partner claims a domain that matches {}", core::quote(glob))}
            .hint("`xmppfed partner list --match GLOB` tries a pattern");
    }
    return names;
}

bool was_removed(store::Reader& reader, const std::string& domain) {
    const auto last = last_entry(reader, domain);
    return last && last->name == domain && !last->after;
}

core::CommittedPartner partner_by_claim(store::Reader& reader, const std::string& domain) {
    const auto claim = claim_on(reader, domain);
    return partner_by_primary(reader, claim ? claim->partner : domain);
}

core::Surroundings surroundings_of(store::Reader& reader, const core::Partner& partner) {
    return {.claims = reader.claims_on(core::claimed_domains(partner)),
            .own_domains = core::own_domains(reader.edge())};
}

core::Surroundings surroundings_of(store::Reader& reader, std::span<const core::WantedPartner> wanted) {
    return {.claims = reader.claims_on(core::claimed_domains(wanted)), .own_domains = core::own_domains(reader.edge())};
}

void mark_accepted(core::Diagnostics& diagnostics, store::Reader& reader) {
    std::set<std::string> partners;
    for (const auto& diagnostic : diagnostics) {
        if (!diagnostic.partner.empty()) {
            partners.insert(diagnostic.partner);
        }
    }
    for (const auto& name : partners) {
        if (const auto partner = reader.partner(name)) {
            core::mark_accepted(diagnostics, *partner);
        }
    }
}

}  // namespace xmppfed::app
