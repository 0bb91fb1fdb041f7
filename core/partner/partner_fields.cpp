#include "core/partner/partner_fields.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "core/field/field_row.hpp"
#include "core/rule/rules.hpp"

namespace xmppfed::core {

namespace {

using field_row::field;

constexpr std::string_view partner_page = "Partner";
constexpr std::string_view negotiation_page = "Negotiation";
constexpr std::string_view connection_page = "Connection";

/// The rules whose warnings may be accepted: those on partners.
const std::vector<EnumValue> rules_to_accept = [] {
    std::vector<EnumValue> values;
    for (const auto& each : rule::table) {
        if (each.check != nullptr && each.severity == Severity::warning) {
            values.push_back({each.id, each.when});
        }
    }
    return values;
}();

const std::array fields_of_a_partner{
    field<FieldKind::identity, &Partner::primary_domain>({
        .key = "primary_domain",
        .option = "primary",
        .value_name = "DOMAIN",
        .label = "Primary domain",
        .group = partner_page,
        .meaning = "the domain that identifies the partner",
    }),
    field<FieldKind::text, &Partner::description>({
        .key = "description",
        .option = "description",
        .value_name = "TEXT",
        .label = "Description",
        .group = partner_page,
        .meaning = "free text of at most 1,024 characters; \"\" clears it",
    }),
    field<FieldKind::domain_set, &Partner::additional_domains>({
        .key = "additional_domains",
        .option = "additional",
        .value_name = "DOMAIN[,DOMAIN...]",
        .label = "Additional domains",
        .group = partner_page,
        .meaning = "further domains of the same partner, at most 1,000 (repeatable); \"\" clears them",
    }),
    field<FieldKind::enumeration, &Partner::type>({
        .key = "type",
        .option = "type",
        .value_name = "TYPE",
        .label = "Partner type",
        .group = partner_page,
        .meaning = "what the partner's users may do with ours",
    }),
    field<FieldKind::enumeration, &Partner::negotiation, &Negotiation::tls>({
        .key = "tls",
        .option = "tls",
        .value_name = "LEVEL",
        .label = "TLS negotiation",
        .group = negotiation_page,
        .meaning = "STARTTLS on streams with the partner",
    }),
    field<FieldKind::enumeration, &Partner::negotiation, &Negotiation::sasl>({
        .key = "sasl",
        .option = "sasl",
        .value_name = "LEVEL",
        .label = "SASL negotiation",
        .group = negotiation_page,
        .meaning = "SASL EXTERNAL with certificates; needs TLS",
    }),
    field<FieldKind::boolean, &Partner::negotiation, &Negotiation::dialback>({
        .key = "dialback",
        .option = "dialback",
        .value_name = "BOOLEAN",
        .label = "Dialback negotiation",
        .group = negotiation_page,
        .meaning = "true: a dialback request is answered and may authenticate the stream; false: it is ignored",
    }),
    field<FieldKind::domain, &Partner::proxy_fqdn>({
        .key = "proxy_fqdn",
        .option = "proxy-fqdn",
        .value_name = "HOST",
        .label = "Proxy FQDN",
        .group = connection_page,
        .meaning = "host of the partner's XMPP proxy; \"\" clears it: found by DNS",
    }),
    field<FieldKind::number, &Partner::connection_limit>({
        .key = "connection_limit",
        .option = "connection-limit",
        .value_name = "N",
        .label = "Connection limit",
        .group = connection_page,
        .meaning = "simultaneous connections, 1 to 4294967295; \"\" clears it: the gateway's partner_connection_limit",
    }),
    field<FieldKind::boolean, &Partner::keepalive>({
        .key = "keepalive",
        .option = "keepalive",
        .value_name = "BOOLEAN",
        .label = "Keep-alive",
        .group = connection_page,
        .meaning = "whether the partner must send keep-alives",
    }),
    field<FieldKind::choice_set, &Partner::accepted_warnings>({
        .key = accepted_warnings_key,
        .option = "accept",
        .value_name = "RULE",
        .label = "Accepted warnings",
        .group = connection_page,
        .meaning =
            "accepts the warnings of a rule on this partner, which are infos then (repeatable); \"\" clears them",
        .values = rules_to_accept,
    }),
    field<FieldKind::boolean, &Partner::enabled>({
        .key = "enabled",
        .option = "enabled",
        .value_name = "BOOLEAN",
        .label = "Enabled",
        .group = connection_page,
        .meaning = "false suspends the partner: it keeps its configuration and claims, and servers are not given it",
    }),
};
static_assert(fields_of_a_partner.size() <= most_fields);

constexpr std::array<std::string_view, 3> kept_keys{"revision", "created_at", "updated_at"};

}  // namespace

std::span<const PartnerField> partner_fields() {
    return fields_of_a_partner;
}

const PartnerField& partner_field(std::string_view key) {
    return *std::ranges::find(fields_of_a_partner, key, &PartnerField::key);
}

const PartnerField& partner_identity() {
    return *std::ranges::find(fields_of_a_partner, FieldKind::identity, &PartnerField::kind);
}

std::span<const std::string_view> kept_partner_keys() {
    return kept_keys;
}

}  // namespace xmppfed::core
