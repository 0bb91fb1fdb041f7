#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/probe/stream_facts.hpp"
#include "net/stream/tls_identity.hpp"

struct bio_st;
struct ssl_st;

namespace xmppfed::net {

/// The client's side of a TLS session, without a socket: octets of the network go in and out here, those of the stream
/// there.
class TlsChannel {
  public:
    /// Who is behind a direct TLS port wants to know by ALPN that it is XMPP (XEP-0368).
    enum class Offer { starttls, direct };

    /// `server_name` in A-labels (RFC 6066 section 3).
    TlsChannel(const TlsIdentity& identity, const std::string& server_name, Offer offer);
    TlsChannel(const TlsChannel&) = delete;
    TlsChannel& operator=(const TlsChannel&) = delete;
    ~TlsChannel();

    /// Takes what came from the network; returns what it holds for the stream.
    [[nodiscard]] std::string receive(std::string_view octets);

    /// What the stream says; only once the session is established.
    void send(std::string_view text);

    /// What is to be sent to the network.
    [[nodiscard]] std::string take_output();

    [[nodiscard]] bool is_established() const;
    [[nodiscard]] bool has_failed() const { return !problem_.empty(); }

    /// Why it has, safe for a terminal; and the name of the alert that the other side sent, or "".
    [[nodiscard]] const std::string& problem() const { return problem_; }
    [[nodiscard]] const std::string& alert() const { return alert_; }

    /// The other side speaks no TLS, but something else.
    [[nodiscard]] bool is_no_tls() const { return is_no_tls_; }

    [[nodiscard]] core::TlsFacts facts() const;

  private:
    static int on_certificate_request(ssl_st* session, void* channel);
    static void on_event(const ssl_st* session, int where, int code);
    void handshake();
    void fail(int code);

    struct Free {
        void operator()(ssl_st* session) const;
    };
    std::unique_ptr<ssl_st, Free> session_;
    bio_st* incoming_ = nullptr;  ///< owned by the session, as is the next
    bio_st* outgoing_ = nullptr;
    bool certificate_requested_ = false;
    std::vector<std::string> accepted_cas_;
    std::string alert_;
    std::string problem_;
    bool is_no_tls_ = false;
};

}  // namespace xmppfed::net
