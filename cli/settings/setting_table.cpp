#include "cli/settings/setting_table.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "cli/settings/globals.hpp"
#include "cli/settings/settings.hpp"
#include "core/text/text.hpp"
#include "net/address.hpp"
#include "net/dns/system_resolvers.hpp"
#include "store/address.hpp"

namespace xmppfed::cli {

namespace {

constexpr std::size_t longest_host = 255;

/// A path that the system could take: without a NUL, and not longer than any.
bool is_absolute_path(std::string_view text) {
    return text.starts_with('/') && text.find('\0') == std::string_view::npos;
}

bool is_store(std::string_view text) {
    return is_absolute_path(text) ||
           (text.find('\0') == std::string_view::npos && store::is_known_address(text) && !store::has_password(text));
}

bool is_color(std::string_view text) {
    return core::parse_enum<ColorMode>(text).has_value();
}

template <std::int64_t most>
bool is_number(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), number);
    return status == std::errc{} && end == text.data() + text.size() && number >= 0 && number <= most;
}

bool is_resolver(std::string_view text) {
    return net::Address::read_with_port(text, net::dns_port).has_value();
}

bool is_host(std::string_view text) {
    return !text.empty() && text.size() <= longest_host && text.find_first_of("\n\t") == std::string_view::npos &&
           core::free_text_problem(text).empty();
}

constexpr std::array<SettingRow, setting_count> table_of_settings{{
    {"store", SettingKind::text, "an absolute path, or the address of a PostgreSQL database without a password",
     R"("store": "/srv/edge/store.db")", is_store},
    {"color", SettingKind::text, "auto, always or never", R"("color": "never")", is_color},
    {"wait", SettingKind::number, "a number of seconds from 0 to 86400", R"("wait": 10)", is_number<most_wait_seconds>},
    {"warn_days", SettingKind::number, "a number of days from 0 to 3650", R"("warn_days": 21)",
     is_number<most_warn_days>},
    {"resolver", SettingKind::list, "an IP address, and a port if it is not 53", R"("resolver": ["127.0.0.1"])",
     is_resolver},
    {"ca_file", SettingKind::list, "an absolute path", R"("ca_file": ["/etc/ssl/private-root.pem"])", is_absolute_path},
    {"host", SettingKind::text, "a name of at most 255 octets without control characters", R"("host": "edge1")",
     is_host},
    {"rendered", SettingKind::list, "an absolute path", R"("rendered": ["/etc/prosody/xmppfed"])", is_absolute_path},
}};

}  // namespace

std::span<const SettingRow> setting_rows() {
    return table_of_settings;
}

}  // namespace xmppfed::cli
