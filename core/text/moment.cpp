#include "core/text/moment.hpp"

#include <algorithm>
#include <charconv>

#include "core/text/timestamp.hpp"

namespace xmppfed::core {

namespace {

using std::chrono::sys_days;
using std::chrono::sys_seconds;

/// Reads a text from its front. What does not fit makes it no longer good.
class Scanner {
  public:
    explicit Scanner(std::string_view text) : rest_{text} {}

    int digits(std::size_t count) {
        int number = 0;
        const auto word = rest_.substr(0, count);
        good_ = good_ && word.size() == count && word.find_first_not_of("0123456789") == std::string_view::npos;
        std::from_chars(word.data(), word.data() + word.size(), number);
        rest_.remove_prefix(word.size());
        return number;
    }
    /// Takes one of these characters.
    char one_of(std::string_view choices) {
        if (rest_.empty() || choices.find(rest_.front()) == std::string_view::npos) {
            good_ = false;
            return '\0';
        }
        const char c = rest_.front();
        rest_.remove_prefix(1);
        return c;
    }
    [[nodiscard]] bool is_at(char c) const { return rest_.starts_with(c); }
    /// Takes all digits that follow; whether one of them is not 0.
    bool fraction() {
        const auto end = std::min(rest_.find_first_not_of("0123456789"), rest_.size());
        const auto word = rest_.substr(0, end);
        good_ = good_ && !word.empty();
        rest_.remove_prefix(end);
        return word.find_first_not_of('0') != std::string_view::npos;
    }
    void require(bool condition) { good_ = good_ && condition; }
    [[nodiscard]] bool is_good_end() const { return good_ && rest_.empty(); }
    [[nodiscard]] bool is_good() const { return good_; }
    [[nodiscard]] bool is_end() const { return rest_.empty(); }

  private:
    std::string_view rest_;
    bool good_ = true;
};

sys_days day_in(Scanner& scanner) {
    const std::chrono::year year{scanner.digits(4)};
    scanner.one_of("-");
    const std::chrono::month month{static_cast<unsigned>(scanner.digits(2))};
    scanner.one_of("-");
    const std::chrono::year_month_day date{year, month, std::chrono::day{static_cast<unsigned>(scanner.digits(2))}};
    scanner.require(date.ok());
    return scanner.is_good() ? sys_days{date} : sys_days{};
}

std::chrono::seconds offset_in(Scanner& scanner) {
    const char sign = scanner.one_of("Zz+-");
    if (sign == 'Z' || sign == 'z') {
        return {};
    }
    const std::chrono::hours hours{scanner.digits(2)};
    scanner.one_of(":");
    const std::chrono::minutes minutes{scanner.digits(2)};
    scanner.require(hours < std::chrono::hours{24} && minutes < std::chrono::minutes{60});
    return sign == '-' ? -(hours + minutes) : hours + minutes;
}

/// RFC 3339, or the date alone.
std::optional<sys_seconds> named_time(std::string_view text, Bound bound) {
    Scanner scanner{text};
    const auto day = day_in(scanner);
    if (scanner.is_good_end()) {
        return bound == Bound::first ? sys_seconds{day} : day + std::chrono::days{1} - std::chrono::seconds{1};
    }
    scanner.one_of("Tt ");
    const std::chrono::hours hours{scanner.digits(2)};
    scanner.one_of(":");
    const std::chrono::minutes minutes{scanner.digits(2)};
    scanner.one_of(":");
    const std::chrono::seconds seconds{scanner.digits(2)};
    scanner.require(hours < std::chrono::hours{24} && minutes < std::chrono::minutes{60} &&
                    seconds <= std::chrono::seconds{60});  // a leap second
    bool is_between = false;
    if (scanner.is_at('.')) {
        scanner.one_of(".");
        is_between = scanner.fraction();
    }
    const auto offset = offset_in(scanner);
    if (!scanner.is_good_end()) {
        return std::nullopt;
    }
    return day + hours + minutes + seconds - offset + std::chrono::seconds{is_between && bound == Bound::first ? 1 : 0};
}

/// `7d`, `24h`.
std::optional<sys_seconds> time_ago(std::string_view text, sys_seconds now) {
    constexpr std::size_t most_digits = 6;
    if (text.size() < 2 || text.size() > most_digits + 1) {
        return std::nullopt;
    }
    Scanner scanner{text};
    const auto number = scanner.digits(text.size() - 1);
    const char unit = scanner.one_of("dh");
    if (!scanner.is_good_end()) {
        return std::nullopt;
    }
    return now - (unit == 'd' ? std::chrono::seconds{std::chrono::days{number}}
                              : std::chrono::seconds{std::chrono::hours{number}});
}

}  // namespace

std::optional<std::string> read_moment(std::string_view text, sys_seconds now, Bound bound) {
    auto time = time_ago(text, now);
    if (!time) {
        time = named_time(text, bound);
    }
    if (!time) {
        return std::nullopt;
    }
    auto written = timestamp(*time);
    return is_timestamp(written) ? std::optional{std::move(written)} : std::nullopt;  // a year has four digits
}

}  // namespace xmppfed::core
