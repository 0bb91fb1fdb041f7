#include <fmt/format.h>
#include <catch2/catch.hpp>

#include "core/report/report.hpp"
#include "core/rule/rules.hpp"

using namespace xmppfed::core;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;

namespace {

constexpr std::chrono::sys_seconds moment = std::chrono::sys_days{2026y / 3 / 15} + 9h + 30min;
constexpr const char* hostile = "<script>alert(1)</script> | `x` [y](z) \u202e";

/// More than a list shows unfolded, of every type, method and state.
std::vector<CommittedPartner> many_partners() {
    std::vector<CommittedPartner> partners;
    for (int number = 0; number < 300; ++number) {
        CommittedPartner partner;
        partner.primary_domain = fmt::format("p{:03}.example", number);
        partner.description = number % 5 == 0 ? hostile : "";
        partner.type = static_cast<PartnerType>(number % 3);
        partner.negotiation = settings_of(static_cast<Preset>(number % 4));
        partner.enabled = number % 7 != 0;
        partner.revision = 1;
        partner.created_at = partner.updated_at = "2026-03-01T00:00:00Z";
        partner.additional_domains.assign(static_cast<std::size_t>(number % 6), "xn--bcher-kva.example");
        partners.push_back(std::move(partner));
    }
    return partners;
}

ProbeTally look_at_servers() {
    ProbeTally tally;
    tally.at = "2026-03-14T09:30:00Z";
    tally.from = "contoso.com";
    tally.domains = 12;
    tally.by_srv = 9;
    tally.by_dns_state = {3, 4, 1, 4};
    tally.by_method = {7, 2, 1};
    tally.without_method = 2;
    tally.ends = {{"soon.example", moment + 24h * 3}, {"xn--bcher-kva.example", moment - 24h}};
    return tally;
}

ReportFacts full_facts(const std::vector<CommittedPartner>& partners) {
    ReportFacts facts{.at = moment,
                      .store_revision = 17,
                      .edge = {},
                      .partners = {},
                      .findings = {},
                      .certificates = {},
                      .probe = look_at_servers(),
                      .activity = Activity{moment}};
    facts.edge.organization = hostile;
    facts.edge.access_edge = "sip.contoso.com";
    facts.edge.sip_domains = {"contoso.com"};
    for (const auto& partner : partners) {
        facts.partners.add(partner);
    }
    for (int count = 0; count < 12; ++count) {
        facts.findings.add({make_diagnostic(rule::domain_own, "primary_domain", "it is ours", "give it back")});
    }
    facts.findings.add({make_diagnostic(rule::cert_expired, "certificate", hostile, "renew it with `cert request`"),
                        make_diagnostic(rule::cert_ou_present, "names", "it has a unit", "")});
    const auto certificate = [](std::int64_t number, RequestState state, int days) {
        return ReportedCertificate{.request = number,
                                   .state = state,
                                   .is_in_use = state == RequestState::assigned,
                                   .name = hostile,
                                   .created_at = "2026-01-01T00:00:00Z",
                                   .begin = moment - 24h * 60,
                                   .end = moment + 24h * days};
    };
    facts.certificates = {certificate(1, RequestState::replaced, -10), certificate(2, RequestState::assigned, 20),
                          certificate(3, RequestState::issued, 300)};
    facts.certificates.push_back(
        {.request = 4, .state = RequestState::pending, .name = "next", .created_at = "2026-03-10T00:00:00Z"});
    return facts;
}

std::vector<ReportedCommit> commits() {
    ReportedCommit one{.number = 17,
                       .at = "2026-03-14T10:00:00Z",
                       .actor = hostile,
                       .message = hostile,
                       .entries = 12,
                       .first = {{"partner.create", Subject::partner, "a.example", ""},
                                 {"partner.update", Subject::partner, "b.example", "tls: required -> optional"},
                                 {"edge.update", Subject::edge, "", ""},
                                 {"cert.assign", Subject::cert_request, "2", "state"}}};
    ReportedCommit other{
        .number = 16, .at = "2026-03-13T10:00:00Z", .actor = "alice", .message = "", .entries = 1, .first = {}};
    return {one, other};
}

HistoryEntry entry_of(std::string_view actor, std::int64_t commit) {
    HistoryEntry entry;
    entry.store_revision = commit;
    entry.at = "2026-03-14T10:00:00Z";
    entry.actor = actor;
    return entry;
}

std::string written(decltype(write_html_report) write) {
    const auto partners = many_partners();
    auto facts = full_facts(partners);
    for (std::int64_t commit = 1; commit < 15; ++commit) {
        facts.activity.add(entry_of(fmt::format("actor{}", commit), commit));
    }
    std::string page;
    write(facts,
          {.partners =
               [&](const auto& visit) {
                   for (const auto& partner : partners) {
                       visit(partner);
                   }
               },
           .commits =
               [](const auto& visit) {
                   for (const auto& commit : commits()) {
                       visit(commit);
                   }
               }},
          [&](std::string_view piece) { page += piece; });
    return page;
}

void check_tells_all(const std::string& page) {
    for (const auto* told :
         {"What needs attention", "Certificates", "DNS and servers", "What changed in the last 30 days", "p000.example",
          "p299.example", "bücher.example", "soon.example", "actor14", "revision 17", "domain-own", "cert-expired",
          "cert-ou-present", "required -&gt; optional"}) {
        CAPTURE(told);
        CHECK_THAT(page, Contains(told));
    }
    CHECK_THAT(page, !Contains("<script"));
    CHECK_THAT(page, !Contains("\u202e"));
}

}  // namespace

TEST_CASE("a page in HTML tells of all that there is, and stored text is no markup") {
    const auto page = written(write_html_report);
    check_tells_all(page);
    CHECK_THAT(page, Contains("&lt;script&gt;alert(1)"));
    CHECK_THAT(page, Contains("<details") && Contains("<svg"));
}

TEST_CASE("so does one in Markdown") {
    const auto page = written(write_markdown_report);
    for (const auto* told : {"p000.example", "p299.example", "soon.example", "domain-own", "cert-expired"}) {
        CAPTURE(told);
        CHECK_THAT(page, Contains(told));
    }
    CHECK_THAT(page, !Contains("<script"));
    CHECK_THAT(page, !Contains("[y](z)"));
}

TEST_CASE("no heading stands above records that nobody needs") {
    ReportFacts facts{.at = moment,
                      .store_revision = 1,
                      .edge = {},
                      .partners = {},
                      .findings = {},
                      .certificates = {},
                      .probe = {},
                      .activity = Activity{moment}};
    facts.edge.access_edge = "sip.contoso.com";
    const ReportLists nothing{.partners = [](const auto& /*visit*/) {}, .commits = [](const auto& /*visit*/) {}};
    for (const auto write : {write_html_report, write_markdown_report}) {
        std::string page;
        write(facts, nothing, [&](std::string_view piece) { page += piece; });
        CHECK_THAT(page, !Contains("What our DNS has to say"));
    }
}
