#include "core/render/prosody.hpp"
#include "core/render/unaware_server.hpp"

namespace xmppfed::core {

namespace {

/// mod_xmppfed does what was agreed.
constexpr Judges module_judges{
    .domains = [](const Partner&, const ServerNeeds&, Direction) { return agreed("this partner's domains"); },
    .enabled = [](const Partner&, const ServerNeeds&, Direction) { return agreed("false"); },
    .tls = [](const Partner& partner, const ServerNeeds&,
              Direction) { return agreed(std::string{name_of(partner.negotiation.tls)}); },
    .sasl = [](const Partner& partner, const ServerNeeds&,
               Direction) { return agreed(std::string{name_of(partner.negotiation.sasl)}); },
    .dialback = [](const Partner& partner, const ServerNeeds&,
                   Direction) { return agreed(text_of(partner.negotiation.dialback)); },
    .type = [](const Partner& partner, const ServerNeeds&,
               Direction) { return agreed(std::string{name_of(partner.type)}); },
    .connection_limit =
        [](const Partner& partner, const ServerNeeds&, Direction) {
            return agreed(partner.connection_limit ? std::to_string(*partner.connection_limit) : "the gateway's");
        },
    .keepalive = [](const Partner& partner, const ServerNeeds&,
                    Direction) { return agreed(text_of(partner.keepalive)); },
    .proxy_fqdn = [](const Partner& partner, const ServerNeeds&,
                     Direction) { return agreed(partner.proxy_fqdn.value_or("found by DNS")); },
};

Verdict own_domains_verdict(const Partner& /*partner*/, const ServerNeeds& /*needs*/, Direction /*direction*/) {
    return {Fidelity::weaker, "every domain", "Prosody has no list of domains that it federates with"};
}

Verdict own_enabled(const Partner& /*partner*/, const ServerNeeds& needs, Direction /*direction*/) {
    if (!needs.any_partner) {
        return agreed("false", "nobody is left to federate with, so the server's module is off");
    }
    return {Fidelity::weaker, "true", "Prosody has no list of domains, so a suspended partner is let in as others are"};
}

Verdict own_tls(const Partner& partner, const ServerNeeds& needs, Direction /*direction*/) {
    std::string effective = needs.requires_tls ? "required" : "optional";
    switch (partner.negotiation.tls) {
    case Level::required:
        return agreed(std::move(effective));
    case Level::optional:
        return needs.requires_tls ? Verdict{Fidelity::inexact, std::move(effective),
                                            "one switch counts for all, and another partner requires TLS"}
                                  : agreed(std::move(effective));
    case Level::not_supported:
        return {Fidelity::weaker, std::move(effective),
                needs.requires_tls ? "one switch counts for all, and another partner requires TLS: streams without it, "
                                     "which alone were agreed, are closed"
                                   : "one switch counts for all: TLS is offered and used, which was not agreed"};
    }
    return {};
}

Verdict own_sasl(const Partner& partner, const ServerNeeds& /*needs*/, Direction /*direction*/) {
    if (is_by_certificate_alone(partner)) {
        return agreed(std::string{name_of(partner.negotiation.sasl)}, "a valid certificate is demanded of its domains");
    }
    switch (partner.negotiation.sasl) {
    case Level::required:
    case Level::optional:
        return agreed(std::string{name_of(partner.negotiation.sasl)}, "as far as its methods go");
    case Level::not_supported:
        return {Fidelity::weaker, "optional",
                "Prosody offers SASL EXTERNAL to every valid certificate, and uses it where it is offered"};
    }
    return {};
}

Verdict own_dialback(const Partner& partner, const ServerNeeds& needs, Direction /*direction*/) {
    if (partner.negotiation.dialback || !needs.uses_dialback) {
        return agreed(text_of(partner.negotiation.dialback));
    }
    return {Fidelity::weaker, "true", "one module answers dialback requests for all, and another partner needs it"};
}

constexpr Judges own_judges{
    .domains = own_domains_verdict,
    .enabled = own_enabled,
    .tls = own_tls,
    .sasl = own_sasl,
    .dialback = own_dialback,
    .type = unfiltered_type,
    .connection_limit = uncounted_connections,
    .keepalive = unwatched_keepalive,
    .proxy_fqdn = undirected_proxy,
};

}  // namespace

std::vector<FieldExactness> prosody_module_exactness(const ServerBook& book) {
    return exactness(book, module_judges);
}

std::vector<FieldExactness> prosody_own_exactness(const ServerBook& book) {
    return exactness(book, own_judges);
}

}  // namespace xmppfed::core
