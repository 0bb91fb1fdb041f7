#include "cli/line/help_topics.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "cli/line/help_text.hpp"
#include "cli/terminal/manual_source.hpp"
#include "cli/terminal/manual_text.hpp"
#include "core/rule/rules.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli {

namespace {

constexpr std::string_view rules_page = "rules.7";

constexpr std::array topics{
    HelpTopic{"rules", "what is refused, warned of and remarked, rule by rule", rules_page, "DESCRIPTION"},
    HelpTopic{"manifest", "the partner book as a file", "manifest.5", {}},
    HelpTopic{"edge", "our own side, certificates, firewalls and DNS", "edge.7", {}},
    HelpTopic{"servers", "how a server comes to enforce the book", "servers.7", {}},
    HelpTopic{"exit-codes", "what a command's exit code says", "xmppfed", "EXIT STATUS"},
    HelpTopic{"environment", "variables and files that decide something", "xmppfed", "ENVIRONMENT,FILES"},
};

std::string text_of(const HelpTopic& topic, const Style& style, std::size_t width) {
    const auto source = manual_source(topic.page);
    if (topic.sections.empty()) {
        return manual_text(source, style, width);
    }
    std::string prose;
    for (const auto& title : core::split(topic.sections, ',')) {
        const auto heading = fmt::format(".Sh {}", title);
        prose += fmt::format("{}\n{}\n", heading, manual_section(source, heading));
    }
    return manual_text(prose, style, width);
}

std::string list_of_rules(const Style& style, std::size_t width) {
    std::string text;
    for (const auto& rule : core::rule::table) {
        text += help_entry(rule.id, fmt::format("{}: {}", style.severity(rule.severity), rule.when), width);
    }
    return fmt::format("\n{}\n{}\n`xmppfed help RULE` tells why, and what to do.\n", style.bold("RULES"), text);
}

std::string text_of(const core::Rule& rule, const Style& style, std::size_t width) {
    const auto section = manual_section(manual_source(rules_page), fmt::format(".Ss {}", rule.id));
    const auto lead = fmt::format("{} ({}): {}", rule.id, core::name(rule.severity), rule.when);
    return fmt::format("{}\n\n{}", style.bold(lead), manual_text(section, style, width));
}

}  // namespace

std::span<const HelpTopic> help_topics() {
    return topics;
}

std::vector<core::EnumValue> help_words(std::string_view begun) {
    std::vector<core::EnumValue> words;
    for (const auto& topic : topics) {
        if (std::ranges::find(nouns(), topic.name, &Noun::name) == nouns().end()) {
            words.push_back({topic.name, topic.meaning});
        }
    }
    for (const auto& rule : core::rule::table) {
        if (!begun.empty()) {
            words.push_back({rule.id, rule.when});
        }
    }
    return words;
}

std::optional<std::string> topic_help(std::string_view word, const Style& style, std::optional<std::size_t> columns) {
    const auto width = help_width(columns);
    const auto name = core::ascii_lower(word);
    if (const auto* const topic = std::ranges::find(topics, name, &HelpTopic::name); topic != topics.end()) {
        return text_of(*topic, style, width) + (topic->page == rules_page ? list_of_rules(style, width) : "");
    }
    const auto* const rule = std::ranges::find(core::rule::table, name, &core::Rule::id);
    return rule == core::rule::table.end() ? std::nullopt : std::optional{text_of(*rule, style, width)};
}

}  // namespace xmppfed::cli
