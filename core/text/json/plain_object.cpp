#include "core/text/json/plain_object.hpp"

#include <algorithm>
#include <utility>

namespace xmppfed::core {

namespace {

using Kind = PlacedJson::Kind;

// Beyond these the limits of `read_placed` come near.
constexpr std::size_t most_plain_members = 100;
constexpr std::size_t most_plain_elements = 1000;
constexpr std::size_t most_digits = 18;  // each such number is in the range of the type

// Of a partner.
constexpr std::size_t usual_members = 16;
constexpr std::size_t usual_elements = 4;

/// Every method returns whether the text goes on as wanted, and takes it then.
class PlainReader {
  public:
    PlainReader(std::string_view text, Place begin) : text_{text}, begin_{begin} {}

    [[nodiscard]] std::size_t taken() const { return at_; }

    bool object(PlacedJson& value, std::string_view streamed) {
        start(value, Kind::object);
        if (!take('{')) {
            return false;
        }
        value.members.reserve(usual_members);
        do {
            if (value.members.size() == most_plain_members) {
                return false;
            }
            skip_blanks();
            auto& member = value.members.emplace_back();
            member.place = here();
            if (!string(member.name) || member.name == streamed || !take_between_blanks(':') || !any(member.value)) {
                return false;
            }
        } while (take_between_blanks(','));
        return take('}');
    }

  private:
    [[nodiscard]] Place here() const { return {begin_.line, begin_.column + static_cast<std::int64_t>(at_)}; }
    [[nodiscard]] char next() const { return at_ < text_.size() ? text_[at_] : '\0'; }

    bool take(char wanted) {
        const bool is_there = next() == wanted;
        at_ += is_there ? 1 : 0;
        return is_there;
    }
    bool take(std::string_view word) {
        const bool is_there = text_.substr(at_).starts_with(word);
        at_ += is_there ? word.size() : 0;
        return is_there;
    }
    void skip_blanks() {
        while (next() == ' ') {
            ++at_;
        }
    }
    bool take_between_blanks(char wanted) {
        skip_blanks();
        const bool is_there = take(wanted);
        if (is_there) {
            skip_blanks();
        }
        return is_there;
    }

    void start(PlacedJson& value, Kind kind) const {
        value.kind = kind;
        value.place = here();
    }
    bool any(PlacedJson& value) {
        switch (next()) {
        case '"':
            start(value, Kind::text);
            return string(value.text);
        case '[':
            return array(value);
        case 't':
            return word(value, Kind::boolean, "true");
        case 'f':
            return word(value, Kind::boolean, "false");
        case 'n':
            return word(value, Kind::null, "null");
        default:
            return number(value);
        }
    }
    bool string(std::string& text) {
        const auto is_plain = [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; };
        if (!take('"')) {
            return false;
        }
        const auto rest = text_.substr(at_);
        const auto end = static_cast<std::size_t>(std::ranges::find_if_not(rest, is_plain) - rest.begin());
        text.assign(rest.substr(0, end));
        at_ += end;
        return take('"');
    }
    bool word(PlacedJson& value, Kind kind, std::string_view spelling) {
        start(value, kind);
        value.text = spelling;
        return take(spelling);
    }
    /// What follows must end it: 1.5 and 1e3 are for another.
    bool number(PlacedJson& value) {
        start(value, Kind::integer);
        const auto rest = text_.substr(at_);
        const auto end = std::min(rest.find_first_not_of("0123456789"), rest.size());
        const bool is_padded = end > 1 && rest.front() == '0';
        if (end == 0 || end > most_digits || is_padded) {
            return false;
        }
        value.text = rest.substr(0, end);
        at_ += end;
        return next() == ',' || next() == ' ' || next() == '}';
    }
    bool array(PlacedJson& value) {
        start(value, Kind::array);
        at_ += 1;
        skip_blanks();
        if (take(']')) {
            return true;
        }
        value.elements.reserve(usual_elements);
        do {
            if (value.elements.size() == most_plain_elements) {
                return false;
            }
            auto& element = value.elements.emplace_back();
            start(element, Kind::text);
            if (!string(element.text)) {
                return false;
            }
        } while (take_between_blanks(','));
        return take(']');
    }

    std::string_view text_;
    Place begin_;
    std::size_t at_ = 0;
};

}  // namespace

std::optional<PlainObject> read_plain_object(std::string_view text, Place begin, std::string_view streamed) {
    PlainReader reader{text, begin};
    PlainObject object;
    if (!reader.object(object.value, streamed)) {
        return std::nullopt;
    }
    object.size = reader.taken();
    return object;
}

}  // namespace xmppfed::core
