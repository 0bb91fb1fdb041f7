#include <algorithm>

#include <fmt/format.h>

#include "core/cert/cert_rules.hpp"
#include "core/report/figures.hpp"
#include "core/report/html/html_sections.hpp"
#include "core/report/html/plot.hpp"
#include "core/text/domain/domain_name.hpp"
#include "core/text/timestamp.hpp"

namespace xmppfed::core {

namespace {

Tone tone_of(std::int64_t days) {
    if (days < 0) {
        return Tone::poor;
    }
    return days < default_warn_days.count() ? Tone::fair : Tone::good;
}

/// Ours that are or may come into use, then those of servers that end first.
std::vector<Span> spans_of(const ReportFacts& facts, const std::vector<ReportedCertificate>& certificates) {
    std::vector<Span> spans;
    for (const auto& each : certificates) {
        if (each.is_live() && each.begin && each.end) {
            const auto left = *days_left(each, facts.at);
            spans.push_back({.label = each.name,
                             .note = days_text(left),
                             .begin = *each.begin,
                             .end = *each.end,
                             .tone = tone_of(left)});
        }
    }
    const auto seen = facts.probe ? read_timestamp(facts.probe->at) : std::nullopt;
    if (seen) {
        for (const auto& [domain, end] : facts.probe->ends) {
            const auto left = days_left(end, facts.at).count();
            spans.push_back({.label = unicode_domain(domain),
                             .note = days_text(left),
                             .begin = std::min(*seen, end),
                             .end = end,
                             .tone = tone_of(left)});
        }
    }
    return spans;
}

Html day_cell(const std::optional<std::chrono::sys_seconds>& time) {
    return time ? "<td>" + day_html(timestamp(*time)) + "</td>" : Html{"<td class=\"none\">–</td>"};
}

Html left_cell(std::int64_t left) {
    return "<td class=\"" + class_of(tone_of(left)) + "\">" + Html::text(days_text(left)) + "</td>";
}

Html certificate_row(const ReportedCertificate& each, std::chrono::sys_seconds now) {
    const auto left = each.is_live() ? days_left(each, now) : std::nullopt;
    return "<tr><th scope=\"row\"><bdi>" + Html::text(each.name) + "</bdi></th><td>" + Html::number(each.request) +
           "</td><td>" + Html::text(name_of(each.state)) + "</td>" + day_cell(each.begin) + day_cell(each.end) +
           (left ? left_cell(*left) : Html{"<td class=\"none\">–</td>"}) + "</tr>\n";
}

Html table_of(const std::vector<ReportedCertificate>& certificates, std::chrono::sys_seconds now) {
    Html html{
        "<table class=\"stacks certificates\"><caption class=\"unseen\">Certificates of the edge</caption>\n"
        R"(<thead><tr><th scope="col">Certificate</th><th scope="col">Request</th><th scope="col">State</th>)"
        "<th scope=\"col\">From</th><th scope=\"col\">Until</th><th scope=\"col\">Left</th></tr></thead>\n<tbody>\n"};
    for (const auto& each : certificates) {
        html += certificate_row(each, now);
    }
    return html + "</tbody></table>\n";
}

/// Of servers: what the plot shows, in words.
Html ends_html(const ReportFacts& facts) {
    if (!facts.probe || facts.probe->ends.empty()) {
        return {};
    }
    Html html{
        "<table class=\"stacks ends\"><caption>Certificates of partners' servers that end first, as the look found "
        "them</caption>\n"
        R"(<thead><tr><th scope="col">Domain</th><th scope="col">Until</th><th )"
        "scope=\"col\">Left</th></tr></thead>\n<tbody>\n"};
    for (const auto& [domain, end] : facts.probe->ends) {
        html += "<tr><th scope=\"row\">" + domain_html(domain) + "</th>" + day_cell(end) +
                left_cell(days_left(end, facts.at).count()) + "</tr>\n";
    }
    return html + "</tbody></table>\n";
}

}  // namespace

Html certificates_html(const ReportFacts& facts) {
    Html html{"<section aria-labelledby=\"certificates\">\n<h2 id=\"certificates\">Certificates</h2>\n"};
    const auto certificates = in_order(facts.certificates);
    if (certificates.empty()) {
        html += "<p>There are no certificates and no requests.</p>\n";
    }
    if (const auto spans = spans_of(facts, certificates); !spans.empty()) {
        html += timeline("certificate-times", Html{"When certificates end: the dates stand below"}, spans, facts.at) +
                "<p class=\"note\">Blue lasts longer than " + Html::number(default_warn_days.count()) +
                " days, orange ends sooner, red has ended; the dashed line is " + day_html(timestamp(facts.at)) +
                ".</p>\n";
    }
    html += certificates.empty() ? Html{} : table_of(certificates, facts.at);
    return html + ends_html(facts) + "</section>\n";
}

}  // namespace xmppfed::core
