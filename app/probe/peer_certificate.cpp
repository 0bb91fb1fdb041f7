#include "app/probe/peer_certificate.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "app/cert/request/request_lookup.hpp"
#include "core/cert/cert_lifecycle.hpp"
#include "core/cert/cert_name_rules.hpp"
#include "core/cert/cert_rules.hpp"
#include "core/pki/cert_content.hpp"
#include "core/pki/cert_file.hpp"
#include "core/pki/chain.hpp"
#include "core/pki/tlsa.hpp"
#include "core/text/domain/domain_name.hpp"
#include "core/text/text.hpp"
#include "core/text/timestamp.hpp"
#include "store/files/file.hpp"

namespace xmppfed::app {

namespace {

using core::Certificate;

constexpr const char* system_bundle = "/etc/ssl/certs/ca-certificates.crt";

/// RFC 9525: a DNS-ID, an SRV-ID of the service, or an XmppAddr, which has U-labels as a JID does.
bool names_domain(const Certificate& leaf, const std::string& domain) {
    const core::NameSet names{leaf.names};
    return names.covers({core::NameType::dns, domain}) || names.has(core::NameType::srv, "_xmpp-server." + domain) ||
           names.has(core::NameType::xmpp_addr, domain) ||
           names.has(core::NameType::xmpp_addr, core::unicode_domain(domain));
}

std::string why_untrusted(const core::Delivery& delivery, std::size_t sent, std::span<const Certificate> roots) {
    const auto& [leaf, path, allowed] = delivery;
    const auto& last = path.chain.empty() ? leaf : path.chain.back();
    const auto has_issued_last = [&](const Certificate& root) { return root.subject_hash == last.issuer_hash; };
    if (leaf.self_signed) {
        return "it is self-signed";
    }
    if (!leaf.is_for_servers() || !path.for_servers) {
        return "it is not for servers";
    }
    if (!path.has_root || std::ranges::none_of(roots, has_issued_last)) {  // that it is sent makes a root none
        return sent == 1 ? fmt::format("its issuer {} is not sent", core::quote(leaf.issuer))
                         : fmt::format("the root {} is not known here", core::quote(last.issuer));
    }
    return path.problem;
}

std::string first_weakness(const Certificate& leaf) {
    auto weak = core::check_key(leaf.key);
    std::ranges::move(core::check_signature(leaf, "it"), std::back_inserter(weak));
    return weak.empty() ? std::string{} : weak.front().message;
}

constexpr std::uint8_t pkix_end_entity = 1;
constexpr std::uint8_t trust_anchor = 2;
constexpr std::uint8_t end_entity = 3;

/// Whether it has a form that anybody can use; others are treated as if they were not there (RFC 6698 section 4.1).
bool is_usable(const core::DnsTlsa& record) {
    constexpr std::uint8_t last_selector = 1;
    constexpr std::uint8_t sha256 = 1;
    constexpr std::uint8_t sha512 = 2;
    constexpr std::size_t sha256_digits = 64;
    constexpr std::size_t sha512_digits = 128;
    const bool has_size = (record.matching == 0 && !record.data.empty()) ||
                          (record.matching == sha256 && record.data.size() == sha256_digits) ||
                          (record.matching == sha512 && record.data.size() == sha512_digits);
    return record.usage <= end_entity && record.selector <= last_selector && has_size;
}

/// Whether the record stands for the server's own certificate, or for a CA that is sent and has issued it: that somebody
/// sends a CA's certificate says nothing of that CA.
bool confirms(const core::DnsTlsa& record, const std::vector<Certificate>& sent, std::chrono::sys_seconds now) {
    if (record.usage == end_entity || record.usage == pkix_end_entity) {
        return pki::stands_for(record, sent.front());
    }
    const auto above = std::span{sent}.subspan(1);
    return std::ranges::any_of(above, [&](const Certificate& each) {
        if (!pki::stands_for(record, each)) {
            return false;
        }
        const auto path = pki::best_path(sent.front(), above, std::span{&each, 1}, now);
        return path.problem.empty() && path.has_root;
    });
}

/// RFC 7671 and 7673: a record for the server's own certificate (DANE-EE) needs neither dates nor names nor a root; one
/// for a CA that is sent (DANE-TA) makes it the root, and the target's name does as well as the domain.
void apply_dane(std::span<const core::DnsTlsa> tlsa, const std::vector<Certificate>& sent, std::chrono::sys_seconds now,
                core::PeerCertificate& result) {
    for (const auto& record : tlsa) {
        if (!is_usable(record)) {
            continue;
        }
        if (!confirms(record, sent, now)) {
            result.dane = result.dane == core::Dane::none ? core::Dane::differs : result.dane;
            continue;
        }
        result.dane = core::Dane::matches;
        result.trusted = result.trusted || record.usage == end_entity || record.usage == trust_anchor;
        result.matches = result.matches || record.usage == end_entity || names_domain(sent.front(), record.target);
        if (record.usage == end_entity) {
            result.is_expired = false;
            result.expires_soon = false;
            result.is_not_yet_valid = false;
        }
        if (result.trusted) {
            result.trust_error.clear();
        }
    }
}

core::PeerCertificate unreadable(std::string why) {
    core::PeerCertificate certificate;
    certificate.trust_error = std::move(why);
    certificate.not_after = core::timestamp({});
    return certificate;
}

}  // namespace

pki::TrustStore trusted_roots(const std::vector<std::string>& files) {
    std::vector<Certificate> roots;
    for (const auto& file : files) {
        std::ranges::move(cert_file("the CA file", file).certificates, std::back_inserter(roots));
    }
    if (files.empty() && store::is_taken(system_bundle)) {
        roots = cert_file("the CA file", system_bundle).certificates;
    }
    return pki::TrustStore{std::move(roots)};
}

core::PeerCertificate judge_presented(const std::vector<std::string>& chain, const std::string& domain,
                                      const pki::TrustStore& roots, std::span<const core::DnsTlsa> tlsa,
                                      std::chrono::sys_seconds now) {
    if (chain.empty()) {
        return unreadable("the server presents none");
    }
    std::vector<Certificate> sent;
    core::PeerCertificate result;
    try {
        sent = pki::read_cert_file(core::join(chain, ""), "what the server presents").certificates;
        for (const auto& each : sent) {
            result.chain.push_back({pki::subject_name(each), each.issuer, core::timestamp(each.not_after)});
        }
    } catch (const core::Error& error) {
        return unreadable(error.cause.empty() ? error.message : fmt::format("{}: {}", error.message, error.cause));
    }
    const core::Delivery delivery{
        sent.front(), pki::best_path(sent.front(), std::span{sent}.subspan(1), roots, now), {}};
    const auto& [leaf, path, allowed] = delivery;
    const auto end = core::earliest_end(delivery);
    result.names = leaf.names;
    result.matches = names_domain(leaf, domain);
    result.trusted = !roots.certificates().empty() && path.problem.empty() && path.has_root && path.for_servers &&
                     leaf.is_for_servers();
    result.trust_error = result.trusted                 ? ""
                         : roots.certificates().empty() ? "no root is known here"
                                                        : why_untrusted(delivery, sent.size(), roots.certificates());
    result.not_after = core::timestamp(end);
    result.days_left = core::days_left(end, now).count();
    result.is_expired = end < now;
    result.is_not_yet_valid = leaf.not_before > now;
    result.expires_soon = core::days_left(end, now) < core::default_warn_days;
    result.weakness = first_weakness(leaf);
    result.client_auth = leaf.is_for_clients() && path.for_clients;
    apply_dane(tlsa, sent, now, result);
    return result;
}

}  // namespace xmppfed::app
