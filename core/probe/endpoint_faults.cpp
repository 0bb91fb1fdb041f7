#include "core/probe/endpoint_faults.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/probe/probe_rules.hpp"
#include "core/text/domain/domain_name.hpp"
#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

constexpr std::array<std::string_view, 3> unknown_host{"host-unknown", "host-gone", "improper-addressing"};

/// The alerts that speak of the certificate of whoever gets them (RFC 8446 section 6.2), as OpenSSL names them.
constexpr std::array<std::string_view, 8> about_certificates{
    "bad certificate", "unsupported certificate", "certificate revoked", "certificate expired", "certificate unknown",
    "unknown CA",      "access denied",           "certificate required"};

template <class Words>
bool has(const Words& words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}

std::string_view step_text(ProbeStep step) {
    return values_of<ProbeStep>()[static_cast<std::size_t>(step)].meaning;
}

std::string with_reason(std::string text, const std::string& reason) {
    return reason.empty() ? text : fmt::format("{}: {}", text, reason);
}

/// Who says `said` because of a certificate that nobody presented.
Diagnostic lacks_certificate(const EndpointFacts& facts, const std::string& said) {
    return make_diagnostic(
        rule::probe_certificate_refused, {},
        fmt::format("{} wants a certificate of ours, and none was presented: {}", place_of(facts), said),
        "look again with `--certificate` and `--key`, or when one is assigned: `xmppfed cert assign NUMBER`");
}

Diagnostic stream_fault(const EndpointFacts& facts, const std::string& domain, OwnCertificate own) {
    const auto& fault = *facts.fault;
    const auto place = place_of(facts);
    const auto words = fault.text.empty() ? std::string{} : fmt::format(" ({})", quote(fault.text));
    const auto said = fmt::format("{}{}", escape(fault.condition), words);
    if (has(unknown_host, fault.condition)) {
        const auto forms = facts.asked_as_a_label ? fmt::format("{}, nor {}", unicode_domain(domain), domain) : domain;
        return make_diagnostic(
            rule::probe_host_unknown, {}, fmt::format("{} does not serve {}: {}", place, forms, said),
            fmt::format("tell the partner: the record of {} has to lead to the server that serves it; publish "
                        "`_xmpp-server._tcp.{}`",
                        domain, domain));
    }
    if (refuses_certificate(facts)) {
        if (own == OwnCertificate::none) {
            return lacks_certificate(facts, said);
        }
        return make_diagnostic(rule::probe_certificate_refused, {},
                               fmt::format("{} refuses our certificate: {}", place, said),
                               "send the whole chain; tell the partner which CA has issued it: its server has to know "
                               "the root");
    }
    return make_diagnostic(rule::probe_not_welcome, {},
                           fmt::format("{} ends the stream at {}: {}", place, step_text(facts.step), said),
                           "ask the partner to allow each of our domains");
}

Diagnostic tls_fault(const EndpointFacts& facts, OwnCertificate own) {
    const auto place = place_of(facts);
    if (refuses_certificate(facts)) {
        if (own == OwnCertificate::none) {
            return lacks_certificate(facts, fmt::format("the TLS alert \"{}\"", facts.alert));
        }
        return make_diagnostic(rule::probe_certificate_refused, {},
                               fmt::format("{} refuses our certificate by the TLS alert \"{}\"", place, facts.alert),
                               "tell the partner which CA has issued it, and that it needs client authentication");
    }
    const auto what = facts.outcome == ProbeOutcome::starttls_refused
                          ? fmt::format("{} offers STARTTLS and then refuses it", place)
                          : fmt::format("the TLS handshake with {} fails", place);
    return make_diagnostic(rule::probe_tls_failed, {}, with_reason(what, facts.reason),
                           "tell the partner: look whether the server's account can read the certificate and its key");
}

/// Without an address it is a host that somebody named, and that was not found.
Diagnostic connection_fault(const EndpointFacts& facts) {
    const auto place = place_of(facts);
    const bool was_found = !facts.address.empty();
    if (facts.outcome == ProbeOutcome::no_route) {
        return make_diagnostic(rule::probe_unreachable, {},
                               fmt::format("nothing leads from here to {}: {}", place, facts.reason),
                               was_found ? "the fault is here: look at this machine's network"
                                         : "the fault is here: name a resolver that answers with `--resolver`");
    }
    return make_diagnostic(rule::probe_unreachable, {}, fmt::format("no connection to {}: {}", place, facts.reason),
                           was_found ? fmt::format("tell the partner: the server has to listen there, and the firewall "
                                                   "to let port {} in",
                                                   facts.port)
                                     : "look whether the name of the host is right");
}

/// Nothing tells that EXTERNAL was refused but the end of the stream.
bool ends_at_authentication(const EndpointFacts& facts) {
    return facts.outcome == ProbeOutcome::closed && facts.step == ProbeStep::authentication;
}

bool has_no_address(const DnsFacts& dns) {
    return std::ranges::all_of(dns.targets, [](const auto& target) { return target.addresses.empty(); });
}

}  // namespace

std::string place_of(const EndpointFacts& facts) {
    if (facts.address.empty()) {  // it was not found
        return fmt::format("{} (port {})", escape(facts.target), facts.port);
    }
    return fmt::format("{} ({}, port {})", escape(facts.target), facts.address, facts.port);
}

