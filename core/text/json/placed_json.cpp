#include "core/text/json/placed_json.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/text/json/json.hpp"
#include "core/text/json/plain_object.hpp"
#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

using std::string_view_literals::operator""sv;
using Kind = PlacedJson::Kind;

/// What nlohmann's parser says of broken JSON, without its own numbering and without the text that it repeats.
std::string syntax_problem(std::string_view what) {
    if (what.find("out_of_range"sv) != std::string_view::npos) {
        return "a number is too large to be read";
    }
    constexpr auto lead = "syntax error "sv;
    const auto start = what.find(lead);
    const auto expected = std::min(what.rfind("; expected "sv), what.size());
    const auto end = std::min(what.find("; last read: '"sv), expected);
    if (start == std::string_view::npos || end < start) {
        return "this is no JSON";
    }
    const auto problem = what.substr(start + lead.size(), end - start - lead.size());
    return escape(fmt::format("this is no JSON: {}{}", problem, what.substr(expected)));
}

/// The digits of a number that is whole however it is spelt: 100.0 and 1e2 are 100, as JSON Schema has it. Nothing for a
/// fraction. `text` is a number of JSON that a double can hold, so that few digits are added to its own.
std::optional<std::string> whole_digits(std::string_view text) {
    const bool is_negative = text.starts_with('-');
    const auto mark = std::min(text.find_first_of("eE"), text.size());
    std::string digits{text.substr(0, mark).substr(is_negative ? 1 : 0)};
    const auto point = std::min(digits.find('.'), digits.size());
    std::erase(digits, '.');
    const auto last = digits.find_last_not_of('0');
    if (last == std::string::npos) {
        return "0";
    }
    auto power = text.substr(std::min(mark + 1, text.size()));
    power.remove_prefix(power.starts_with('+') ? 1 : 0);
    std::int64_t shift = 0;
    const auto status = std::from_chars(power.data(), power.data() + power.size(), shift).ec;
    const auto least = static_cast<std::int64_t>(last + 1) - static_cast<std::int64_t>(point);
    if (status == std::errc::result_out_of_range || shift < least) {  // too large a power does not get here
        return std::nullopt;
    }
    digits.resize(static_cast<std::size_t>(static_cast<std::int64_t>(point) + shift), '0');
    digits.erase(0, digits.find_first_not_of('0'));
    return (is_negative ? "-" : "") + digits;
}

/// The handler of nlohmann's SAX parser: false ends the parse.
class Builder {
  public:
    using Handler = std::function<void(PlacedJson&&)>;

    Builder(const JsonSource& source, std::string_view streamed, std::string_view skipped, const Handler& element,
            const Handler& whole)
        : source_{source}, streamed_{streamed}, skipped_{skipped}, element_{element}, whole_{whole} {}

    [[nodiscard]] const std::optional<JsonProblem>& problem() const { return problem_; }

    bool null() { return scalar(Kind::null, "null", source_.token()); }
    bool boolean(bool value) { return scalar(Kind::boolean, value ? "true" : "false", source_.token()); }
    bool number_integer(std::int64_t value) { return scalar(Kind::integer, std::to_string(value), source_.number()); }
    bool number_unsigned(std::uint64_t value) { return scalar(Kind::integer, std::to_string(value), source_.number()); }
    bool number_float(double /*value*/, const std::string& text) {
        auto digits = whole_digits(text);
        return digits ? scalar(Kind::integer, std::move(*digits), source_.number())
                      : scalar(Kind::fraction, text, source_.number());
    }
    bool string(std::string& text) { return scalar(Kind::text, std::move(text), source_.token()); }
    bool binary(Json::binary_t& /*bytes*/) { return false; }  // JSON has none

    bool start_object(std::size_t /*size*/) { return open(Kind::object); }
    bool end_object() { return close(); }
    bool start_array(std::size_t /*size*/) { return open(Kind::array); }
    bool end_array() { return close(); }
    bool key(std::string& name) {
        auto& members = open_.back().members;
        if (members.size() == most_members) {
            return refuse(fmt::format("this object has more than {} keys", most_members), source_.token());
        }
        members.push_back({std::move(name), source_.token(), {}});
        return true;
    }
    bool parse_error(std::size_t /*position*/, const std::string& /*token*/,
                     const nlohmann::detail::exception& exception) {
        problem_ = {syntax_problem(exception.what()), source_.last()};
        return false;
    }

  private:
    bool scalar(Kind kind, std::string text, const Place& place) {
        PlacedJson value;
        value.kind = kind;
        value.text = std::move(text);
        value.place = place;
        return add(std::move(value));
    }
    bool refuse(std::string message, const Place& place) {
        problem_ = {std::move(message), place};
        return false;
    }
    bool open(Kind kind) {
        if (open_.size() == deepest_json) {
            return refuse(fmt::format("this is nested deeper than {} levels", deepest_json), source_.token());
        }
        open_.emplace_back();
        open_.back().kind = kind;
        open_.back().place = source_.token();
        return true;
    }
    bool close() {
        auto value = std::move(open_.back());
        open_.pop_back();
        return add(std::move(value));
    }
    bool add(PlacedJson&& value) {
        if (open_.empty()) {
            whole_(std::move(value));
        } else if (open_.back().kind == Kind::object) {
            open_.back().members.back().value = std::move(value);
        } else if (open_.size() == 1 || is_in(streamed_)) {
            element_(std::move(value));
        } else if (!skipped_.empty() && is_in(skipped_)) {
            return true;
        } else if (open_.back().elements.size() == most_elements) {
            return refuse(fmt::format("this array has more than {} items", most_elements), value.place);
        } else {
            open_.back().elements.push_back(std::move(value));
        }
        return true;
    }
    /// Whether the array that is open is that member of the outermost object.
    [[nodiscard]] bool is_in(std::string_view array) const {
        return open_.size() == 2 && open_.front().kind == Kind::object && open_.front().members.back().name == array;
    }

    const JsonSource& source_;
    std::string_view streamed_;
    std::string_view skipped_;
    const Handler& element_;
    const Handler& whole_;
    std::vector<PlacedJson> open_;
    std::optional<JsonProblem> problem_;
};

}  // namespace

std::string_view name_of(PlacedJson::Kind kind) {
    constexpr std::array names{"null"sv,     "true or false"sv, "a whole number"sv, "a fraction"sv,
                               "a string"sv, "an object"sv,     "an array"sv};
    return names.at(static_cast<std::size_t>(kind));
}

std::optional<JsonProblem> read_placed(JsonSource& source, std::string_view streamed,
                                       const std::function<void(PlacedJson&&)>& element,
                                       const std::function<void(PlacedJson&&)>& whole, std::string_view skipped) {
    if (source.is_at_mark()) {  // the parser would skip it, wherever in the file it stands
        return JsonProblem{"this is no JSON: a value cannot begin with this character", source.next()};
    }
    if (auto plain = read_plain_object(source.at_hand(), source.next(), streamed)) {
        source.take_plain(plain->size);
        whole(std::move(plain->value));
        return std::nullopt;
    }
    Builder builder{source, streamed, skipped, element, whole};
    constexpr bool to_the_end = false;  // what follows is the caller's
    Json::sax_parse(source.begin(), source.end(), &builder, nlohmann::detail::input_format_t::json, to_the_end);
    return builder.problem();
}

}  // namespace xmppfed::core
