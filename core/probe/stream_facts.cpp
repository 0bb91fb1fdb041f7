#include "core/probe/stream_facts.hpp"

#include <algorithm>
#include <array>

namespace xmppfed::core {

namespace {

constexpr std::array steps{
    EnumValue{"connect", "the connection"},
    EnumValue{"header", "the first header and its features"},
    EnumValue{"starttls", "STARTTLS"},
    EnumValue{"handshake", "the TLS handshake"},
    EnumValue{"second-header", "the header of the encrypted stream and its features"},
    EnumValue{"authentication", "SASL EXTERNAL"},
    EnumValue{"done", "all of it"},
};

constexpr std::array outcomes{
    EnumValue{"ok", "all features were seen"},
    EnumValue{"no-route", "nothing leads out of this machine to such an address"},
    EnumValue{"unreachable", "no connection"},
    EnumValue{"timeout", "nothing came in time"},
    EnumValue{"not-xmpp", "what came is no XMPP stream"},
    EnumValue{"stream-error", "the other side ended the stream and said why"},
    EnumValue{"starttls-refused", "STARTTLS was offered and then refused"},
    EnumValue{"tls-failed", "the TLS handshake failed"},
    EnumValue{"wrong-service", "STARTTLS behind a record for direct TLS, or the reverse"},
    EnumValue{"closed", "the other side closed without a word"},
};

constexpr std::array starttls_values{
    EnumValue{"none", "not offered"},
    EnumValue{"optional", "offered"},
    EnumValue{"required", "offered, and nothing goes on without it"},
};

}  // namespace

bool StreamFeatures::offers_external() const {
    return std::ranges::find(mechanisms, "EXTERNAL") != mechanisms.end();
}

template <>
std::span<const EnumValue> values_of<ProbeStep>() {
    return steps;
}

template <>
std::span<const EnumValue> values_of<ProbeOutcome>() {
    return outcomes;
}

template <>
std::span<const EnumValue> values_of<StartTls>() {
    return starttls_values;
}

}  // namespace xmppfed::core
