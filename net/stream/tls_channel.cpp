#include "net/stream/tls_channel.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <array>
#include <iterator>

#include <fmt/format.h>

#include "core/pki/cert_content.hpp"
#include "core/pki/openssl.hpp"
#include "core/text/text.hpp"

namespace xmppfed::net {

namespace {

constexpr std::string_view failure = "TLS cannot be set up";
constexpr std::size_t most_certificates = 20;  // of a chain
constexpr int most_names = 200;                // of CAs

/// `xmpp-server`, with its length before it (RFC 7301).
constexpr std::array<unsigned char, 12> protocol{11, 'x', 'm', 'p', 'p', '-', 's', 'e', 'r', 'v', 'e', 'r'};

std::string name_text(const X509_NAME* name) {
    const pki::Handle<BIO, BIO_free> text{pki::check(BIO_new(BIO_s_mem()), failure)};
    constexpr auto form = XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
    X509_NAME_print_ex(text.get(), name, 0, form);
    return core::escape(pki::text_in(text.get()));
}

int description_of(int alert) {
    constexpr unsigned description = 0xFF;
    return static_cast<int>(static_cast<unsigned>(alert) & description);
}

/// OpenSSL 3.0 has no name for the first alert that TLS 1.3 brought.
const char* alert_name(int alert) {
    return description_of(alert) == SSL_AD_CERTIFICATE_REQUIRED ? "certificate required"
                                                                : SSL_alert_desc_string_long(alert);
}

}  // namespace

void TlsChannel::Free::operator()(ssl_st* session) const {
    SSL_free(session);
}

TlsChannel::TlsChannel(const TlsIdentity& identity, const std::string& server_name, Offer offer)
    : session_{pki::check(SSL_new(identity.context()), failure)},
      incoming_{pki::check(BIO_new(BIO_s_mem()), failure)},
      outgoing_{pki::check(BIO_new(BIO_s_mem()), failure)} {
    auto* const session = session_.get();
    SSL_set_bio(session, incoming_, outgoing_);
    SSL_set_app_data(session, this);
    SSL_set_info_callback(session, on_event);
    SSL_set_cert_cb(session, on_certificate_request, this);
    auto name = server_name;
    SSL_ctrl(session, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, name.data());  // its macro casts
    if (offer == Offer::direct) {
        SSL_set_alpn_protos(session, protocol.data(), protocol.size());
    }
    SSL_set_connect_state(session);
    handshake();
}

TlsChannel::~TlsChannel() = default;

int TlsChannel::on_certificate_request(ssl_st* session, void* channel) {
    auto& self = *static_cast<TlsChannel*>(channel);
    self.certificate_requested_ = true;
    const auto* const names = SSL_get0_peer_CA_list(session);
    for (int i = 0; i < std::min(sk_X509_NAME_num(names), most_names); ++i) {
        self.accepted_cas_.push_back(name_text(sk_X509_NAME_value(names, i)));
    }
    return 1;
}

void TlsChannel::on_event(const ssl_st* session, int where, int code) {
    if (where == SSL_CB_READ_ALERT) {
        auto& self = *static_cast<TlsChannel*>(SSL_get_app_data(session));
        if (description_of(code) != SSL_AD_CLOSE_NOTIFY) {
            self.alert_ = alert_name(code);
        }
    }
}

bool TlsChannel::is_established() const {
    return SSL_is_init_finished(session_.get()) == 1 && problem_.empty();
}

void TlsChannel::handshake() {
    pki::start_openssl();
    const int code = SSL_do_handshake(session_.get());
    if (code != 1) {
        fail(code);
    }
}

void TlsChannel::fail(int code) {
    const auto error = SSL_get_error(session_.get(), code);
    if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE || error == SSL_ERROR_ZERO_RETURN) {
        return;
    }
    const auto reason = ERR_GET_REASON(ERR_peek_error());
    is_no_tls_ = reason == SSL_R_WRONG_VERSION_NUMBER || reason == SSL_R_HTTP_REQUEST;
    const auto* const text = ERR_reason_error_string(ERR_peek_error());
    if (!alert_.empty()) {
        problem_ = fmt::format("the other side sent the alert \"{}\"", alert_);
    } else {
        problem_ = text == nullptr ? "the session broke" : core::escape(text);
    }
    pki::start_openssl();
}

std::string TlsChannel::receive(std::string_view octets) {
    if (has_failed()) {
        return {};
    }
    pki::start_openssl();
    BIO_write(incoming_, octets.data(), pki::size_of(octets, failure));
    if (!is_established()) {
        handshake();
    }
    std::string text;
    std::array<char, 4096> buffer{};
    while (is_established()) {
        const int size = SSL_read(session_.get(), buffer.data(), static_cast<int>(buffer.size()));
        if (size <= 0) {
            fail(size);
            break;
        }
        text.append(buffer.data(), static_cast<std::size_t>(size));
    }
    return text;
}

void TlsChannel::send(std::string_view text) {
    pki::start_openssl();
    const int size = SSL_write(session_.get(), text.data(), pki::size_of(text, failure));
    if (size <= 0) {
        fail(size);
    }
}

std::string TlsChannel::take_output() {
    auto octets = pki::text_in(outgoing_);
    BIO_reset(outgoing_);
    return octets;
}

core::TlsFacts TlsChannel::facts() const {
    const auto* const session = session_.get();
    core::TlsFacts facts{.version = SSL_get_version(session),
                         .certificate_requested = certificate_requested_,
                         .accepted_cas = accepted_cas_};
    const auto* const cipher = SSL_get_current_cipher(session);
    facts.cipher = cipher == nullptr ? "" : SSL_CIPHER_get_name(cipher);
    const auto* const chain = SSL_get_peer_cert_chain(session);
    for (int i = 0; i < sk_X509_num(chain) && facts.chain.size() < most_certificates; ++i) {
        facts.chain.push_back(pki::to_pem(sk_X509_value(chain, i)));
    }
    return facts;
}

}  // namespace xmppfed::net
