#include "net/dns/extended_error.hpp"

#include <array>

#include <fmt/format.h>

#include "core/text/text.hpp"

namespace xmppfed::net {

namespace {

constexpr std::size_t extended_error = 15;  // the option's code
constexpr std::size_t longest_reason = 200;

/// The names that RFC 8914 section 4 gives the codes, and RFC 9276's.
constexpr std::array<std::string_view, 28> names{
    "other error",
    "unsupported DNSKEY algorithm",
    "unsupported DS digest type",
    "stale answer",
    "forged answer",
    "DNSSEC indeterminate",
    "DNSSEC bogus",
    "signature expired",
    "signature not yet valid",
    "DNSKEY missing",
    "RRSIGs missing",
    "no zone key bit set",
    "NSEC missing",
    "cached error",
    "not ready",
    "blocked",
    "censored",
    "filtered",
    "prohibited",
    "stale NXDOMAIN answer",
    "not authoritative",
    "not supported",
    "no reachable authority",
    "network error",
    "invalid data",
    "signature expired before valid",
    "too early",
    "unsupported NSEC3 iterations value",
};

std::size_t number_at(std::string_view octets, std::size_t place) {
    constexpr std::size_t octet = 256;
    return static_cast<unsigned char>(octets[place]) * octet + static_cast<unsigned char>(octets[place + 1]);
}

std::string text_of(std::string_view error) {
    const auto code = number_at(error, 0);
    const auto name = code < names.size() ? std::string{names[code]} : fmt::format("extended error {}", code);
    const auto words = error.substr(2, longest_reason);
    return words.empty() ? name : fmt::format("{}: {}", name, core::escape(words));
}

}  // namespace

std::string extended_error_text(std::string_view options) {
    constexpr std::size_t head = 4;
    while (options.size() >= head) {
        const auto code = number_at(options, 0);
        const auto size = number_at(options, 2);
        options.remove_prefix(head);
        if (size > options.size()) {
            break;
        }
        if (code == extended_error && size >= 2) {
            return text_of(options.substr(0, size));
        }
        options.remove_prefix(size);
    }
    return {};
}

}  // namespace xmppfed::net
