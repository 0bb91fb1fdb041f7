#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/line/options.hpp"

namespace xmppfed::cli {

/// A word of a command line, or a letter of it, and what it is.
struct LinePart {
    enum class Kind {
        plain,     ///< belongs to no option
        option,    ///< names one that is known
        value,     ///< of the option before it
        stranger,  ///< would be an option, but none of that name is known
        end,       ///< "--": everything behind it is plain
    };

    Kind kind = Kind::plain;
    std::size_t word = 0;            ///< its index
    const Option* option = nullptr;  ///< the one that is named, or whose value it is
    std::string_view text = {};      ///< the value; of a stranger what begins with its letter; else the whole word
    bool is_joined = false;          ///< a value in the word of its option: --tls=required, -ojson
};

/// The one place that tells what the words of a line are; everybody who reads a line, whole or not, goes by it. Nothing is
/// refused. A word that names known options is never the value of the option before it (`-m --dry-run`, `-m -hq`), which then
/// has none; letters that are flags may stand together, before the letter of an option with a value and that value (-qojson).
/// `options` and `words` must outlive the result.
[[nodiscard]] std::vector<LinePart> read_line(const std::vector<Option>& options,
                                              const std::vector<std::string>& words);

/// The option whose value would come next; null when none is awaited.
[[nodiscard]] const Option* awaiting_at_end(const std::vector<LinePart>& parts);

}  // namespace xmppfed::cli
