#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/line/options.hpp"

namespace xmppfed::cli {

/// What was said to a command so far, by its options and by answers to questions: in the words of its options, so that
/// the options' own code reads it, and the command line that says the same falls out of it.
class Answers {
  public:
    explicit Answers(Given given) : given_{std::move(given)} {}

    [[nodiscard]] bool has(const std::string& option) const { return given_.options.contains(option); }

    /// The values of an option, joined by commas; none when it was not given.
    [[nodiscard]] std::optional<std::string> text(const std::string& option) const;

    void set(const std::string& option, std::vector<std::string> values) { given_.options[option] = std::move(values); }
    void drop(const std::string& option) { given_.options.erase(option); }

    /// The command line, without the name of the command, in the order of its options.
    [[nodiscard]] std::vector<std::string> words(const OptionSet& options) const;

  private:
    Given given_;
};

}  // namespace xmppfed::cli
