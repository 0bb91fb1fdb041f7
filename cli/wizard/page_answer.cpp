#include "cli/wizard/page_answer.hpp"

#include <algorithm>
#include <charconv>

#include "core/error.hpp"
#include "core/field/enumeration.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli {

namespace {

constexpr std::string_view empty_value = "\"\"";  // as a shell has it

/// An option that an answer fills, and what it says.
struct Choice {
    const Option* option;
    std::string text;
};

/// What can be chosen on a page, in the order in which it shows it; nothing where some other text may be typed as well.
std::vector<Choice> choices_of(const Page& page, const OptionSet& options) {
    std::vector<Choice> choices;
    for (const auto& name : page.options) {
        const auto& option = options.named(name);
        if (option.values.empty()) {
            return {};
        }
        for (const auto& value : option.values) {
            choices.push_back({&option, std::string{value.name}});
        }
    }
    return choices;
}

/// The choice that an answer names, by its number or by what it alone begins with.
const Choice* chosen(const std::vector<Choice>& choices, const std::string& answer) {
    std::size_t number = 0;
    const auto* const end = answer.data() + answer.size();
    if (std::from_chars(answer.data(), end, number).ptr == end) {
        return number >= 1 && number <= choices.size() ? &choices[number - 1] : nullptr;
    }
    const auto begins = [begin = core::folded(answer)](const Choice& choice) {
        return core::folded(choice.text).starts_with(begin);
    };
    const auto first = std::ranges::find_if(choices, begins);
    const bool is_unique = first != choices.end() && std::find_if(first + 1, choices.end(), begins) == choices.end();
    return is_unique ? &*first : nullptr;
}

/// What fills a page: an option that has the answer among its values, what it chooses, or the first option.
Choice choice_of(const Page& page, const OptionSet& options, const std::string& answer) {
    for (const auto& name : page.options) {
        const auto& option = options.named(name);
        if (core::find_value(option.values, answer)) {
            return {&option, answer};
        }
    }
    const auto choices = choices_of(page, options);
    const auto* const found = chosen(choices, answer);
    return found != nullptr ? *found : Choice{&options.named(page.options.front()), answer};
}

/// The values of an option that collects them are chosen one by one.
std::vector<std::string> values_of(const Page& page, const OptionSet& options, const Choice& choice) {
    if (choice.option->repeat != Repeat::collects) {
        return {choice.text};
    }
    auto items = comma_items({choice.text});
    for (auto& item : items) {
        item = choice_of(page, options, item).text;
    }
    return items;
}

/// An answer says all that there is to say on its page.
void take_back(Answers& answers, const Page& page) {
    for (const auto& option : page.options) {
        answers.drop(option);
    }
    for (const auto& keyword : page.keywords) {
        answers.drop(keyword.option);
    }
    for (const auto& option : page.replaces) {
        answers.drop(option);
    }
}

}  // namespace

Answers answered(Answers answers, const Page& page, const OptionSet& options, const std::string& answer) {
    if (answer.empty()) {
        return answers;
    }
    if (page.options.empty()) {
        throw core::Error{core::ErrorKind::usage, "this page asks for nothing"}.hint(
            "Enter goes on; what it shows comes of other pages and of the edge");
    }
    take_back(answers, page);
    const auto keyword = std::ranges::find(page.keywords, core::ascii_lower(answer), &Keyword::word);
    if (answer == empty_value && page.clearing != Clearing::impossible) {
        if (page.clearing == Clearing::gives_empty) {
            answers.set(page.options.front(), {""});
        }
    } else if (keyword != page.keywords.end()) {
        answers.set(keyword->option, {});
    } else {
        const auto choice = choice_of(page, options, answer);
        answers.set(choice.option->name, values_of(page, options, choice));
    }
    return answers;
}

}  // namespace xmppfed::cli
