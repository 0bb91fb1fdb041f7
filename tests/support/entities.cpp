#include "tests/support/entities.hpp"

#include <algorithm>

namespace xmppfed::test {

core::CommittedPartner full_partner() {
    core::CommittedPartner partner;
    partner.primary_domain = "p.example";
    partner.description = "line\n\"'; DROP TABLE partner; -- \U0001F600";
    partner.additional_domains = {"a.example", "xn--bcher-kva.example"};
    partner.type = core::PartnerType::public_verified;
    partner.negotiation = {core::Level::optional, core::Level::optional, true};
    partner.proxy_fqdn = "proxy.example";
    partner.connection_limit = 4294967295;
    partner.keepalive = false;
    partner.accepted_warnings = {"domain-outside-primary", "trust-exceeds-authentication"};
    partner.enabled = false;
    partner.revision = 9007199254740993;
    partner.created_at = "2025-01-01T00:00:00Z";
    partner.updated_at = "2025-01-02T00:00:00Z";
    return partner;
}

core::Edge full_edge() {
    core::Edge edge;
    edge.access_edge = "sip.contoso.com";
    edge.web_conferencing = "web.contoso.com";
    edge.sip_domains = {"contoso.com", "b.contoso.com", "a.contoso.com"};
    edge.xmpp_domains = {{"x.contoso.com", "contoso.com"}};
    edge.organization = "Contoso, \"Ltd\"";
    edge.organizational_unit = "IT";
    edge.city = "München";
    edge.state = "Bayern";
    edge.country = "DE";
    return edge;
}

core::Gateway full_gateway() {
    return {.connection_limit = 4294967295,
            .partner_connection_limit = 11,
            .keepalive_interval = 12,
            .establishment_timeout = 13,
            .inactivity_timeout = 14,
            .subscription_refresh = 15,
            .log_message_bodies = true};
}

core::HistoryEntry full_entry() {
    core::HistoryEntry entry;
    entry.sequence = 1;
    entry.store_revision = 1;
    entry.at = "2026-03-15T09:30:00Z";
    entry.actor = "tester";
    entry.message = "because\tof\n\U0001F600";
    entry.action = "edge.set";
    entry.subject = core::Subject::edge;
    entry.name = "edge";
    entry.former_name = "former";
    entry.before = R"({"city":"a"})";
    entry.after = R"({"city":"b"})";
    return entry;
}

namespace {

core::RequestBasis full_basis() {
    core::RequestBasis basis;
    basis.common_name = "cn.contoso.com";
    basis.sip_domains = core::SipDomains::chosen;
    basis.chosen_sip_domains = {"b.contoso.com"};
    basis.srv_names = true;
    basis.xmpp_addrs = true;
    basis.client_auth = false;
    basis.hash = core::Hash::sha384;
    const auto fields = core::edge_fields();
    basis.subject = {{&*std::ranges::find(fields, "city", &core::EdgeField::key), {"Dachau"}}};
    return basis;
}

core::IssuedCertificate full_certificate() {
    core::IssuedCertificate certificate;
    certificate.pem = "pem";
    certificate.chain = "chain";
    certificate.issuer = "CN=CA";
    certificate.serial = "01";
    certificate.fingerprint = "02";
    certificate.thumbprint = "03";
    certificate.not_before = "2026-01-01T00:00:00Z";
    certificate.not_after = "2027-01-01T00:00:00Z";
    certificate.imported_at = "2026-01-02T00:00:00Z";
    certificate.allowed_missing = {"lacking.contoso.com"};
    certificate.has_whole_chain = true;
    return certificate;
}

}  // namespace

core::CertRequest full_request(core::KeyAlgorithm algorithm) {
    core::CertRequest request;
    request.number = 7;
    request.state = core::RequestState::retired;
    request.subject = {"DE", "Bayern", "München", "Contoso", "IT", "sip.contoso.com"};
    request.names = {{core::NameType::dns, "sip.contoso.com", core::NameSource::access_edge},
                     {core::NameType::xmpp_addr, "x.contoso.com", core::NameSource::xmpp_domain}};
    request.key.algorithm = algorithm;
    if (algorithm == core::KeyAlgorithm::rsa) {
        request.key.bits = 3072;
    } else {
        request.key.bits = 0;
        request.key.curve = core::Curve::p384;
    }
    request.csr = "csr";
    request.csr_file = "/edge.csr";
    request.key_file = "/edge.key";
    request.friendly_name = "Edge";
    request.template_name = "WebServer";
    request.exportable = false;
    request.created_at = "2025-12-31T00:00:00Z";
    request.basis = full_basis();
    request.renews = 6;
    request.certificate = full_certificate();
    request.assigned_at = "2026-01-03T00:00:00Z";
    request.directory = "/etc/edge";
    request.retired_at = "2026-01-04T00:00:00Z";
    request.retirement_reason = core::RetirementReason::key_compromise;
    request.host = "edge1";
    return request;
}

}  // namespace xmppfed::test
