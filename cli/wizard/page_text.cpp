#include "cli/wizard/page_text.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/text/text.hpp"

namespace xmppfed::cli {

namespace {

/// The values of an option, numbered on from those of the options before; `choice` is the number of the last.
std::string values_text(const Option& option, std::size_t& choice) {
    const bool explained =
        std::ranges::any_of(option.values, [](const core::EnumValue& value) { return !value.meaning.empty(); });
    std::string text;
    for (const auto& value : option.values) {
        ++choice;
        if (explained) {
            text += fmt::format("    {}. {}: {}\n", choice, value.name, value.meaning);
        } else {
            text += fmt::format("{}{}. {}", text.empty() ? "  " : ", ", choice, value.name);
        }
    }
    return explained || text.empty() ? text : text + "\n";
}

/// What can be typed beside a value.
std::string keys_text(const Page& page, bool is_list) {
    std::vector<std::string> keys;
    if (page.options.empty()) {
        keys.emplace_back("Enter goes on");
    } else if (!page.current.empty()) {
        keys.emplace_back("Enter keeps it");
    } else if (page.clearing != Clearing::impossible) {
        keys.emplace_back("Enter leaves it empty");
    }
    if (!page.current.empty() && page.clearing != Clearing::impossible) {
        keys.emplace_back("\"\" clears it");
    }
    if (is_list) {
        keys.emplace_back("commas separate");
    }
    keys.insert(keys.end(), {"< goes back", "<N to page N", "cancel ends"});
    return core::join(keys, ", ");
}

}  // namespace

std::string page_text(const Page& page, const OptionSet& options, PageNumber number, const Style& style) {
    auto text =
        fmt::format("\n{} {}\n", style.bold(page.heading), style.dim(fmt::format("({}/{})", number.number, number.of)));
    bool is_list = false;
    std::size_t choice = 0;
    for (const auto& name : page.options) {
        const auto& option = options.named(name);
        text += fmt::format("  --{}: {}\n", option.name, option.meaning) + values_text(option, choice);
        is_list = is_list || option.repeat == Repeat::collects;
    }
    for (const auto& [word, name] : page.keywords) {
        text += fmt::format("    {}: {}\n", word, options.named(name).meaning);
    }
    text += page.text.empty() ? "" : fmt::format("  {}\n", page.text);
    text += page.details;
    return text + fmt::format("  {}\n", style.dim(keys_text(page, is_list)));
}

std::string prompt_of(const Page& page) {
    return page.current.empty() ? fmt::format("{}: ", page.label)
                                : fmt::format("{} [{}]: ", page.label, core::escape(page.current));
}

}  // namespace xmppfed::cli
