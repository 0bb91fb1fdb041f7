#include "tests/support/fake_xmpp.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fmt/format.h>

#include <array>
#include <csignal>
#include <memory>
#include <stdexcept>

namespace xmppfed::test {

namespace {

using Context = std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)>;
using Session = std::unique_ptr<SSL, void (*)(SSL*)>;
using Text = std::unique_ptr<BIO, void (*)(BIO*)>;

Text text_of(const std::string& pem) {
    return {BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free_all};
}

Context context_for(const FakeXmppScript& script) {
    Context context{SSL_CTX_new(TLS_server_method()), SSL_CTX_free};
    auto* const ctx = context.get();
    SSL_CTX_set_security_level(ctx, 0);
    SSL_CTX_set_min_proto_version(ctx, TLS1_VERSION);
    SSL_CTX_set_cipher_list(ctx, "ALL:@SECLEVEL=0");
    if (script.old_tls) {
        SSL_CTX_set_max_proto_version(ctx, TLS1_VERSION);
    }
    const auto chain = text_of(script.chain);
    for (bool first = true; auto* const certificate = PEM_read_bio_X509(chain.get(), nullptr, nullptr, nullptr);
         first = false) {
        first ? SSL_CTX_use_certificate(ctx, certificate)
              : static_cast<int>(SSL_CTX_ctrl(ctx, SSL_CTRL_CHAIN_CERT, 1, certificate));
        X509_free(certificate);
    }
    auto* const key = PEM_read_bio_PrivateKey(text_of(script.key).get(), nullptr, nullptr, nullptr);
    SSL_CTX_use_PrivateKey(ctx, key);
    EVP_PKEY_free(key);
    if (script.requests_certificate) {
        SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER, [](int, X509_STORE_CTX*) { return 1; });
    }
    if (!script.client_ca.empty()) {
        auto* const ca = PEM_read_bio_X509(text_of(script.client_ca).get(), nullptr, nullptr, nullptr);
        SSL_CTX_add_client_CA(ctx, ca);
        X509_STORE_add_cert(SSL_CTX_get_cert_store(ctx), ca);
        X509_free(ca);
        X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(ctx), X509_V_FLAG_NO_CHECK_TIME);  // tests live in no time
        SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    }
    return context;
}

/// One connection, plain or behind TLS.
class Line {
  public:
    Line(int stream, const FakeXmppScript& script, std::string& heard)
        : stream_{stream}, script_{script}, heard_{heard} {}

    bool start_tls() {
        if (!script_.instead_of_tls.empty()) {
            std::array<char, 4096> hello{};
            (void)recv(stream_, hello.data(), hello.size(), 0);
            say(script_.instead_of_tls);
            return false;
        }
        context_ = context_for(script_);
        session_ = Session{SSL_new(context_.get()), SSL_free};
        SSL_set_fd(session_.get(), stream_);
        return SSL_accept(session_.get()) == 1;
    }

    void say(const std::string& text) {
        const auto piece = script_.piece == 0 ? text.size() : script_.piece;
        for (std::size_t at = 0; at < text.size(); at += piece) {
            const auto part = text.substr(at, piece);
            if (at > 0 && script_.pause > 0) {
                poll(nullptr, 0, static_cast<int>(script_.pause));
            }
            if (session_) {
                SSL_write(session_.get(), part.data(), static_cast<int>(part.size()));
            } else {
                send(stream_, part.data(), part.size(), MSG_NOSIGNAL);
            }
        }
    }

    void blurt(const std::string& octets) const { send(stream_, octets.data(), octets.size(), MSG_NOSIGNAL); }

    /// Reads until one of the texts is there; false when the other side ends.
    bool wait_for(const std::string& text) {
        unread_.clear();
        while (unread_.find(text) == std::string::npos) {
            std::array<char, 4096> buffer{};
            const auto size = session_ ? SSL_read(session_.get(), buffer.data(), static_cast<int>(buffer.size()))
                                       : static_cast<int>(recv(stream_, buffer.data(), buffer.size(), 0));
            if (size <= 0) {
                return false;
            }
            unread_.append(buffer.data(), static_cast<std::size_t>(size));
            heard_.append(buffer.data(), static_cast<std::size_t>(size));
        }
        return true;
    }
    [[nodiscard]] bool has(const std::string& text) const { return unread_.find(text) != std::string::npos; }

  private:
    int stream_;
    const FakeXmppScript& script_;
    std::string& heard_;
    std::string unread_;
    Context context_{nullptr, SSL_CTX_free};
    Session session_{nullptr, SSL_free};
};

constexpr const char* tag_end = ">";
constexpr const char* stream_end = "</stream:stream>";

