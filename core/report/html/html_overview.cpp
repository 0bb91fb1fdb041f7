#include <array>

#include <fmt/format.h>

#include "core/report/figures.hpp"
#include "core/report/html/html_sections.hpp"

namespace xmppfed::core {

namespace {

Html severity_class(Severity severity) {
    switch (severity) {
    case Severity::error:
        return Html{"error"};
    case Severity::warning:
        return Html{"warning"};
    case Severity::info:
        return Html{"info"};
    }
    return {};
}

Html hint_html(std::string_view hint) {
    return hint.empty() ? Html{} : "<p class=\"hint\">" + Html::prose(hint) + "</p>\n";
}

Html example_html(const Diagnostic& example, std::string_view common_hint) {
    const auto whose = example.partner.empty() ? Html{} : "<b>" + domain_html(example.partner) + "</b> ";
    return "<li>" + whose + Html::prose(example.message) +
           (example.hint == common_hint ? Html{} : hint_html(example.hint)) + "</li>\n";
}

Html group_html(const FindingGroup& group) {
    auto html = "<li class=\"finding " + severity_class(group.severity) + "\">\n<h3><span class=\"sign\">" +
                Html::text(label_of(group.severity)) + "</span> " + Html::text(headline_of(group)) +
                (group.rule.empty() ? Html{} : " <code>" + Html::text(group.rule) + "</code>") +
                (group.count == 1 ? Html{} : " <span class=\"note\">" + Html::number(group.count) + " times</span>") +
                "</h3>\n<ul>\n";
    for (const auto& example : group.examples) {
        html += example_html(example, group.common_hint());
    }
    const auto more = group.count - static_cast<std::int64_t>(group.examples.size());
    if (more > 0) {
        html += "<li class=\"note\">and " + Html::text(with_commas(more)) + " more</li>\n";
    }
    return html + "</ul>\n" + hint_html(group.common_hint()) + "</li>\n";
}

Html groups_html(const std::vector<const FindingGroup*>& groups) {
    Html html{"<ul class=\"findings\">\n"};
    for (const auto* const group : groups) {
        html += group_html(*group);
    }
    return html + "</ul>\n";
}

/// What is good to know and asks for nothing.
Html notes_html(const Findings& findings) {
    const auto number = findings.count(Severity::info);
    if (number == 0) {
        return {};
    }
    return "<details><summary>Good to know <span class=\"note\">" + Html::text(counted_with_commas(number, "note")) +
           "</span></summary>\n" + groups_html(findings.of(Severity::info)) + "</details>\n";
}

}  // namespace

Html key_figures_html(const ReportFacts& facts) {
    Html html{
        "<section aria-labelledby=\"numbers\">\n<h2 id=\"numbers\" class=\"unseen\">In numbers</h2>\n"
        "<dl class=\"figures\">\n"};
    for (const auto& figure : key_figures(facts)) {
        html += (figure.alarms ? Html{"<div class=\"alarm\">"} : Html{"<div>"}) + "<dt>" + Html::text(figure.label) +
                "</dt><dd>" + Html::text(figure.value) + "</dd><dd class=\"note\">" + Html::text(figure.note) +
                "</dd></div>\n";
    }
    return html + "</dl>\n</section>\n";
}

Html attention_html(const ReportFacts& facts) {
    Html html{"<section aria-labelledby=\"attention\">\n<h2 id=\"attention\">What needs attention</h2>\n"};
    const auto errors = facts.findings.of(Severity::error);
    const auto warnings = facts.findings.of(Severity::warning);
    if (errors.empty() && warnings.empty()) {
        html += "<p class=\"calm\">Nothing: no rule has found an error or a warning.</p>\n";
    }
    for (const auto& groups : {errors, warnings}) {
        html += groups.empty() ? Html{} : groups_html(groups);
    }
    return html + notes_html(facts.findings) + "</section>\n";
}

}  // namespace xmppfed::core
