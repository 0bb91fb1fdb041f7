#include "cli/wizard/answers.hpp"

#include <fmt/format.h>

#include "core/text/text.hpp"

namespace xmppfed::cli {

std::optional<std::string> Answers::text(const std::string& option) const {
    const auto found = given_.options.find(option);
    return found == given_.options.end() ? std::nullopt : std::optional{core::join(found->second, ",")};
}

std::vector<std::string> Answers::words(const OptionSet& options) const {
    auto words = given_.positionals;
    for (const auto& option : options.options()) {
        const auto found = given_.options.find(option.name);
        if (found == given_.options.end()) {
            continue;
        }
        const auto name = "--" + option.name;
        if (option.is_flag()) {
            words.push_back(name);
        }
        for (const auto& value : found->second) {
            if (value.starts_with('-') && value != "-") {  // which would look like an option of its own
                words.push_back(fmt::format("{}={}", name, value));
            } else {
                words.push_back(name);
                words.push_back(value);
            }
        }
    }
    return words;
}

}  // namespace xmppfed::cli
