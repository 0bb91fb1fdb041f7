#include "tests/support/fake_dns.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fmt/format.h>

#include <array>
#include <stdexcept>

namespace xmppfed::test {

namespace {

constexpr std::size_t head_size = 12;

unsigned number_at(std::string_view octets, std::size_t place) {
    return static_cast<unsigned char>(octets[place]) * 256U + static_cast<unsigned char>(octets[place + 1]);
}

int bound_socket(int type, std::uint16_t& port) {
    const int descriptor = socket(AF_INET, type | SOCK_CLOEXEC, 0);
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    place.sin_port = htons(port);
    socklen_t size = sizeof place;
    if (bind(descriptor, reinterpret_cast<const sockaddr*>(&place), sizeof place) != 0) {
        close(descriptor);
        return -1;
    }
    getsockname(descriptor, reinterpret_cast<sockaddr*>(&place), &size);
    port = ntohs(place.sin_port);
    return descriptor;
}

/// The name at `place`, which moves behind it.
std::string name_at(std::string_view octets, std::size_t& place) {
    std::string name;
    while (octets[place] != 0) {
        const auto size = static_cast<unsigned char>(octets[place]);
        name += (name.empty() ? "" : ".") + std::string{octets.substr(place + 1, size)};
        place += size + 1U;
    }
    ++place;
    return name;
}

std::string opt_record(const std::string& extended_error) {
    std::string options;
    if (!extended_error.empty()) {
        options = two_octets(15) + two_octets(static_cast<unsigned>(extended_error.size())) + extended_error;
    }
    return std::string(1, '\0') + two_octets(41) + two_octets(1232) + std::string(4, '\0') +
           two_octets(static_cast<unsigned>(options.size())) + options;
}

}  // namespace

std::string two_octets(unsigned number) {
    return {static_cast<char>(number >> 8U), static_cast<char>(number)};
}

std::string octets_of_name(std::string_view name) {
    std::string octets;
    while (!name.empty() && name != ".") {
        const auto label = name.substr(0, name.find('.'));
        octets += static_cast<char>(label.size());
        octets += label;
        name.remove_prefix(std::min(name.size(), label.size() + 1));
    }
    return octets + std::string(1, '\0');
}

std::string record(std::string_view owner, int type, const std::string& data) {
    return octets_of_name(owner) + two_octets(static_cast<unsigned>(type)) + two_octets(1) + std::string(4, '\0') +
           two_octets(static_cast<unsigned>(data.size())) + data;
}

std::string srv_record(std::string_view owner, unsigned priority, unsigned weight, unsigned port,
                       std::string_view target) {
    return record(owner, type_srv,
                  two_octets(priority) + two_octets(weight) + two_octets(port) + octets_of_name(target));
}

std::string address_record(std::string_view owner, const std::string& address) {
    std::array<char, 16> octets{};
    const bool is_v6 = address.find(':') != std::string::npos;
    inet_pton(is_v6 ? AF_INET6 : AF_INET, address.c_str(), octets.data());
    return record(owner, is_v6 ? type_aaaa : type_a, {octets.data(), is_v6 ? 16U : 4U});
}

FakeDns::FakeDns() {
    for (int attempt = 0; attempt < 100 && tcp_ < 0; ++attempt) {  // one port for both
        if (udp_ >= 0) {
            close(udp_);
        }
        port_ = 0;
        udp_ = bound_socket(SOCK_DGRAM, port_);
        tcp_ = bound_socket(SOCK_STREAM, port_);
    }
    if (tcp_ < 0 || listen(tcp_, 16) != 0) {
        throw std::runtime_error{"the fake resolver has no port"};
    }
    thread_ = std::thread{[this] { serve(); }};
}

FakeDns::~FakeDns() {
    ends_ = true;
    thread_.join();
    close(udp_);
    close(tcp_);
}

std::string FakeDns::address() const {
    return fmt::format("127.0.0.1:{}", port_);
}

void FakeDns::say(const std::string& name, int type, FakeAnswer answer) {
    const std::lock_guard lock{mutex_};
    answers_[fmt::format("{} {}", name, type)] = std::move(answer);
}

void FakeDns::say_unchecked(const std::string& name, int type, FakeAnswer answer) {
    const std::lock_guard lock{mutex_};
    answers_[fmt::format("{} {}+cd", name, type)] = std::move(answer);
}

void FakeDns::srv(const std::string& name, const std::vector<std::string>& records, bool authenticated) {
    say(name, type_srv, {.authenticated = authenticated, .records = records});
}

void FakeDns::address(const std::string& name, const std::string& address, bool authenticated) {
    const auto type = address.find(':') != std::string::npos ? type_aaaa : type_a;
    say(name, type, {.authenticated = authenticated, .records = {address_record(name, address)}});
}

std::vector<std::string> FakeDns::asked() {
    const std::lock_guard lock{mutex_};
    return asked_;
}

std::vector<std::string> FakeDns::answers_to(std::string_view query, bool over_tcp) {
    std::size_t place = head_size;
    const auto name = name_at(query, place);
    const auto type = number_at(query, place);
    const auto question = std::string{query.substr(head_size, place + 4 - head_size)};
    const bool has_edns = number_at(query, 10) != 0;  // the only additional record of a query
    const bool checking_disabled = (static_cast<unsigned char>(query[3]) & 0x10U) != 0;
    const std::lock_guard lock{mutex_};
    auto key = fmt::format("{} {}", name, type);
    asked_.push_back(key + (over_tcp ? "+tcp" : "") + (checking_disabled ? "+cd" : "") + (has_edns ? "" : "-edns"));
    if (checking_disabled && answers_.contains(key + "+cd")) {
        key += "+cd";
    }
    const auto found = answers_.find(key);
    const auto answer = found == answers_.end() ? FakeAnswer{.code = 3} : found->second;
    if (answer.silent) {
        return {};
    }
    if (answer.knows_no_edns && has_edns) {
        return {std::string{query.substr(0, 2)} + two_octets(0x8181U) + std::string(8, '\0')};
    }
    if (!answer.raw.empty()) {
        return {std::string{query.substr(0, 2)} + answer.raw};
    }
    const bool cut = answer.truncated_on_udp && !over_tcp;
    const unsigned flags =
        0x8180U | (cut ? 0x0200U : 0U) | (answer.authenticated ? 0x0020U : 0U) | static_cast<unsigned>(answer.code);
    const auto counts = two_octets(1) + two_octets(cut ? 0 : static_cast<unsigned>(answer.records.size())) +
                        two_octets(0) + two_octets(1);
    std::string rest = question;
    if (!cut) {
        for (const auto& each : answer.records) {
            rest += each;
        }
    }
    rest += opt_record(answer.extended_error);
    const auto whole = std::string{query.substr(0, 2)} + two_octets(flags) + counts + rest;
    std::vector<std::string> messages;
    if (answer.wrong_id_first) {
        auto forged = whole;
        forged[0] = static_cast<char>(~forged[0]);
        messages.push_back(forged);
    }
    if (answer.another_question_first) {
        auto forged = whole;
        forged[head_size + 1] = static_cast<char>(forged[head_size + 1] ^ 1);
        messages.push_back(forged);
    }
    messages.push_back(whole);
    return messages;
}

void FakeDns::serve() {
    std::array<pollfd, 2> waiting{{{udp_, POLLIN, 0}, {tcp_, POLLIN, 0}}};
    while (!ends_) {
        if (poll(waiting.data(), waiting.size(), 20) <= 0) {
            continue;
        }
        std::array<char, 4096> buffer{};
        if ((waiting[0].revents & POLLIN) != 0) {
            sockaddr_storage from{};
            socklen_t size = sizeof from;
            auto* place = reinterpret_cast<sockaddr*>(&from);
            const auto count = recvfrom(udp_, buffer.data(), buffer.size(), 0, place, &size);
            if (count > static_cast<ssize_t>(head_size)) {
                for (const auto& message : answers_to({buffer.data(), static_cast<std::size_t>(count)}, false)) {
                    sendto(udp_, message.data(), message.size(), 0, place, size);
                }
            }
        }
        if ((waiting[1].revents & POLLIN) != 0) {
            const int stream = accept(tcp_, nullptr, nullptr);
            const auto count = recv(stream, buffer.data(), buffer.size(), 0);
            if (count > static_cast<ssize_t>(head_size) + 2) {
                const std::string_view query{buffer.data() + 2, static_cast<std::size_t>(count) - 2};
                for (const auto& message : answers_to(query, true)) {
                    const auto framed = two_octets(static_cast<unsigned>(message.size())) + message;
                    for (const char octet : framed) {  // as slowly as a network may
                        send(stream, &octet, 1, MSG_NOSIGNAL);
                    }
                }
            }
            close(stream);
        }
    }
}

}  // namespace xmppfed::test
