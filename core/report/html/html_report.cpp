#include "core/report/figures.hpp"
#include "core/report/html/html_sections.hpp"
#include "core/report/html/report_style.hpp"
#include "core/report/report.hpp"
#include "core/text/timestamp.hpp"

namespace xmppfed::core {

namespace {

/// No script runs, nothing is fetched, and no style counts but ours.
Html head_html(const Html& title) {
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
           R"(<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ')" +
           Html{report_style_hash} +
           "'; img-src data:; base-uri 'none'; form-action 'none'\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
           "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
           "<link rel=\"icon\" href=\"data:,\">\n<title>" +
           title + "</title>\n<style>" + report_style + "</style>\n</head>\n";
}

Html header_html(const ReportFacts& facts) {
    const auto whose = facts.whose();
    return "<header>\n<p class=\"kicker\">XMPP federation</p>\n<h1>" +
           (whose.empty() ? Html{"Whom we federate with"} : "<bdi>" + Html::text(whose) + "</bdi>") +
           "</h1>\n<p class=\"note\">As of " + "<time datetime=\"" + Html::text(timestamp(facts.at)) + "\">" +
           Html::text(long_date(facts.at)) + "</time> UTC, store revision " + Html::number(facts.store_revision) +
           "</p>\n<nav aria-label=\"Sections\"><ul>"
           "<li><a href=\"#attention\">Attention</a></li>"
           "<li><a href=\"#certificates\">Certificates</a></li>"
           "<li><a href=\"#partners\">Partners</a></li>"
           "<li><a href=\"#servers\">DNS and servers</a></li>"
           "<li><a href=\"#changes\">Changes</a></li></ul></nav>\n</header>\n";
}

}  // namespace

void write_html_report(const ReportFacts& facts, const ReportLists& lists, const TextSink& sink) {
    const auto whose = facts.whose();
    const auto title = whose.empty() ? Html{"XMPP federation"} : "XMPP federation of " + Html::text(whose);
    sink((head_html(title) + "<body>\n" + header_html(facts) + "<main>\n" + key_figures_html(facts) +
          attention_html(facts) + certificates_html(facts))
             .markup());
    write_partners_html(facts, lists.partners, sink);
    sink(servers_html(facts).markup());
    write_changes_html(facts, lists, sink);
    sink(
        "</main>\n<footer><p class=\"note\">Written by <code>xmppfed report</code>. Domains are shown as people write "
        "them, and beside that as "
        "they are typed where that differs.</p></footer>\n</body>\n</html>\n");
}

}  // namespace xmppfed::core
