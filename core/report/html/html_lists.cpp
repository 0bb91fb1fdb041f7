#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "core/history/subject_state.hpp"
#include "core/report/figures.hpp"
#include "core/report/html/folded_list.hpp"
#include "core/report/html/html_sections.hpp"
#include "core/report/html/plot.hpp"
#include "core/text/domain/domain_name.hpp"

namespace xmppfed::core {

namespace {

/// A kind of partners, and how many there are.
Html kind_row(std::string_view what, const PartnerCount& count, const Html& more, std::int64_t all, Tone tone) {
    const auto share = static_cast<double>(count.all()) / static_cast<double>(all);
    return "<tr><th scope=\"row\">" + Html::text(what) + "</th><td class=\"n\">" + Html::number(count.enabled) +
           "</td><td class=\"n\">" + Html::number(count.suspended) + "</td>" + more + "<td class=\"bar\">" +
           share_bar(share, tone) + "</td></tr>\n";
}

Html kinds(Markup what, const Html& more, const Html& rows) {
    return "<table class=\"measures\"><caption>" + Html{what} +
           "</caption>\n<thead><tr><th scope=\"col\"><span class=\"unseen\">Kind</span></th><th scope=\"col\" "
           R"(class="n">Enabled</th><th scope="col" class="n">Suspended</th>)" +
           more + "<th scope=\"col\"><span class=\"unseen\">Share</span></th></tr></thead>\n<tbody>\n" + rows +
           "</tbody></table>\n";
}

Html method_row(const PartnerTally& tally, Method method, Tone tone) {
    return kind_row(name_of(method), tally.at_weakest(method),
                    "<td class=\"n\">" + Html::number(tally.offering(method).all()) + "</td>", tally.partners().all(),
                    tone);
}

/// Precondition: there are partners.
Html counts_html(const PartnerTally& tally) {
    Html types;
    for (const auto type : {PartnerType::federated, PartnerType::public_verified, PartnerType::public_unverified}) {
        types += kind_row(name_of(type), tally.of(type), {}, tally.partners().all(), Tone::plain);
    }
    return "<div class=\"pair\">\n" +
           kinds("The weakest method of a stream", Html{R"(<th scope="col" class="n">On offer</th>)"},
                 method_row(tally, Method::sasl_over_tls, Tone::good) +
                     method_row(tally, Method::tls_dialback, Tone::fair) +
                     method_row(tally, Method::tcp_dialback, Tone::poor)) +
           kinds("Partner types", {}, types) + "</div>\n";
}

std::string shown_domain(const Partner& partner) {
    return unicode_domain(partner.primary_domain);
}

Html methods_html(const Partner& partner) {
    Html html;
    for (const auto method : offer(partner.negotiation).methods) {
        const auto word = Html::text(name_of(method));
        html += (html.empty() ? Html{} : Html{", "}) +
                (method == Method::tcp_dialback ? "<b class=\"poor\">" + word + "</b>" : "<span>" + word + "</span>");
    }
    return html;
}

Html partner_row(const CommittedPartner& partner) {
    const auto more = static_cast<std::int64_t>(partner.additional_domains.size());
    return (partner.enabled ? Html{"<tr>"} : Html{"<tr class=\"off\">"}) + "<th scope=\"row\">" +
           domain_html(partner.primary_domain) +
           (more == 0 ? Html{} : " <span class=\"note\">and " + Html::number(more) + " more</span>") +
           (partner.description.empty() ? Html{} : "<p dir=\"auto\">" + Html::text(partner.description) + "</p>") +
           "</th><td>" + Html::text(name_of(partner.type)) + "</td><td>" + methods_html(partner) + "</td><td>" +
           (partner.enabled ? Html{"enabled"} : Html{"suspended"}) + "</td><td>" + day_html(partner.updated_at) +
           "</td></tr>\n";
}

void write_unencrypted(const PartnerSource& partners, const TextSink& sink) {
    sink(
        "<h3>Who may be reached unencrypted</h3>\n<p>A stream with these may end up authenticated by "
        "<code>tcp-dialback</code>: everybody on "
        "the way can read it, and DNS alone says who is there.</p>\n");
    FoldedList list{{.head = Html{"<ul class=\"names\">\n"}, .foot = Html{"</ul>\n"}, .noun = "partner"}, sink};
    partners([&](const CommittedPartner& partner) {
        if (partner.enabled && may_be_unencrypted(partner)) {
            list.add(shown_domain(partner), "<li>" + domain_html(partner.primary_domain) + "</li>\n");
        }
        return true;
    });
    list.end();
}

constexpr Markup partner_head{
    "<table class=\"stacks partners\"><caption class=\"unseen\">Partners</caption>\n<thead><tr><th "
    "scope=\"col\">Partner</th><th "
    R"(scope="col">Type</th><th scope="col">Methods</th><th scope="col">State</th><th )"
    "scope=\"col\">Changed</th></tr></thead>\n<tbody>\n"};

Html change_html(const ReportedChange& change) {
    const auto subject = change.subject == Subject::partner ? domain_html(change.name)
                                                            : Html::text(described(change.subject, change.name));
    return "<li>" + subject + " " + Html::text(words_of_action(change.action)) +
           (change.what.empty() ? Html{} : " <span class=\"what\">" + Html::text(change.what) + "</span>") + "</li>\n";
}

Html commit_html(const ReportedCommit& commit) {
    auto html =
        "<li><p><span class=\"when\">" + minute_html(commit.at) + "</span> <b><bdi>" + Html::text(commit.actor) +
        "</bdi></b> <span class=\"note\">commit " + Html::text(fmt::to_string(commit.number)) + "</span></p>\n" +
        (commit.message.empty() ? Html{} : R"(<p class="reason" dir="auto">)" + Html::text(commit.message) + "</p>\n") +
        "<ul>\n";
    for (const auto& change : commit.first) {
        html += change_html(change);
    }
    if (const auto more = commit.entries - static_cast<std::int64_t>(commit.first.size()); more > 0) {
        html += "<li class=\"note\">and " + Html::text(with_commas(more)) + " more: <code>xmppfed history --commit " +
                Html::text(fmt::to_string(commit.number)) + "</code></li>\n";
    }
    return html + "</ul></li>\n";
}

Html actors_html(const Activity& activity) {
    constexpr std::size_t most = 10;
    const auto actors = activity.actors();
    Html rows;
    for (std::size_t i = 0; i < std::min(most, actors.size()); ++i) {
        const auto& [actor, commits] = actors[i];
        rows += "<tr><th scope=\"row\"><bdi>" + Html::text(actor) + "</bdi></th><td class=\"n\">" +
                Html::number(commits) + "</td><td class=\"bar\">" +
                share_bar(static_cast<double>(commits) / static_cast<double>(activity.commits()), Tone::plain) +
                "</td></tr>\n";
    }
    const auto more =
        actors.size() > most
            ? "<p class=\"note\">and " + Html::number(static_cast<std::int64_t>(actors.size() - most)) + " more</p>\n"
            : Html{};
    return "<table class=\"measures\"><caption>Commits by whom</caption>\n<tbody>\n" + rows + "</tbody></table>\n" +
           more;
}

}  // namespace

void write_partners_html(const ReportFacts& facts, const PartnerSource& partners, const TextSink& sink) {
    sink("<section aria-labelledby=\"partners\">\n<h2 id=\"partners\">Partners</h2>\n");
    if (facts.partners.partners().all() == 0) {
        sink("<p>There are no partners.</p>\n</section>\n");
        return;
    }
    sink(counts_html(facts.partners).markup());
    if (facts.partners.offering(Method::tcp_dialback).enabled > 0) {
        write_unencrypted(partners, sink);
    }
    sink("<h3>All partners</h3>\n");
    FoldedList list{{.head = Html{partner_head}, .foot = Html{"</tbody></table>\n"}, .noun = "partner"}, sink};
    partners([&](const CommittedPartner& partner) {
        list.add(shown_domain(partner), partner_row(partner));
        return true;
    });
    list.end();
    sink("</section>\n");
}

void write_changes_html(const ReportFacts& facts, const ReportLists& lists, const TextSink& sink) {
    sink("<section aria-labelledby=\"changes\">\n<h2 id=\"changes\">What changed in the last 30 days</h2>\n");
    const auto& activity = facts.activity;
    if (activity.commits() == 0) {
        sink("<p>Nothing has changed.</p>\n</section>\n");
        return;
    }
    sink(("<div class=\"pair\">\n<div><p class=\"caption\">Commits each day</p>\n" +
          days_plot("commits-by-day",
                    Html::text(fmt::format("{} on {} days", counted_with_commas(activity.commits(), "commit"),
                                           std::ranges::count_if(activity.days(), [](auto day) { return day > 0; }))),
                    activity.days(), activity.first_day()) +
          "</div>\n" + actors_html(activity) + "</div>\n")
             .markup());
    FoldedList list{
        {.head = Html{"<ol class=\"commits\">\n"}, .foot = Html{"</ol>\n"}, .noun = "commit", .newest_are_open = true},
        sink};
    lists.commits([&](const ReportedCommit& commit) { list.add(minute_of(commit.at), commit_html(commit)); });
    list.end();
    sink("</section>\n");
}

}  // namespace xmppfed::core
