#include "cli/page_text.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/text.hpp"

namespace xmppfed::cli {

namespace {

const Option& option_named(const OptionSet& options, std::string_view name) {
    return *std::ranges::find(options.options(), name, &Option::name);
}

std::string values_text(const Option& option) {
    const bool explained =
        std::ranges::any_of(option.values, [](const core::EnumValue& value) { return !value.meaning.empty(); });
    if (option.values.empty() || !explained) {
        return option.values.empty() ? "" : fmt::format("  {}\n", core::list_of(option.values));
    }
    std::string text;
    for (const auto& value : option.values) {
        text += fmt::format("    {}: {}\n", value.name, value.meaning);
    }
    return text;
}

/// What can be typed beside a value.
std::string keys_text(const Page& page, bool is_list) {
    std::vector<std::string> keys;
    if (!page.current.empty()) {
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
    keys.insert(keys.end(), {"< goes back", "cancel ends"});
    return core::join(keys, ", ");
}

}  // namespace

std::string page_text(const Page& page, const OptionSet& options, PageNumber number, const Style& style) {
    auto text =
        fmt::format("\n{} {}\n", style.bold(page.heading), style.dim(fmt::format("({}/{})", number.number, number.of)));
    bool is_list = false;
    for (const auto& name : page.options) {
        const auto& option = option_named(options, name);
        text += fmt::format("  --{}: {}\n", option.name, option.meaning) + values_text(option);
        is_list = is_list || option.repeat == Repeat::collects;
    }
    for (const auto& [word, name] : page.keywords) {
        text += fmt::format("    {}: {}\n", word, option_named(options, name).meaning);
    }
    text += page.text.empty() ? "" : fmt::format("  {}\n", page.text);
    return text + fmt::format("  {}\n", style.dim(keys_text(page, is_list)));
}

std::string prompt_of(const Page& page) {
    return page.current.empty() ? fmt::format("{}: ", page.label)
                                : fmt::format("{} [{}]: ", page.label, core::escape(page.current));
}

const Option& option_for(const Page& page, const OptionSet& options, const std::string& answer) {
    for (const auto& name : page.options) {
        const auto& option = option_named(options, name);
        if (core::find_value(option.values, answer)) {
            return option;
        }
    }
    return option_named(options, page.options.front());
}

std::vector<std::string> values_of_answer(const Option& option, const std::string& answer) {
    if (option.repeat != Repeat::collects) {
        return {answer};
    }
    auto items = core::split(answer, ',');
    for (auto& item : items) {
        item.erase(item.find_last_not_of(' ') + 1);
        item.erase(0, item.find_first_not_of(' '));
    }
    return items;
}

}  // namespace xmppfed::cli
