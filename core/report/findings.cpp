#include "core/report/findings.hpp"

#include <algorithm>

#include "core/rule/rules.hpp"
#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

constexpr std::size_t longest_text = 600;  // columns

Diagnostic as_example(const Diagnostic& diagnostic) {
    Diagnostic example;
    example.rule = diagnostic.rule;
    example.severity = diagnostic.severity;
    example.partner = shorten(diagnostic.partner, longest_text);
    example.message = shorten(diagnostic.message, longest_text);
    example.message += diagnostic.is_accepted ? " (accepted)" : "";
    example.hint = shorten(diagnostic.hint, longest_text);
    return example;
}

std::string occasion_of(std::string_view rule_id) {
    const auto* const found = std::ranges::find(rule::table, rule_id, &Rule::id);
    return found == std::end(rule::table) ? std::string{} : std::string{found->when};
}

}  // namespace

std::string_view FindingGroup::common_hint() const {
    const std::string_view hint = examples.front().hint;
    return std::ranges::all_of(examples, [&](const auto& example) { return example.hint == hint; })
               ? hint
               : std::string_view{};
}

void Findings::add(const Diagnostic& diagnostic, std::string_view rule_id) {
    ++counts_.at(static_cast<std::size_t>(diagnostic.severity));
    std::pair key{shorten(rule_id, longest_text), diagnostic.severity};
    auto place = places_.find(key);
    if (place == places_.end()) {
        if (groups_.size() == most_groups) {
            return;
        }
        groups_.push_back({.rule = key.first, .severity = key.second, .when = occasion_of(rule_id)});
        place = places_.emplace(std::move(key), groups_.size() - 1).first;
    }
    auto& group = groups_[place->second];
    ++group.count;
    if (group.examples.size() < most_examples) {
        group.examples.push_back(as_example(diagnostic));
    }
}

void Findings::add(const Diagnostics& diagnostics) {
    for (const auto& diagnostic : diagnostics) {
        add(diagnostic, diagnostic.rule_id());
    }
}

void Findings::add(const Findings& others) {
    for (const auto& group : others.groups_) {
        const auto [place, is_new] = places_.try_emplace({group.rule, group.severity}, groups_.size());
        if (is_new) {
            groups_.push_back(group);
            continue;
        }
        auto& ours = groups_[place->second];
        ours.count += group.count;
        for (std::size_t i = 0; i < group.examples.size() && ours.examples.size() < most_examples; ++i) {
            ours.examples.push_back(group.examples[i]);
        }
    }
    for (std::size_t i = 0; i < counts_.size(); ++i) {
        counts_[i] += others.counts_[i];
    }
}

std::vector<const FindingGroup*> Findings::of(Severity severity) const {
    std::vector<const FindingGroup*> found;
    for (const auto& group : groups_) {
        if (group.severity == severity) {
            found.push_back(&group);
        }
    }
    return found;
}

}  // namespace xmppfed::core
