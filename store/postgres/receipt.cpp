#include "store/postgres/receipt.hpp"

#include <sys/random.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <optional>
#include <thread>

#include <fmt/format.h>

#include "core/error.hpp"
#include "store/postgres/transaction.hpp"

namespace xmppfed::store {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds look_for_at_most{30};
constexpr std::chrono::milliseconds pause_between_looks{200};

std::optional<Receipt> look_once(Location location, const std::string& id) {
    location.wait = look_for_at_most;
    try {
        PostgresConnection connection{location};
        const PostgresTransaction transaction{connection, Purpose::write};
        const auto found = connection.ask("SELECT 1 FROM receipt WHERE id = $1::uuid", id);
        return found.rows() > 0 ? Receipt::there : Receipt::absent;
    } catch (const core::Error&) {
        return std::nullopt;
    } catch (const PostgresFailure&) {
        return std::nullopt;
    }
}

}  // namespace

std::string new_receipt_id() {
    std::array<unsigned char, 16> octets{};
    if (::getrandom(octets.data(), octets.size(), 0) != static_cast<ssize_t>(octets.size())) {
        throw core::Error{core::ErrorKind::failed, "the system gives no random numbers"};
    }
    constexpr std::size_t version_octet = 6;
    constexpr std::size_t variant_octet = 8;
    octets[version_octet] = static_cast<unsigned char>((octets[version_octet] & 0x0f) | 0x40);
    octets[variant_octet] = static_cast<unsigned char>((octets[variant_octet] & 0x3f) | 0x80);
    std::string id;
    for (std::size_t i = 0; i < octets.size(); ++i) {
        id += fmt::format("{}{:02x}", i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "", octets[i]);
    }
    return id;
}

Receipt find_receipt(const Location& location, const std::string& id) {
    const auto end = Clock::now() + look_for_at_most;
    do {
        if (const auto found = look_once(location, id)) {
            return *found;
        }
        std::this_thread::sleep_for(pause_between_looks);
    } while (Clock::now() < end);
    return Receipt::unknown;
}

}  // namespace xmppfed::store
