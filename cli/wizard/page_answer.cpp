#include "cli/wizard/page_answer.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli {

namespace {

constexpr std::string_view empty_value = "\"\"";  // as a shell has it

/// The option of a page that an answer fills.
const Option& option_for(const Page& page, const OptionSet& options, const std::string& answer) {
    for (const auto& name : page.options) {
        const auto& option = options.named(name);
        if (core::find_value(option.values, answer)) {
            return option;
        }
    }
    return options.named(page.options.front());
}

std::vector<std::string> values_of(const Option& option, const std::string& answer) {
    return option.repeat == Repeat::collects ? comma_items({answer}) : std::vector{answer};
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
        const auto& option = option_for(page, options, answer);
        answers.set(option.name, values_of(option, answer));
    }
    return answers;
}

}  // namespace xmppfed::cli
