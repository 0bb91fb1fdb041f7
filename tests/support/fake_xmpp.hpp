#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace xmppfed::test {

/// One step of a conversation that is played as it was once heard.
struct FakeStep {
    enum class Kind {
        hears,  ///< waits for the other side to say `text`, and answers anything else by the end
        says,
        tls,     ///< shakes hands
        blurts,  ///< says it unencrypted, also behind TLS
        closes,  ///< without a word
        resets,
    };
    Kind kind = Kind::says;
    std::string text = {};
};

/// What a server on loopback says, and how.
struct FakeXmppScript {
    std::string hello = {};    ///< to the first header; with `direct_tls` to the only one
    std::string secured = {};  ///< to the header behind STARTTLS
    std::string to_starttls = "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>";
    std::string to_auth = {};

    std::string chain = {};  ///< PEM of its certificate and those above
    std::string key = {};    ///< PEM
    std::string client_ca =
        {};  ///< PEM: it asks for a certificate, names this CA, and ends the session without one of it
    bool requests_certificate = false;  ///< it asks for one, and takes any
    bool old_tls = false;               ///< TLS 1.0 at most

    bool direct_tls = false;
    bool is_mute_to_plain = false;  ///< it closes without an octet on who does not begin with TLS
    bool is_silent = false;         ///< it accepts and never says a word
    bool resets = false;            ///< what it has said is followed by a reset instead of the usual end
    bool closes_after_proceed = false;
    std::size_t piece = 0;             ///< octets that it writes at once; 0: all
    unsigned pause = 0;                ///< milliseconds between pieces
    std::string instead_of_tls = {};   ///< said where the handshake is due
    std::vector<FakeStep> steps = {};  ///< played instead of all that is said above
};

/// The header of a server that answers with a version.
[[nodiscard]] std::string fake_header(std::string_view from, std::string_view attributes = "version='1.0'");

/// The features of a server, whole.
[[nodiscard]] std::string fake_features(std::string_view content);

inline constexpr std::string_view starttls_required =
    "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls>";
inline constexpr std::string_view starttls_optional = "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>";
inline constexpr std::string_view dialback_feature = "<dialback xmlns='urn:xmpp:features:dialback'/>";
inline constexpr std::string_view external_feature =
    "<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><mechanism>EXTERNAL</mechanism></mechanisms>";

/// A server in a thread, one connection after the other.
class FakeXmpp {
  public:
    explicit FakeXmpp(FakeXmppScript script, const char* address = "127.0.0.1");
    FakeXmpp(const FakeXmpp&) = delete;
    FakeXmpp& operator=(const FakeXmpp&) = delete;
    ~FakeXmpp();

    [[nodiscard]] std::uint16_t port() const { return port_; }

    /// What each connection has said, whole: one that is under way is waited for.
    [[nodiscard]] std::vector<std::string> heard();

  private:
    void serve();
    void talk(int stream);

    FakeXmppScript script_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::mutex mutex_;
    std::condition_variable quiet_;
    bool is_talking_ = false;
    std::vector<std::string> heard_;
    std::atomic<bool> ends_{false};
    std::thread thread_;
};

}  // namespace xmppfed::test