/// Plays a conversation to its end; false where it ends in a reset.
bool play(Line& line, const std::vector<FakeStep>& steps) {
    for (const auto& step : steps) {
        switch (step.kind) {
        case FakeStep::Kind::hears:
            if (!line.wait_for(tag_end)) {
                return true;
            }
            if (!line.has(step.text)) {
                if (line.has(stream_end)) {
                    line.say(stream_end);
                }
                return true;
            }
            break;
        case FakeStep::Kind::says:
            line.say(step.text);
            break;
        case FakeStep::Kind::tls:
            if (!line.start_tls()) {
                return true;
            }
            break;
        case FakeStep::Kind::blurts:
            line.blurt(step.text);
            break;
        case FakeStep::Kind::closes:
            return true;
        case FakeStep::Kind::resets:
            return false;
        }
    }
    return true;
}

bool begins_with_tls(int stream) {
    constexpr char handshake = 0x16;
    char first = 0;
    return recv(stream, &first, 1, MSG_PEEK) == 1 && first == handshake;
}

void reset_at_end(int stream) {
    const linger none{1, 0};
    setsockopt(stream, SOL_SOCKET, SO_LINGER, &none, sizeof none);
}

}  // namespace

std::string fake_header(std::string_view from, std::string_view attributes) {
    return fmt::format(
        "<?xml version='1.0'?><stream:stream xmlns='jabber:server' xmlns:db='jabber:server:dialback' "
        "xmlns:stream='http://etherx.jabber.org/streams' id='1' from='{}' {}>",
        from, attributes);
}

std::string fake_features(std::string_view content) {
    return fmt::format("<stream:features>{}</stream:features>", content);
}

FakeXmpp::FakeXmpp(FakeXmppScript script, const char* address) : script_{std::move(script)} {
    const bool is_v6 = std::string_view{address}.find(':') != std::string_view::npos;
    listener_ = socket(is_v6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in place{};
    place.sin_family = AF_INET;
    sockaddr_in6 place6{};
    place6.sin6_family = AF_INET6;
    inet_pton(AF_INET, address, &place.sin_addr);
    inet_pton(AF_INET6, address, &place6.sin6_addr);
    auto* const any = is_v6 ? reinterpret_cast<sockaddr*>(&place6) : reinterpret_cast<sockaddr*>(&place);
    socklen_t size = is_v6 ? sizeof place6 : sizeof place;
    if (bind(listener_, any, size) != 0 || listen(listener_, 64) != 0 || getsockname(listener_, any, &size) != 0) {
        throw std::runtime_error{"the fake server has no port"};
    }
    port_ = ntohs(is_v6 ? place6.sin6_port : place.sin_port);
    thread_ = std::thread{[this] { serve(); }};
}

FakeXmpp::~FakeXmpp() {
    ends_ = true;
    thread_.join();
    close(listener_);
}

std::vector<std::string> FakeXmpp::heard() {
    std::unique_lock lock{mutex_};
    quiet_.wait(lock, [&] { return !is_talking_; });
    return heard_;
}

void FakeXmpp::serve() {
    sigset_t broken_pipes;  // OpenSSL writes to whoever has gone
    sigemptyset(&broken_pipes);
    sigaddset(&broken_pipes, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &broken_pipes, nullptr);
    pollfd waiting{listener_, POLLIN, 0};
    while (!ends_) {
        if (poll(&waiting, 1, 20) <= 0) {
            continue;
        }
        const int stream = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        const int at_once = 1;
        setsockopt(stream, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
        const timeval patience{10, 0};
        setsockopt(stream, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        talk(stream);
        if (script_.resets) {
            reset_at_end(stream);
        }
        close(stream);
    }
}

void FakeXmpp::talk(int stream) {
    {
        const std::lock_guard lock{mutex_};
        is_talking_ = true;
    }
    std::string heard;
    Line line{stream, script_, heard};
    const auto converse = [&] {
        if (!script_.steps.empty()) {
            if (!play(line, script_.steps)) {
                reset_at_end(stream);
            }
            return;
        }
        if (script_.is_silent) {
            line.wait_for("never said");
            return;
        }
        if (script_.is_mute_to_plain && !begins_with_tls(stream)) {
            return;
        }
        if (script_.direct_tls && !line.start_tls()) {
            return;
        }
        if (!line.wait_for(tag_end)) {
            return;
        }
        line.say(script_.hello);
        if (script_.resets || !line.wait_for(tag_end)) {
            return;
        }
        if (line.has("<starttls")) {
            line.say(script_.to_starttls);
            if (script_.closes_after_proceed || !line.start_tls() || !line.wait_for(tag_end)) {
                return;
            }
            line.say(script_.secured);
            if (!line.wait_for(tag_end)) {
                return;
            }
        }
        if (line.has("<auth")) {
            line.say(script_.to_auth);
            if (!line.wait_for(tag_end)) {
                return;
            }
        }
        line.say("</stream:stream>");
    };
    converse();
    const std::lock_guard lock{mutex_};
    heard_.push_back(heard);
    is_talking_ = false;
    quiet_.notify_all();
}

}  // namespace xmppfed::test
