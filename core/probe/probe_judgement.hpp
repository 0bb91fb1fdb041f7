#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "core/cert/cert_names.hpp"
#include "core/diagnostic.hpp"
#include "core/probe/dns_judgement.hpp"
#include "core/probe/stream_facts.hpp"

namespace xmppfed::core {

/// One certificate of what a server presents.
struct PresentedCertificate {
    std::string subject;  ///< RFC 4514
    std::string issuer;
    std::string not_after;  ///< as `timestamp` writes it
};

/// What secure TLSA records say of what a server presents (RFC 7673).
enum class Dane { none, matches, differs };

/// What a server presents, judged for the domain that was looked for (RFC 9525).
struct PeerCertificate {
    std::vector<PresentedCertificate> chain;  ///< its own first
    std::vector<CertName> names;
    bool matches = false;     ///< a name stands for the domain
    bool trusted = false;     ///< a way leads to a root that is known here; dates are told apart
    std::string trust_error;  ///< why not: self-signed, an issuer not sent, a root not known here, not for servers
    std::string not_after;
    std::int64_t days_left = 0;  ///< until the first of what a good path needs ends
    bool is_expired = false;
    bool is_not_yet_valid = false;
    bool expires_soon = false;
    std::string weakness;  ///< of key or signature, or ""
    bool client_auth = true;
    Dane dane = Dane::none;  ///< `matches`: trust and name follow from DNS
};

struct SeenEndpoint {
    EndpointFacts facts;
    std::optional<PeerCertificate> certificate;  ///< none: no TLS
};

/// Our certificate, as far as a look at others depends on it.
enum class OwnCertificate {
    none,     ///< none is presented
    unsound,  ///< it is, and has a fault that the other side may refuse
    good,
};

/// What is known when one domain is judged.
struct ProbeInput {
    DnsFacts dns;
    bool has_dns = true;  ///< somebody looked it up
    std::vector<SeenEndpoint> endpoints = {};
    bool out_of_time = false;
    DomainOwner owner = {};
    OwnCertificate own = OwnCertificate::none;
    std::string own_issuer = {};  ///< RFC 4514
};

/// What their server does about SASL EXTERNAL, as far as it can be seen.
enum class SaslSeen { offered, not_offered, required, unknown };

enum class Confidence {
    seen,
    inferred,  ///< what would show it did not come up
};

/// The settings of the other side, as it behaved.
struct Observed {
    Level tls = Level::optional;
    SaslSeen sasl = SaslSeen::unknown;
    bool dialback = false;
    Confidence confidence = Confidence::seen;
};

/// How streams in one direction will end up.
struct Prediction {
    std::vector<Method> methods;  ///< strongest first
    bool certain = false;
};

struct Suggestion {
    Negotiation settings;
    std::string command;
};

/// What all of it means.
struct ProbeVerdict {
    std::optional<Observed> observed;  ///< none: no server was seen
    Prediction outgoing;
    Prediction incoming;
    std::optional<Suggestion> suggestion;
    Diagnostics diagnostics;
};

[[nodiscard]] ProbeVerdict judge_probe(const ProbeInput& input);

/// Whether no resolver told of the domain.
[[nodiscard]] bool is_unanswered(const ProbeInput& input);

/// Whether what was found is a word of the other side: else nobody could look, for no resolver told or nothing leads out
/// of this machine.
[[nodiscard]] bool was_seen(const ProbeInput& input);

/// The endpoint that the others are held against: the first that works, else the first of which features were seen.
[[nodiscard]] const SeenEndpoint* best_endpoint(const ProbeInput& input);

template <>
std::span<const EnumValue> values_of<SaslSeen>();
template <>
std::span<const EnumValue> values_of<Confidence>();

}  // namespace xmppfed::core
