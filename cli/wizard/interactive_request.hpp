#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/line/command.hpp"
#include "cli/wizard/answers.hpp"

namespace xmppfed::cli {

/// What an answer of `""` does.
enum class Clearing {
    impossible,   ///< it is a value like any other
    leaves_out,   ///< takes the option back
    gives_empty,  ///< gives the option an empty value, which clears the field
};

/// A word that answers a page and stands for an option without a value.
struct Keyword {
    std::string word;
    std::string option;
};

/// One page of an interview: one question, which fills an option. Without options there is no question: it only shows.
struct Page {
    std::string_view heading;  ///< the page of the form that it belongs to
    std::string_view label;    ///< what is asked for
    std::string_view field;    ///< JSON key, to tell which diagnostics are about it
    std::string text = {};     ///< what there is to say beside the meaning of the options
    std::string details = {};  ///< whole lines that follow it as they are
    std::string current = {};  ///< what Enter keeps; empty for nothing

    /// The options that it can fill: the one that has the answer among its values, else the first. An answer takes the
    /// other ones back.
    std::vector<std::string> options;
    std::vector<Keyword> keywords = {};
    std::vector<std::string> replaces = {};  ///< further options that an answer takes back
    Clearing clearing = Clearing::impossible;
};

/// A request that can be made page by page. The engine makes a new one of all answers after each answer.
class InteractiveRequest : public CommandRequest {
  public:
    /// The pages, as they are after these answers. Throws what makes all questions pointless.
    [[nodiscard]] virtual std::vector<Page> pages(Context& context, const Answers& answers) const = 0;

    /// Judges the answer to a page: throws what is wrong with it, and prints what comes of it as output of the context.
    virtual void review(Context& context, const Answers& answers, const Page& page) const = 0;

    /// Whether the answers ask for nothing, so that there is nothing to confirm.
    [[nodiscard]] virtual bool asks_for_nothing() const { return false; }
};

template <class R>
std::unique_ptr<InteractiveRequest> make_interactive_request() {
    return std::make_unique<R>();
}

}  // namespace xmppfed::cli
