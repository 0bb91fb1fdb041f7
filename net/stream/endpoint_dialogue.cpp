// What an endpoint says, and what is answered.

#include <fmt/format.h>

#include "core/text/text.hpp"
#include "net/stream/base64.hpp"
#include "net/stream/endpoint_probe.hpp"

namespace xmppfed::net {

using core::ProbeOutcome;

void EndpointProbe::judge_first_stream() {
    const auto& heard = reader_->heard();
    if (state_ == State::starttls) {
        if (heard.proceeds) {
            begin_tls();
        } else if (heard.refuses_tls || heard.has_ended) {
            fail(ProbeOutcome::starttls_refused);
        }
        return;
    }
    const bool is_legacy = heard.has_header && !heard.features.has_version;
    if (!heard.has_features && !is_legacy) {
        if (heard.has_ended) {
            fail(ProbeOutcome::closed);
        }
        return;
    }
    facts_.plain = heard.features;
    if (heard.features.starttls == core::StartTls::none) {
        close_stream();
    } else {
        enter(State::starttls);
        say("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
    }
}

void EndpointProbe::judge_second_stream() {
    const auto& heard = reader_->heard();
    const bool is_legacy = heard.has_header && !heard.features.has_version;
    if (!heard.has_features && !is_legacy) {
        if (heard.has_ended) {
            fail(ProbeOutcome::closed);
        }
        return;
    }
    facts_.secured = heard.features;
    if (plan_.authenticate == Authenticate::yes && heard.features.offers_external()) {
        enter(State::authentication);
        say(fmt::format("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='EXTERNAL'>{}</auth>",
                        base64(plan_.from)));
    } else {
        close_stream();
    }
}

void EndpointProbe::note_authentication() {
    const auto& heard = reader_->heard();
    facts_.authentication = heard.authentication;
    facts_.authentication_reason = core::escape(heard.authentication_condition);
}

void EndpointProbe::judge_authentication() {
    note_authentication();
    if (facts_.authentication != core::Authentication::not_tried) {
        close_stream();
    }
}

}  // namespace xmppfed::net
