#include "core/probe/observation.hpp"

#include <algorithm>

#include "core/probe/endpoint_faults.hpp"

namespace xmppfed::core {

namespace {

/// The other side ended the encrypted stream because of our certificate.
bool wants_certificate(const EndpointFacts& facts) {
    return facts.step == ProbeStep::second_header && facts.fault && facts.fault->condition == "not-authorized";
}

/// Prosody offers EXTERNAL to a certificate that it has accepted; ejabberd offers it to everybody, and names the CAs that
/// it knows. So an offer to somebody without a certificate says nothing, and none to such a one neither;
/// but who asks for no certificate and offers no EXTERNAL does not take ours.
SaslSeen sasl_seen(const SeenEndpoint& seen, const ProbeInput& input) {
    const auto& facts = seen.facts;
    if (facts.authentication == Authentication::refused) {
        return SaslSeen::not_offered;
    }
    if (wants_certificate(facts)) {
        return SaslSeen::required;
    }
    if (facts.plain && !facts.tls) {
        return SaslSeen::not_offered;  // there is no EXTERNAL without TLS
    }
    if (!facts.secured) {
        return SaslSeen::unknown;
    }
    const bool is_asked = !facts.tls || facts.tls->certificate_requested;
    if (!facts.presented_certificate && (is_asked || facts.secured->offers_external())) {
        return SaslSeen::unknown;
    }
    if (!facts.secured->offers_external()) {
        return input.own == OwnCertificate::good ? SaslSeen::not_offered : SaslSeen::unknown;
    }
    return facts.secured->dialback ? SaslSeen::offered : SaslSeen::required;
}

Level tls_seen(const EndpointFacts& facts) {
    if (!facts.plain) {
        return Level::required;  // TLS from the first octet
    }
    switch (facts.plain->starttls) {
    case StartTls::none:
        return Level::not_supported;
    case StartTls::optional:
        return Level::optional;
    case StartTls::required:
        return Level::required;
    }
    return Level::optional;
}

Level sasl_level(SaslSeen sasl) {
    switch (sasl) {
    case SaslSeen::not_offered:
        return Level::not_supported;
    case SaslSeen::required:
        return Level::required;
    case SaslSeen::offered:
    case SaslSeen::unknown:
        return Level::optional;
    }
    return Level::optional;
}

/// Features of a stream hold for that stream alone (RFC 6120 section 4.3.3): those of the encrypted one count where
/// there is one, and those before it for who never encrypts, unless it requires that.
bool offers_dialback(const EndpointFacts& facts, Level our_tls) {
    const bool in_plain = facts.plain && (!facts.plain->has_version || facts.plain->dialback);
    const bool may_stay_plain =
        our_tls == Level::not_supported && facts.plain && facts.plain->starttls != StartTls::required;
    return facts.secured && !may_stay_plain ? facts.secured->dialback : in_plain;
}

/// It speaks of dialback before TLS and not behind: an offer that some take as one for both.
bool is_undecided_on_dialback(const EndpointFacts& facts) {
    return facts.plain && facts.secured && facts.plain->dialback && !facts.secured->dialback;
}

std::vector<Method> without_sasl(std::vector<Method> methods) {
    std::erase(methods, Method::sasl_over_tls);
    return methods;
}

/// One side's TLS that the other never speaks leaves no stream at all; its TLS alone cannot tell, for a method without
/// TLS may be among those of both.
bool is_split_by_tls(const Negotiation& ours, const Observed& observed) {
    return (ours.tls == Level::not_supported && observed.tls == Level::required) ||
           (ours.tls == Level::required && observed.tls == Level::not_supported);
}

}  // namespace

Observed observe(const SeenEndpoint& seen, const ProbeInput& input) {
    const auto& facts = seen.facts;
    const bool is_legacy = facts.plain && !facts.plain->has_version;
    Observed observed{.tls = tls_seen(facts), .sasl = sasl_seen(seen, input)};
    const auto& configured = input.owner.negotiation;
    observed.dialback = offers_dialback(facts, configured ? configured->tls : Level::optional);
    const bool has_all = facts.secured || (facts.plain && facts.plain->starttls == StartTls::none && !is_legacy);
    const bool is_direct_alone = facts.secured && !facts.plain;
    observed.confidence = has_all && !is_direct_alone ? Confidence::seen : Confidence::inferred;
    return observed;
}

bool names_other_cas(const SeenEndpoint& seen, const ProbeInput& input) {
    const auto& facts = seen.facts;
    return input.own != OwnCertificate::none && facts.tls && !facts.tls->accepted_cas.empty() &&
           !input.own_issuer.empty() &&
           std::ranges::find(facts.tls->accepted_cas, input.own_issuer) == facts.tls->accepted_cas.end();
}

bool proves_domain(const SeenEndpoint& seen) {
    const auto& certificate = seen.certificate;
    return certificate && certificate->dane != Dane::differs && certificate->trusted && certificate->matches &&
           !certificate->is_expired && !certificate->is_not_yet_valid;
}

Outlook predict(const Negotiation& ours, const Observed& observed, const SeenEndpoint& seen, const ProbeInput& input) {
    const Negotiation theirs{observed.tls, sasl_level(observed.sasl), offers_dialback(seen.facts, ours.tls)};
    Outlook outlook;
    if (!is_split_by_tls(ours, observed)) {
        outlook.agreed = common_offer(ours, theirs).methods;
    }
    const bool is_refused = names_other_cas(seen, input) || refuses_certificate(seen.facts) ||
                            seen.facts.authentication == Authentication::refused;
    const bool is_proved = proves_domain(seen);
    outlook.outgoing.methods = is_proved && !is_refused ? outlook.agreed : without_sasl(outlook.agreed);
    outlook.incoming.methods = is_proved ? outlook.agreed : without_sasl(outlook.agreed);
    // EXTERNAL that everybody is offered may still be refused, and its success is no permission: such a server says by
    // its answer to the first message whether we are welcome.
    const bool is_offered_to_us = seen.facts.tls && seen.facts.tls->accepted_cas.empty();
    const auto is_certain = [&](const std::vector<Method>& methods) {
        const bool rests_on_sasl = !methods.empty() && methods.front() == Method::sasl_over_tls;
        const bool is_whole = seen.facts.outcome == ProbeOutcome::ok && !seen.facts.asked_as_a_label;
        return is_whole && observed.confidence == Confidence::seen && observed.sasl != SaslSeen::unknown &&
               (rests_on_sasl ? is_offered_to_us : !is_undecided_on_dialback(seen.facts));
    };
    outlook.outgoing.certain = is_certain(outlook.outgoing.methods);
    outlook.incoming.certain = is_certain(outlook.incoming.methods);
    return outlook;
}

}  // namespace xmppfed::core
