#include "cli/line/line_reader.hpp"

#include <algorithm>

namespace xmppfed::cli {

namespace {

using Kind = LinePart::Kind;

bool awaits_value(const LinePart& part) {
    return part.kind == Kind::option && !part.option->is_flag();
}

class LineReader {
  public:
    explicit LineReader(const std::vector<Option>& options) : options_{options} {}

    std::vector<LinePart> take() && { return std::move(parts_); }

    void read(std::size_t index, std::string_view word) {
        index_ = index;
        if (ended_) {
            add({.kind = Kind::plain, .text = word});
        } else {
            read_before_end(word);
        }
    }

  private:
    void read_before_end(std::string_view word) {
        const auto equals = word.find('=');
        const auto* const named = option_named(options_, word.substr(0, equals));
        const auto* const awaiting = awaiting_at_end(parts_);
        const auto letters = letters_of(word);
        const bool is_bundle = !letters.empty() && letters.back().kind == Kind::option;
        if (word == "--") {
            ended_ = true;
            add({.kind = Kind::end, .text = word});
        } else if (named != nullptr) {
            add({.kind = Kind::option, .option = named, .text = word});
            if (equals != std::string_view::npos) {
                add({.kind = Kind::value, .option = named, .text = word.substr(equals + 1), .is_joined = true});
            }
        } else if (awaiting != nullptr && !is_bundle) {
            add({.kind = Kind::value, .option = awaiting, .text = word});
        } else if (letters.empty()) {
            add({.kind = Kind::plain, .text = word});
        } else {
            std::ranges::for_each(letters, [this](const LinePart& part) { add(part); });
        }
    }

    void add(LinePart part) {
        part.word = index_;
        parts_.push_back(part);
    }

    /// What a word with a hyphen is by its letters: options, of which the last may have its value behind it; or, with a
    /// letter that is none of an option's, a stranger and nothing else. None for any other word.
    [[nodiscard]] std::vector<LinePart> letters_of(std::string_view word) const {
        std::vector<LinePart> letters;
        for (std::size_t i = 1; word.starts_with('-') && i < word.size(); ++i) {
            const auto* const option = option_named(options_, std::string{'-', word[i]});
            if (option == nullptr) {
                return {{.kind = Kind::stranger, .text = i == 1 ? word : word.substr(i)}};
            }
            letters.push_back({.kind = Kind::option, .option = option, .text = word});
            if (!option->is_flag()) {
                if (i + 1 < word.size()) {
                    const auto value = word.substr(word[i + 1] == '=' ? i + 2 : i + 1);
                    letters.push_back({.kind = Kind::value, .option = option, .text = value, .is_joined = true});
                }
                break;
            }
        }
        return letters;
    }

    const std::vector<Option>& options_;
    std::vector<LinePart> parts_;
    std::size_t index_ = 0;
    bool ended_ = false;
};

}  // namespace

std::vector<LinePart> read_line(const std::vector<Option>& options, const std::vector<std::string>& words) {
    LineReader reader{options};
    for (std::size_t i = 0; i < words.size(); ++i) {
        reader.read(i, words[i]);
    }
    return std::move(reader).take();
}

const Option* awaiting_at_end(const std::vector<LinePart>& parts) {
    return !parts.empty() && awaits_value(parts.back()) ? parts.back().option : nullptr;
}

}  // namespace xmppfed::cli
