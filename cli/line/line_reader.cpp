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
        const auto equals = word.find('=');
        const auto* const named = option_named(options_, word.substr(0, equals));
        if (ended_) {
            add({.kind = Kind::plain, .text = word});
        } else if (word == "--") {
            ended_ = true;
            add({.kind = Kind::end, .text = word});
        } else if (named != nullptr) {
            add({.kind = Kind::option, .option = named, .text = word});
            if (equals != std::string_view::npos) {
                add_joined(named, word.substr(equals + 1));
            }
        } else if (const auto* const awaiting = awaiting_at_end(parts_)) {
            add({.kind = Kind::value, .option = awaiting, .text = word});
        } else if (word.size() < 2 || word.front() != '-') {
            add({.kind = Kind::plain, .text = word});
        } else if (!read_letters(word)) {
            add({.kind = Kind::stranger, .text = word});
        }
    }

  private:
    void add(LinePart part) {
        part.word = index_;
        parts_.push_back(part);
    }

    void add_joined(const Option* option, std::string_view value) {
        add({.kind = Kind::value, .option = option, .text = value, .is_joined = true});
    }

    /// False, and nothing read, when a letter is none of an option's. What follows that of an option with a value is the
    /// value.
    bool read_letters(std::string_view word) {
        const auto before = parts_.size();
        for (std::size_t i = 1; i < word.size(); ++i) {
            const auto* const option = option_named(options_, std::string{'-', word[i]});
            if (option == nullptr) {
                parts_.resize(before);
                return false;
            }
            add({.kind = Kind::option, .option = option, .text = word});
            if (!option->is_flag()) {
                if (i + 1 < word.size()) {
                    add_joined(option, word.substr(word[i + 1] == '=' ? i + 2 : i + 1));
                }
                break;
            }
        }
        return true;
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
