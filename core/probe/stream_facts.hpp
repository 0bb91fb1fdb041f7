#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/field/enumeration.hpp"
#include "core/probe/dns_facts.hpp"

namespace xmppfed::core {

/// How far a look at a server came: the step that was under way when it ended.
enum class ProbeStep { connect, header, starttls, handshake, second_header, authentication, done };

/// How it ended.
enum class ProbeOutcome {
    ok,                ///< all features were seen
    no_route,          ///< nothing of that address family leads out of this machine
    unreachable,       ///< no connection
    timeout,           ///< nothing came in time
    not_xmpp,          ///< what came is no XMPP stream
    stream_error,      ///< the other side said why it ends the stream
    starttls_refused,  ///< it offered STARTTLS and then would not begin
    tls_failed,        ///< the handshake failed, or ended in an alert
    wrong_service,     ///< STARTTLS behind a record for direct TLS, or the reverse
    closed,            ///< it closed without a word
};

enum class StartTls { none, optional, required };

/// What a server says at the beginning of a stream (RFC 6120 section 4.3.2).
struct StreamFeatures {
    bool has_version = false;  ///< of XMPP 1.0; without it there are no features, and dialback is all that is spoken
    StartTls starttls = StartTls::none;
    std::vector<std::string> mechanisms = {};  ///< of SASL
    bool dialback = false;                     ///< XEP-0220
    bool dialback_errors = false;              ///< it tells when dialback fails

    [[nodiscard]] bool offers_external() const;
};

/// The TLS session.
struct TlsFacts {
    std::string version = {};  ///< TLSv1.3
    std::string cipher = {};
    bool certificate_requested = false;
    std::vector<std::string> accepted_cas = {};  ///< RFC 4514; empty: it names none
    std::vector<std::string> chain = {};         ///< what it presents, in PEM, its own certificate first
};

/// Why the other side ended a stream (RFC 6120 section 4.9).
struct StreamFault {
    std::string condition;  ///< host-unknown
    std::string text = {};  ///< its own words, as they came
};

/// What came of SASL EXTERNAL.
enum class Authentication { not_tried, accepted, refused };

/// One address of a server, and what was seen there.
struct EndpointFacts {
    Service service = Service::xmpp_server;
    std::string target;
    std::string address;
    std::uint16_t port = 0;
    ProbeOutcome outcome = ProbeOutcome::ok;
    ProbeStep step = ProbeStep::connect;
    std::string reason = {};  ///< of the outcome, safe for a terminal; "" where the outcome tells all
    bool has_spoken = false;  ///< an octet came from it
    std::string alert = {};   ///< the name of the TLS alert that the other side sent
    std::optional<StreamFeatures> plain = {};
    std::optional<StreamFeatures> secured = {};
    std::optional<TlsFacts> tls = {};
    std::optional<StreamFault> fault = {};
    bool presented_certificate = false;  ///< ours, because it was asked for
    bool asked_as_a_label = false;       ///< in the header: the domain has U-labels, and they were not known there
    Authentication authentication = Authentication::not_tried;
    std::string authentication_reason = {};  ///< why it was refused, safe for a terminal
};

/// What is seen of one domain.
struct ProbeFacts {
    DnsFacts dns;
    std::vector<EndpointFacts> endpoints = {};  ///< in the order in which they were tried
    bool out_of_time = false;                   ///< its deadline came before all was tried
};

template <>
std::span<const EnumValue> values_of<ProbeStep>();
template <>
std::span<const EnumValue> values_of<ProbeOutcome>();
template <>
std::span<const EnumValue> values_of<StartTls>();

}  // namespace xmppfed::core
