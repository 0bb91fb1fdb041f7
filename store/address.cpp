#include "store/address.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "core/text/text.hpp"

namespace xmppfed::store {

namespace {

constexpr std::string_view scheme_mark = "://";
constexpr std::string_view service_mark = "service=";

bool is_scheme(std::string_view text) {
    const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
    const auto lower = core::ascii_lower(text);
    return !lower.empty() && is_letter(lower.front()) && std::ranges::all_of(lower, [&](char c) {
        return is_letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
    });
}

/// `%41` is `A`; what is none of these stays.
std::string percent_decoded(std::string_view text) {
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned octet = 0;
        if (text[i] == '%' && i + 2 < text.size() &&
            std::from_chars(&text[i + 1], &text[i + 1] + 2, octet, 16).ptr == &text[i + 1] + 2) {
            decoded += static_cast<char>(octet);
            i += 2;
        } else {
            decoded += text[i];
        }
    }
    return decoded;
}

/// libpq takes `service=NAME password=…` too; here it is one name.
bool is_service_name(std::string_view name) {
    return !name.empty() && name.find_first_of(" \t\r\n\f\v'\\=") == std::string_view::npos;
}

/// Whether what follows the colons of `HOST:PORT,HOST:PORT` are numbers.
bool has_good_ports(std::string_view hosts) {
    return std::ranges::all_of(core::split(hosts, ','), [](const std::string& host) {
        const auto bracket = host.rfind(']');  // of an IPv6 address
        const auto colon = host.find(':', bracket == std::string::npos ? 0 : bracket);
        return colon == std::string::npos || host.find_first_not_of("0123456789", colon + 1) == std::string::npos;
    });
}

}  // namespace

std::string_view beginning_of_address(std::string_view name) {
    if (core::ascii_lower(name).starts_with(service_mark)) {
        return name.substr(0, service_mark.size());
    }
    const auto mark = name.find(scheme_mark);
    return mark != std::string_view::npos && is_scheme(name.substr(0, mark)) ? name.substr(0, mark + scheme_mark.size())
                                                                             : std::string_view{};
}

bool is_known_address(std::string_view address) {
    const auto beginning = beginning_of_address(address);
    return beginning == "postgresql://" || beginning == "postgres://" ||
           (beginning == service_mark && is_service_name(address.substr(beginning.size())));
}

bool has_password(std::string_view address) {
    const auto rest = address.substr(beginning_of_address(address).size());
    const auto question = std::min(rest.find('?'), rest.size());
    auto authority = rest.substr(0, std::min(rest.find('/'), question));
    // libpq takes what stands before the first @ for the user; a password may have another one in it.
    if (const auto at = authority.find('@'); at != std::string_view::npos) {
        if (authority.substr(0, at).find(':') != std::string_view::npos) {
            return true;
        }
        authority.remove_prefix(at + 1);
    }
    if (!has_good_ports(authority)) {  // a password with a slash in it looks like a port
        return true;
    }
    constexpr std::array secrets{"password", "sslpassword"};
    return std::ranges::any_of(core::split(rest.substr(question), '&'), [&](const std::string& parameter) {
        const std::string_view text = parameter.starts_with('?') ? std::string_view{parameter}.substr(1) : parameter;
        const auto key = core::ascii_lower(percent_decoded(text.substr(0, text.find('='))));
        return std::ranges::find(secrets, key) != secrets.end();
    });
}

Location location_of(std::string_view name) {
    Location location{.path = {}, .now = {}};
    (is_known_address(name) ? location.address : location.path) = name;
    return location;
}

}  // namespace xmppfed::store
