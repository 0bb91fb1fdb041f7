#include "cli/line/line_reader.hpp"

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
        if (word == "--") {
            ended_ = true;
            add({.kind = Kind::end, .text = word});
        } else if (named != nullptr) {
            add({.kind = Kind::option, .option = named, .text = word});
            if (equals != std::string_view::npos) {
                add_joined(named, word.substr(equals + 1));
            }
        } else if (awaiting != nullptr && !is_bundle(word)) {
            add({.kind = Kind::value, .option = awaiting, .text = word});
        } else if (word.size() < 2 || word.front() != '-') {
            add({.kind = Kind::plain, .text = word});
        } else {
            read_letters(word);
        }
    }

    void add(LinePart part) {
        part.word = index_;
        parts_.push_back(part);
    }

    void add_joined(const Option* option, std::string_view value) {
        add({.kind = Kind::value, .option = option, .text = value, .is_joined = true});
    }

    [[nodiscard]] const Option* by_letter(char letter) const {
        return option_named(options_, std::string{'-', letter});
    }

    /// Whether a word is nothing but letters of options (-qm), of which the last may take a value.
    [[nodiscard]] bool is_bundle(std::string_view word) const {
        if (word.size() < 2 || word.front() != '-') {
            return false;
        }
        for (std::size_t i = 1; i < word.size(); ++i) {
            const auto* const option = by_letter(word[i]);
            if (option == nullptr || (!option->is_flag() && i + 1 < word.size())) {
                return false;
            }
        }
        return true;
    }

    /// What follows the letter of an option with a value is the value. With a letter that is none of an option's the word
    /// is a stranger, and nothing else.
    void read_letters(std::string_view word) {
        const auto before = parts_.size();
        for (std::size_t i = 1; i < word.size(); ++i) {
            const auto* const option = by_letter(word[i]);
            if (option == nullptr) {
                parts_.resize(before);
                add({.kind = Kind::stranger, .text = i == 1 ? word : word.substr(i)});
                return;
            }
            add({.kind = Kind::option, .option = option, .text = word});
            if (!option->is_flag()) {
                if (i + 1 < word.size()) {
                    add_joined(option, word.substr(word[i + 1] == '=' ? i + 2 : i + 1));
                }
                return;
            }
        }
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