bool is_old_tls(std::string_view version) {
    constexpr std::array<std::string_view, 4> old_versions{"SSLv3", "TLSv1", "TLSv1.0", "TLSv1.1"};
    return has(old_versions, version);
}

bool is_legacy(const EndpointFacts& facts) {
    return facts.plain && !facts.plain->has_version;
}

bool refuses_certificate(const EndpointFacts& facts) {
    const bool by_stream =
        facts.step == ProbeStep::second_header && facts.fault && facts.fault->condition == "not-authorized";
    return by_stream || (facts.outcome == ProbeOutcome::tls_failed && has(about_certificates, facts.alert));
}

bool is_unknown_there(const EndpointFacts& facts) {
    return facts.fault && facts.fault->condition != "improper-addressing" && has(unknown_host, facts.fault->condition);
}

bool is_without_route(const SeenEndpoint& seen) {
    return seen.facts.outcome == ProbeOutcome::no_route;
}

std::optional<Diagnostic> other_form(const EndpointFacts& facts, const std::string& domain) {
    const bool is_served = facts.plain || facts.secured;
    if (!facts.asked_as_a_label || !is_served || is_unknown_there(facts)) {
        return std::nullopt;
    }
    return make_diagnostic(
        rule::probe_host_unknown, {},
        fmt::format("{} does not serve {}, as headers have it (RFC 7622), but {}, by its A-labels", place_of(facts),
                    unicode_domain(domain), domain),
        fmt::format("streams from servers that send U-labels fail: the domain has to be `{}` in that server's "
                    "configuration",
                    unicode_domain(domain)));
}

std::optional<Diagnostic> nothing_usable(const ProbeInput& input, const Diagnostics& told) {
    const auto& endpoints = input.endpoints;
    const bool one_works = std::ranges::any_of(endpoints, [](const auto& seen) {
        return seen.facts.outcome == ProbeOutcome::ok || refuses_certificate(seen.facts);
    });
    const bool is_told = std::ranges::find(told, &rule::probe_unreachable, &Diagnostic::rule) != told.end();
    if (one_works || is_told || endpoints.empty()) {
        return std::nullopt;
    }
    return make_diagnostic(
        rule::probe_unreachable, {},
        fmt::format("no server of {} can be used: {} tried", input.dns.domain, counted(endpoints.size(), "endpoint")),
        "mend what is said of each");
}

std::optional<Diagnostic> nothing_tried(const ProbeInput& input) {
    const auto& dns = input.dns;
    const auto& domain = dns.domain;
    if (!input.endpoints.empty()) {
        return std::nullopt;
    }
    if (input.out_of_time) {
        return make_diagnostic(rule::probe_timeout, {}, fmt::format("there was no time left to look at {}", domain),
                               "give more with `--deadline`");
    }
    if (!has_no_address(dns)) {
        return make_diagnostic(
            rule::probe_unreachable, {},
            fmt::format("{} has no address of the family, or no service of the kind, that was asked for", domain),
            "leave `--ipv4`, `--ipv6` or `--direct-tls` out");
    }
    const bool is_told = dns.failure != DnsFailure::none || dns.is_refused() || dns.services.empty();
    if (is_told) {
        return std::nullopt;
    }
    return make_diagnostic(rule::probe_unreachable, {},
                           fmt::format("no server of {} can be used: no host that its SRV records lead to has an "
                                       "address",
                                       domain),
                           "mend what is said of each");
}

Diagnostic endpoint_fault(const SeenEndpoint& seen, const std::string& domain, OwnCertificate own) {
    const auto& facts = seen.facts;
    const auto place = place_of(facts);
    switch (facts.outcome) {
    case ProbeOutcome::ok:
        break;
    case ProbeOutcome::stream_error:
        return stream_fault(facts, domain, own);
    case ProbeOutcome::starttls_refused:
    case ProbeOutcome::tls_failed:
        return tls_fault(facts, own);
    case ProbeOutcome::no_route:
    case ProbeOutcome::unreachable:
        return connection_fault(facts);
    case ProbeOutcome::timeout:
        return make_diagnostic(
            rule::probe_timeout, {}, fmt::format("{} does not answer in time at {}", place, step_text(facts.step)),
            facts.step == ProbeStep::connect
                ? "tell the partner: a firewall or a proxy for web sites (CDN) drops the port; the SRV record has to "
                  "name a host without one"
                : "what is behind the port may be a proxy for web sites (CDN)");
    case ProbeOutcome::not_xmpp:
        return make_diagnostic(rule::probe_not_xmpp, {},
                               with_reason(fmt::format("{} is no XMPP server", place), facts.reason),
                               "tell the partner where the SRV record leads");
    case ProbeOutcome::closed:
        return make_diagnostic(
            rule::probe_not_xmpp, {},
            with_reason(fmt::format("{} closes without a word at {}", place, step_text(facts.step)), facts.reason),
            ends_at_authentication(facts)
                ? "ask the partner what its log says of our certificate; without `--authenticate` the rest can be seen"
                : "tell the partner where the SRV record leads; a port for direct TLS closes like that");
    case ProbeOutcome::wrong_service:
        return make_diagnostic(rule::probe_wrong_service, {}, with_reason(place, facts.reason),
                               "tell the partner: `_xmpp-server` is for STARTTLS, `_xmpps-server` (with an s more) for "
                               "direct TLS");
    }
    return {};
}

}  // namespace xmppfed::core
