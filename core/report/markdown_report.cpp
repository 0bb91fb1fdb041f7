#include <algorithm>

#include <fmt/format.h>

#include "core/cert/cert_rules.hpp"
#include "core/edge/dns_records.hpp"
#include "core/history/subject_state.hpp"
#include "core/report/figures.hpp"
#include "core/report/markdown.hpp"
#include "core/report/report.hpp"
#include "core/text/timestamp.hpp"

namespace xmppfed::core {

namespace {

std::string count_row(std::string_view what, const PartnerCount& count) {
    return fmt::format("| {} | {} | {} |\n", what, with_commas(count.enabled), with_commas(count.suspended));
}

std::string counts_table(const PartnerTally& tally) {
    std::string text = "\n| | enabled | suspended |\n|---|--:|--:|\n";
    text += count_row("all partners", tally.partners());
    for (const auto type : {PartnerType::federated, PartnerType::public_verified, PartnerType::public_unverified}) {
        text += count_row(fmt::format("type {}", name_of(type)), tally.of(type));
    }
    for (const auto method : {Method::sasl_over_tls, Method::tls_dialback, Method::tcp_dialback}) {
        text += count_row(fmt::format("weakest method {}", name_of(method)), tally.at_weakest(method));
    }
    for (const auto method : {Method::sasl_over_tls, Method::tls_dialback, Method::tcp_dialback}) {
        text += count_row(fmt::format("offer {}", name_of(method)), tally.offering(method));
    }
    return text;
}

std::string figures_list(const ReportFacts& facts) {
    std::string text;
    for (const auto& figure : key_figures(facts)) {
        text +=
            fmt::format("- {}: **{}**, {}\n", figure.label, markdown_text(figure.value), markdown_text(figure.note));
    }
    return text;
}

std::string group_text(const FindingGroup& group) {
    auto text = fmt::format("- **{}**: {}{}\n", label_of(group.severity), markdown_text(headline_of(group)),
                            group.rule.empty() ? "" : fmt::format(" ({})", markdown_code(group.rule)));
    const auto common_hint = group.common_hint();
    for (const auto& example : group.examples) {
        text += fmt::format("  - {}{}{}\n", example.partner.empty() ? "" : markdown_domain(example.partner) + ": ",
                            markdown_prose(example.message),
                            example.hint == common_hint ? "" : "; " + markdown_prose(example.hint));
    }
    if (const auto more = group.count - static_cast<std::int64_t>(group.examples.size()); more > 0) {
        text += fmt::format("  - and {} more\n", with_commas(more));
    }
    return common_hint.empty() ? text : text + fmt::format("  - Hint: {}\n", markdown_prose(common_hint));
}

std::string attention_text(const Findings& findings) {
    std::string text = "\n## What needs attention\n\n";
    if (findings.count(Severity::error) + findings.count(Severity::warning) == 0) {
        text += "Nothing: no rule has found an error or a warning.\n";
    }
    for (const auto severity : {Severity::error, Severity::warning}) {
        for (const auto* const group : findings.of(severity)) {
            text += group_text(*group);
        }
    }
    const auto notes = findings.of(Severity::info);
    text += notes.empty() ? "" : "\n### Good to know\n\n";
    for (const auto* const group : notes) {
        text += group_text(*group);
    }
    return text;
}

std::string certificates_text(const ReportFacts& facts) {
    std::string text = "\n## Certificates\n\n";
    if (facts.certificates.empty()) {
        return text + "There are no certificates and no requests.\n";
    }
    text += "| certificate | request | state | from | until | left |\n|---|--:|---|---|---|---|\n";
    for (const auto& each : in_order(facts.certificates)) {
        const auto left = days_left(each, facts.at);
        const auto day = [](const auto& time) { return time ? std::string{day_of(timestamp(*time))} : std::string{}; };
        text += fmt::format("| {} | {} | {} | {} | {} | {} |\n", markdown_text(each.name), each.request,
                            name_of(each.state), day(each.begin), day(each.end),
                            each.is_live() && left ? days_text(*left) : "");
    }
    return text;
}

std::string ends_text(const ReportFacts& facts) {
    if (facts.probe->ends.empty()) {
        return {};
    }
    std::string text =
        "\nCertificates of partners' servers that end first:\n\n| domain | until | left |\n|---|---|---|\n";
    for (const auto& [domain, end] : facts.probe->ends) {
        const auto until = timestamp(end);
        text += fmt::format("| {} | {} | {} |\n", markdown_domain(domain), day_of(until),
                            days_text(days_left(end, facts.at).count()));
    }
    return text;
}

std::string servers_text(const ReportFacts& facts) {
    std::string text = "\n## DNS and servers\n\n";
    if (!facts.probe) {
        return text +
               "Nobody has looked at partners' servers for this report: `report --probe FILE` shows what "
               "`partner probe --output json` found.\n";
    }
    const auto& probe = *facts.probe;
    text += fmt::format("Looked at {} on {} UTC, as {}.\n\n| | domains |\n|---|--:|\n",
                        counted_with_commas(probe.domains, "domain"), minute_of(probe.at), markdown_domain(probe.from));
    for (const auto method : {Method::sasl_over_tls, Method::tls_dialback, Method::tcp_dialback}) {
        text += fmt::format("| end up with {} | {} |\n", name_of(method), with_commas(probe.of(method)));
    }
    text += fmt::format("| nothing works | {} |\n| nobody could look | {} |\n| have service records | {} |\n",
                        with_commas(probe.without_method), with_commas(probe.not_seen), with_commas(probe.by_srv));
    for (const auto state : {DnsState::secure, DnsState::insecure, DnsState::unknown, DnsState::bogus}) {
        text += fmt::format("| DNSSEC {} | {} |\n", name_of(state), with_commas(probe.of(state)));
    }
    return text + ends_text(facts);
}

std::string records_text(const Edge& edge) {
    const auto records = edge.access_edge.empty() ? std::vector<SrvRecord>{} : srv_records(edge, {});
    if (records.empty()) {
        return {};
    }
    std::string text = "\nWhat our DNS has to say:\n\n";
    for (const auto& record : records) {
        auto line = zone_text({record});
        line.pop_back();
        text += fmt::format("- {}\n", markdown_code(line));
    }
    return text;
}

void write_partner_list(const ReportFacts& facts, const PartnerSource& partners, const TextSink& sink) {
    sink("\n## Partners\n");
    sink(counts_table(facts.partners));
    if (facts.partners.offering(Method::tcp_dialback).enabled > 0) {
        sink("\n### Who may be reached unencrypted\n\n");
        partners([&](const CommittedPartner& partner) {
            if (partner.enabled && may_be_unencrypted(partner)) {
                sink(fmt::format("- {}\n", markdown_domain(partner.primary_domain)));
            }
            return true;
        });
    }
    if (facts.partners.partners().all() == 0) {
        return;
    }
    sink(
        "\n### All partners\n\n| partner | type | methods | state | changed | description "
        "|\n|---|---|---|---|---|---|\n");
    partners([&](const CommittedPartner& partner) {
        std::string methods;
        for (const auto method : offer(partner.negotiation).methods) {
            methods += fmt::format("{}{}", methods.empty() ? "" : ", ", name_of(method));
        }
        sink(fmt::format("| {} | {} | {} | {} | {} | {} |\n", markdown_domain(partner.primary_domain),
                         name_of(partner.type), methods, partner.enabled ? "enabled" : "suspended",
                         markdown_text(day_of(partner.updated_at)), markdown_text(partner.description)));
        return true;
    });
}

std::string commit_text(const ReportedCommit& commit) {
    auto text =
        fmt::format("- {} **{}**, commit {}{}\n", markdown_text(minute_of(commit.at)), markdown_text(commit.actor),
                    commit.number, commit.message.empty() ? "" : ": " + markdown_text(commit.message));
    for (const auto& change : commit.first) {
        text += fmt::format("  - {} {}{}\n",
                            change.subject == Subject::partner ? markdown_domain(change.name)
                                                               : markdown_text(described(change.subject, change.name)),
                            markdown_text(words_of_action(change.action)),
                            change.what.empty() ? "" : ": " + markdown_text(change.what));
    }
    if (const auto more = commit.entries - static_cast<std::int64_t>(commit.first.size()); more > 0) {
        text += fmt::format("  - and {} more: `xmppfed history --commit {}`\n", with_commas(more), commit.number);
    }
    return text;
}

void write_change_list(const ReportFacts& facts, const ReportLists& lists, const TextSink& sink) {
    sink("\n## What changed in the last 30 days\n\n");
    if (facts.activity.commits() == 0) {
        sink("Nothing has changed.\n");
        return;
    }
    lists.commits([&](const ReportedCommit& commit) { sink(commit_text(commit)); });
}

}  // namespace

void write_markdown_report(const ReportFacts& facts, const ReportLists& lists, const TextSink& sink) {
    const auto whose = facts.whose();
    sink(fmt::format("# XMPP federation{}\n\nAs of {} UTC, store revision {}.\n\n",
                     whose.empty() ? "" : " of " + markdown_text(whose), long_date(facts.at),
                     with_commas(facts.store_revision)));
    sink(figures_list(facts));
    sink(attention_text(facts.findings));
    sink(certificates_text(facts));
    write_partner_list(facts, lists.partners, sink);
    sink(servers_text(facts));
    sink(records_text(facts.edge));
    write_change_list(facts, lists, sink);
}

}  // namespace xmppfed::core
