#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/field/enumeration.hpp"
#include "core/partner/negotiation.hpp"
#include "core/text/json/json.hpp"
#include "core/text/json/object_text.hpp"

namespace xmppfed::core {

/// What a partner's users may do with ours.
enum class PartnerType { federated, public_verified, public_unverified };

/// The configuration of an XMPP partner. Domains are canonical where they are valid; one that is not is kept as it was
/// written, and the rule `domain-invalid` finds it. The defaults are those of a new partner: the least trust.
struct Partner {
    std::string primary_domain;
    std::string description;
    std::vector<std::string> additional_domains;  ///< sorted by bytes
    PartnerType type = PartnerType::public_unverified;
    Negotiation negotiation;
    std::optional<std::string> proxy_fqdn;         ///< none: found by DNS
    std::optional<std::int64_t> connection_limit;  ///< simultaneous connections; none: the gateway's for a partner
    bool keepalive = true;
    std::vector<std::string> accepted_warnings;  ///< ids of rules, sorted by bytes
    bool enabled = true;

    bool operator==(const Partner&) const = default;
};

/// A partner as the store keeps it.
struct CommittedPartner : Partner {
    std::int64_t revision = 0;  ///< 1, then one more for each commit that changes the partner
    std::string created_at;     ///< UTC, RFC 3339 with Z, whole seconds
    std::string updated_at;

    bool operator==(const CommittedPartner&) const = default;
};

/// Who holds a domain.
struct Claim {
    std::string domain;
    std::string partner;   ///< primary domain of the partner that claims it
    bool is_wish = false;  ///< it is not committed, but wanted by the same manifest

    bool operator==(const Claim&) const = default;
};

/// The primary domain and the additional ones.
[[nodiscard]] std::vector<std::string> claimed_domains(const Partner& partner);

/// One thing that partner types differ in, with the answer for each type in the order of `PartnerType`.
struct Permission {
    std::string_view what;
    std::span<const std::string_view> answers;
};
[[nodiscard]] std::span<const Permission> permissions();

template <>
std::span<const EnumValue> values_of<PartnerType>();

/// The partner that a commit at the time `now` makes of `after`, which was `before`, or new.
[[nodiscard]] CommittedPartner committed(const Partner& after, const std::optional<CommittedPartner>& before,
                                         std::string_view now);

/// The object of `partner show -o json`, without what is computed from it: what history keeps.
[[nodiscard]] Json to_json(const CommittedPartner& partner);

/// The same as a compact text.
[[nodiscard]] std::string to_text(const CommittedPartner& partner);

/// The same with `methods`: what commands print.
[[nodiscard]] Json to_json_with_methods(const CommittedPartner& partner);

[[nodiscard]] Json to_json(const std::vector<Method>& methods);

/// The members of these objects, and of the one that a manifest has, without documents that are built first.
void append(ObjectText& object, const Partner& partner);
void append(ObjectText& object, const CommittedPartner& partner);
void append_with_methods(ObjectText& object, const CommittedPartner& partner);

}  // namespace xmppfed::core
