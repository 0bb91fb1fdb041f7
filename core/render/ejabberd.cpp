#include "core/render/ejabberd.hpp"

#include <fmt/format.h>

#include "core/render/unaware_server.hpp"
#include "core/text/json/json.hpp"
#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

Verdict ejabberd_tls(const Partner& partner, const ServerNeeds& /*needs*/, Direction /*direction*/) {
    switch (partner.negotiation.tls) {
    case Level::required:
        return {Fidelity::weaker, "not-supported", "the main file decides about TLS, and by default there is none",
                "set `s2s_use_starttls: required` in the main file"};
    case Level::optional:
        return {Fidelity::inexact, "not-supported", "the main file decides about TLS, and by default there is none",
                "set `s2s_use_starttls: optional` in the main file"};
    case Level::not_supported:
        return agreed("not-supported", "as long as the main file leaves s2s_use_starttls at false");
    }
    return {};
}

Verdict ejabberd_sasl(const Partner& partner, const ServerNeeds& /*needs*/, Direction /*direction*/) {
    switch (partner.negotiation.sasl) {
    case Level::required:
        return {Fidelity::inexact, "not-supported",
                "SASL EXTERNAL needs TLS, about which the main file decides, and by default there is none",
                "set `s2s_use_starttls: required` in the main file, and leave `mod_s2s_dialback` out of `modules`"};
    case Level::optional:
        return {Fidelity::inexact, "not-supported",
                "SASL EXTERNAL needs TLS, about which the main file decides, and by default there is none",
                "set `s2s_use_starttls: optional` in the main file, or `required`"};
    case Level::not_supported:
        return agreed("not-supported", "as long as the main file leaves s2s_use_starttls at false");
    }
    return {};
}

Verdict ejabberd_dialback(const Partner& partner, const ServerNeeds& /*needs*/, Direction /*direction*/) {
    return partner.negotiation.dialback ? Verdict{Fidelity::inexact, "false",
                                                  "the main file decides about dialback, and by default there is none",
                                                  "add `mod_s2s_dialback: {}` to `modules` in the main file"}
                                        : agreed("false", "as long as the main file does not load mod_s2s_dialback");
}

constexpr Judges ejabberd_judges{
    .domains = [](const Partner&, const ServerNeeds&, Direction) { return agreed("this partner's domains"); },
    .enabled = [](const Partner&, const ServerNeeds&, Direction) { return agreed("false"); },
    .tls = ejabberd_tls,
    .sasl = ejabberd_sasl,
    .dialback = ejabberd_dialback,
    .type = unfiltered_type,
    .connection_limit = uncounted_connections,
    .keepalive = unwatched_keepalive,
    .proxy_fqdn = undirected_proxy,
};

/// A JSON string is one of YAML, too.
std::string yaml_string(std::string_view text) {
    std::string result;
    append_text(result, text);
    return result;
}

}  // namespace

std::string ejabberd_configuration(const ServerBook& book, std::string_view /*folder*/) {
    const auto domains = domains_in_both_forms(book.partners, is_enabled);
    auto text = fmt::format(
        "# Store revision {}\n# Written by xmppfed for {}; include it with allow_only: [acl, access_rules, "
        "s2s_access].\n",
        book.store_revision, book.hosts.empty() ? "no local domain" : join(book.hosts, ", "));
    text += "acl:\n  xmppfed_partners:\n    server:";
    for (const auto& domain : domains) {
        text += fmt::format("\n      - {}", yaml_string(domain));
    }
    text += domains.empty() ? " []\n" : "\n";
    text += "access_rules:\n  xmppfed_s2s:\n    - allow: xmppfed_partners\n    - deny: all\n";
    text += "s2s_access: xmppfed_s2s\n";
    return text;
}

std::vector<FieldExactness> ejabberd_exactness(const ServerBook& book) {
    return exactness(book, ejabberd_judges);
}

}  // namespace xmppfed::core
