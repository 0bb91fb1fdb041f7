#include "store/postgres/link/hosts.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <string_view>

#include "core/text/text.hpp"

namespace xmppfed::store {

namespace {

/// What libpq takes for `sslmode` where neither the address nor the service says one. It would not verify by itself, and
/// there is no other way to give it a default that a service may change.
class VerifiedByDefault {
  public:
    VerifiedByDefault() { ::setenv(variable, "verify-full", /*replace=*/0); }
    VerifiedByDefault(const VerifiedByDefault&) = delete;
    VerifiedByDefault& operator=(const VerifiedByDefault&) = delete;
    ~VerifiedByDefault() {
        if (!was_set_) {
            ::unsetenv(variable);
        }
    }

  private:
    static constexpr const char* variable = "PGSSLMODE";
    bool was_set_ = std::getenv(variable) != nullptr;
};

}  // namespace

PGconn* begin_to_connect(const std::string& address, const PostgresHost& host) {
    // What stands behind the address overrides it, unless it is empty; a dead server is noticed without a word from it.
    const std::array keywords{"keepalives_idle",
                              "keepalives_interval",
                              "keepalives_count",
                              "tcp_user_timeout",
                              "application_name",
                              "dbname",
                              "client_encoding",
                              "host",
                              "hostaddr",
                              "port",
                              static_cast<const char*>(nullptr)};
    const std::array values{"10",
                            "5",
                            "3",
                            "30000",
                            "xmppfed",
                            address.c_str(),
                            "UTF8",
                            host.host.c_str(),
                            host.address.c_str(),
                            host.port.c_str(),
                            static_cast<const char*>(nullptr)};
    const VerifiedByDefault verified;
    return libpq().connect_start(keywords.data(), values.data(), /*expand_dbname=*/1);
}

std::vector<PostgresHost> hosts_in(PGconn* connection) {
    const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options{libpq().address_in_use(connection),
                                                                               libpq().free_address};
    const auto items = [&](std::string_view keyword) {
        for (const auto* option = options.get(); option != nullptr && option->keyword != nullptr; ++option) {
            if (option->keyword == keyword && option->val != nullptr && *option->val != '\0') {
                return core::split(option->val, ',');
            }
        }
        return std::vector<std::string>{};
    };
    const auto names = items("host");
    const auto addresses = items("hostaddr");
    const auto ports = items("port");
    const auto count = std::max(names.size(), addresses.size());
    const auto has_empty = [](const auto& texts) { return std::ranges::count(texts, std::string{}) > 0; };
    if (count < 2 || items("target_session_attrs") == std::vector<std::string>{"prefer-standby"} || has_empty(names) ||
        has_empty(addresses) || has_empty(ports)) {
        return {{}};
    }
    const auto at = [](const std::vector<std::string>& texts, std::size_t index) {
        return texts.size() == 1 ? texts.front() : index < texts.size() ? texts[index] : std::string{};
    };
    std::vector<PostgresHost> hosts;
    for (std::size_t i = 0; i < count; ++i) {
        hosts.push_back({at(names, i), at(addresses, i), at(ports, i)});
    }
    return hosts;
}

}  // namespace xmppfed::store
