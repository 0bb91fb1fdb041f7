#include "core/edge/dns_records.hpp"
#include "core/report/figures.hpp"
#include "core/report/html/html_sections.hpp"
#include "core/report/html/plot.hpp"

namespace xmppfed::core {

namespace {

Html measure(std::string_view what, std::int64_t number, std::int64_t all, Tone tone) {
    const auto share = all == 0 ? 0.0 : static_cast<double>(number) / static_cast<double>(all);
    return "<tr><th scope=\"row\">" + Html::text(what) + "</th><td class=\"n\">" + Html::number(number) +
           "</td><td class=\"bar\">" + share_bar(share, tone) + "</td></tr>\n";
}

Html measures(Markup caption, const Html& rows) {
    return "<table class=\"measures\"><caption>" + Html{caption} + "</caption>\n<tbody>\n" + rows +
           "</tbody></table>\n";
}

Html look_html(const ProbeTally& probe) {
    const auto all = probe.domains;
    auto html = "<p>Looked at " + Html::text(counted_with_commas(all, "domain")) + " on " + minute_html(probe.at) +
                " UTC, as " + domain_html(probe.from) + ".</p>\n<div class=\"pair\">\n";
    html += measures("What streams end up with, in the weaker direction",
                     measure("sasl-over-tls", probe.of(Method::sasl_over_tls), all, Tone::good) +
                         measure("tls-dialback", probe.of(Method::tls_dialback), all, Tone::fair) +
                         measure("tcp-dialback", probe.of(Method::tcp_dialback), all, Tone::poor) +
                         measure("nothing works", probe.without_method, all, Tone::poor) +
                         measure("nobody could look", probe.not_seen, all, Tone::plain));
    html += measures("What DNS says of them",
                     measure("have service records", probe.by_srv, all, Tone::plain) +
                         measure("secured by DNSSEC", probe.of(DnsState::secure), all, Tone::good) +
                         measure("not secured", probe.of(DnsState::insecure), all, Tone::plain) +
                         measure("not known", probe.of(DnsState::unknown), all, Tone::plain) +
                         measure("bogus", probe.of(DnsState::bogus), all, Tone::poor));
    return html + "</div>\n";
}

/// What our own DNS has to say.
Html records_html(const Edge& edge) {
    const auto records = edge.access_edge.empty() ? std::vector<SrvRecord>{} : srv_records(edge, {});
    if (records.empty()) {
        return {};
    }
    return "<h3>What our DNS has to say</h3>\n<pre tabindex=\"0\" aria-label=\"DNS records\">" +
           Html::text(zone_text(records)) + "</pre>\n";
}

}  // namespace

Html servers_html(const ReportFacts& facts) {
    Html html{"<section aria-labelledby=\"servers\">\n<h2 id=\"servers\">DNS and servers</h2>\n"};
    html += facts.probe ? look_html(*facts.probe)
                        : Html{
                              "<p>Nobody has looked at partners' servers for this report. "
                              "<code>xmppfed partner probe --output json &gt;probe.json</code> does, and "
                              "<code>xmppfed report --probe probe.json</code> shows what it found.</p>\n"};
    return html + records_html(facts.edge) + "</section>\n";
}

}  // namespace xmppfed::core
