#include "core/partner/partner_fields.hpp"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

namespace xmppfed::core {

namespace {

using Items = std::span<const std::string>;

constexpr std::string_view partner_page = "Partner";
constexpr std::string_view negotiation_page = "Negotiation";
constexpr std::string_view connection_page = "Connection";

Json value_or_null(const auto& optional) {
    return optional ? Json(*optional) : Json{};
}

const std::array fields_of_a_partner{
    PartnerField{"primary_domain",
                 "primary",
                 "DOMAIN",
                 "Primary domain",
                 partner_page,
                 "the domain that identifies the partner",
                 FieldKind::domain,
                 {},
                 [](Partner& partner, Items items) { partner.primary_domain = canonical_or_as_is(items.front()); },
                 [](const Partner& partner) { return Json(partner.primary_domain); }},
    PartnerField{"description",
                 "description",
                 "TEXT",
                 "Description",
                 partner_page,
                 "free text of at most 1,024 characters; \"\" clears it",
                 FieldKind::text,
                 {},
                 [](Partner& partner, Items items) { partner.description = items.front(); },
                 [](const Partner& partner) { return Json(partner.description); }},
    PartnerField{"additional_domains",
                 "additional",
                 "DOMAIN[,DOMAIN...]",
                 "Additional domains",
                 partner_page,
                 "further domains of the same partner, at most 1,000 (repeatable); \"\" clears them",
                 FieldKind::domain_set,
                 {},
                 [](Partner& partner, Items items) { partner.additional_domains = read_domain_set(items); },
                 [](const Partner& partner) { return Json(partner.additional_domains); }},
    PartnerField{"type", "type", "TYPE", "Partner type", partner_page, "what the partner's users may do with ours",
                 FieldKind::enumeration, values_of<PartnerType>(),
                 [](Partner& partner, Items items) {
                     partner.type =
                         static_cast<PartnerType>(read_value("--type", values_of<PartnerType>(), items.front()));
                 },
                 [](const Partner& partner) { return Json(name_of(partner.type)); }},
    PartnerField{"tls", "tls", "LEVEL", "TLS negotiation", negotiation_page, "STARTTLS on streams with the partner",
                 FieldKind::enumeration, values_of<Level>(),
                 [](Partner& partner, Items items) {
                     partner.negotiation.tls =
                         static_cast<Level>(read_value("--tls", values_of<Level>(), items.front()));
                 },
                 [](const Partner& partner) { return Json(name_of(partner.negotiation.tls)); }},
    PartnerField{"sasl", "sasl", "LEVEL", "SASL negotiation", negotiation_page,
                 "SASL EXTERNAL with certificates; needs TLS", FieldKind::enumeration, values_of<Level>(),
                 [](Partner& partner, Items items) {
                     partner.negotiation.sasl =
                         static_cast<Level>(read_value("--sasl", values_of<Level>(), items.front()));
                 },
                 [](const Partner& partner) { return Json(name_of(partner.negotiation.sasl)); }},
    PartnerField{
        "dialback", "dialback", "BOOLEAN", "Dialback negotiation", negotiation_page,
        "true: a dialback request is answered and may authenticate the stream; false: it is ignored",
        FieldKind::boolean, boolean_values(),
        [](Partner& partner, Items items) { partner.negotiation.dialback = read_boolean("--dialback", items.front()); },
        [](const Partner& partner) { return Json(partner.negotiation.dialback); }},
    PartnerField{"proxy_fqdn",
                 "proxy-fqdn",
                 "HOST",
                 "Proxy FQDN",
                 connection_page,
                 "host of the partner's XMPP proxy; \"\" clears it: found by DNS",
                 FieldKind::domain,
                 {},
                 [](Partner& partner, Items items) {
                     partner.proxy_fqdn.reset();
                     if (!items.front().empty()) {
                         partner.proxy_fqdn = canonical_or_as_is(items.front());
                     }
                 },
                 [](const Partner& partner) { return value_or_null(partner.proxy_fqdn); }},
    PartnerField{"connection_limit",
                 "connection-limit",
                 "N",
                 "Connection limit",
                 connection_page,
                 "simultaneous connections, 1 to 4294967295; \"\" clears it: the server's own",
                 FieldKind::number,
                 {},
                 [](Partner& partner, Items items) {
                     partner.connection_limit.reset();
                     if (!items.front().empty()) {
                         partner.connection_limit = read_number("--connection-limit", items.front());
                     }
                 },
                 [](const Partner& partner) { return value_or_null(partner.connection_limit); }},
    PartnerField{"keepalive", "keepalive", "BOOLEAN", "Keep-alive", connection_page,
                 "whether the partner must send keep-alives", FieldKind::boolean, boolean_values(),
                 [](Partner& partner, Items items) { partner.keepalive = read_boolean("--keepalive", items.front()); },
                 [](const Partner& partner) { return Json(partner.keepalive); }},
    PartnerField{"enabled", "enabled", "BOOLEAN", "Enabled", connection_page,
                 "false suspends the partner: it keeps its configuration and claims, and servers are not given it",
                 FieldKind::boolean, boolean_values(),
                 [](Partner& partner, Items items) { partner.enabled = read_boolean("--enabled", items.front()); },
                 [](const Partner& partner) { return Json(partner.enabled); }},
};

constexpr std::array<std::string_view, 3> kept_keys{"revision", "created_at", "updated_at"};

}  // namespace

std::span<const PartnerField> partner_fields() {
    return fields_of_a_partner;
}

const PartnerField& partner_field(std::string_view key) {
    return *std::ranges::find(fields_of_a_partner, key, &PartnerField::key);
}

std::span<const std::string_view> kept_partner_keys() {
    return kept_keys;
}

}  // namespace xmppfed::core
