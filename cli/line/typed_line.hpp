#pragma once

#include <map>
#include <string>
#include <vector>

#include "cli/line/options.hpp"

namespace xmppfed::cli {

/// The words of a line that is still being typed, told apart as `OptionSet::parse` will tell them apart; nothing is
/// refused.
struct TypedLine {
    std::vector<std::string> plain;                         ///< those that belong to no option
    std::map<std::string, std::vector<std::string>> given;  ///< option by name: its values so far
    const Option* awaiting = nullptr;                       ///< the option whose value comes next
    bool options_ended = false;                             ///< by "--"
};

/// `options` must outlive the result.
[[nodiscard]] TypedLine read_typed(const std::vector<Option>& options, const std::vector<std::string>& words);

}  // namespace xmppfed::cli
