#include "cli/line/typed_line.hpp"

namespace xmppfed::cli {

namespace {

class Reading {
  public:
    explicit Reading(const std::vector<Option>& options) : options_{options} {}

    TypedLine take() && { return std::move(line_); }

    void read(const std::string& word) {
        const bool is_option = word.size() > 1 && word.front() == '-';
        if (line_.options_ended || (line_.awaiting == nullptr && !is_option)) {
            line_.plain.push_back(word);
        } else if (word == "--") {
            line_.options_ended = true;
            line_.awaiting = nullptr;
        } else if (line_.awaiting != nullptr) {
            line_.given[line_.awaiting->name].push_back(word);
            line_.awaiting = nullptr;
        } else {
            read_option(word);
        }
    }

  private:
    void read_option(const std::string& word) {
        const auto equals = word.find('=');
        if (const auto* option = option_named(options_, word.substr(0, equals))) {
            auto& values = line_.given[option->name];
            if (equals != std::string::npos) {
                values.push_back(word.substr(equals + 1));
            } else if (!option->is_flag()) {
                line_.awaiting = option;
            }
        } else if (word[1] != '-') {
            read_letters(word);
        }
    }

    /// `-qo`, `-ojson`: flags, and behind the first option with a value that value.
    void read_letters(const std::string& word) {
        for (std::size_t i = 1; i < word.size(); ++i) {
            const auto* option = option_named(options_, std::string{'-', word[i]});
            if (option == nullptr) {
                return;
            }
            auto& values = line_.given[option->name];
            if (!option->is_flag()) {
                const auto value = word.substr(i + 1);
                if (value.empty()) {
                    line_.awaiting = option;
                } else {
                    values.push_back(value);
                }
                return;
            }
        }
    }

    const std::vector<Option>& options_;
    TypedLine line_;
};

}  // namespace

TypedLine read_typed(const std::vector<Option>& options, const std::vector<std::string>& words) {
    Reading reading{options};
    for (const auto& word : words) {
        reading.read(word);
    }
    return std::move(reading).take();
}

}  // namespace xmppfed::cli
