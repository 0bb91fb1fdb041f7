#include "cli/partner_lookup.hpp"

#include <array>

#include <fmt/format.h>

#include "cli/messages.hpp"
#include "core/domain_name.hpp"
#include "core/rules.hpp"
#include "core/text.hpp"

namespace xmppfed::cli {

namespace {

using core::Error;
using core::ErrorKind;

std::optional<core::Claim> claim_on(store::Reader& reader, const std::string& domain) {
    const auto claims = reader.claims_on(std::array{domain});
    return claims.empty() ? std::nullopt : std::optional{claims.front()};
}

Error no_partner(const std::string& domain) {
    return Error{ErrorKind::not_found, fmt::format("there is no partner {}", core::quote(domain))};
}

}  // namespace

std::string domain_argument(const std::string& text) {
    refuse_unsound(core::check_domain_argument(text), /*strict=*/false);
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
    throw no_partner(domain).hint("`xmppfed partner list` shows all partners");
}

core::CommittedPartner partner_by_claim(store::Reader& reader, const std::string& domain) {
    const auto claim = claim_on(reader, domain);
    return partner_by_primary(reader, claim ? claim->partner : domain);
}

core::Surroundings surroundings_of(store::Reader& reader, const core::Partner& partner) {
    return {.claims = reader.claims_on(core::claimed_domains(partner)),
            .own_domains = core::own_domains(reader.edge())};
}

}  // namespace xmppfed::cli
