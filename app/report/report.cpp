#include "app/report/report.hpp"

#include <utility>

#include <fmt/format.h>

#include "app/cert/request/request_lookup.hpp"
#include "app/cert/standing.hpp"
#include "app/manifest/count.hpp"
#include "core/cert/cert_lifecycle.hpp"
#include "core/cert/cert_rules.hpp"
#include "core/change_set.hpp"
#include "core/error.hpp"
#include "core/text/timestamp.hpp"

namespace xmppfed::app {

namespace {

store::HistoryQuery recent(std::chrono::sys_seconds now) {
    return {.since = core::timestamp(now - core::report_window), .until = core::timestamp(now)};
}

/// A certificate that cannot be read is a finding, and the rest of the report stands.
void find_damage(const core::Error& error, core::Findings& findings) {
    core::Diagnostic diagnostic;
    diagnostic.message = error.cause.empty() ? error.message : fmt::format("{}: {}", error.message, error.cause);
    diagnostic.hint = "look at the store with `xmppfed store check`";
    findings.add(diagnostic, {});
}

core::ReportedCertificate reported_certificate(store::Reader& reader, const core::CertRequest& request, bool is_in_use,
                                               core::ReportFacts& facts) {
    core::ReportedCertificate certificate{.request = request.number,
                                          .state = request.state,
                                          .is_in_use = is_in_use,
                                          .name = request.friendly_name,
                                          .created_at = request.created_at};
    if (!request.certificate) {
        return certificate;
    }
    try {
        const auto standing = standing_on_record(reader, request, facts.at, core::default_warn_days);
        certificate.begin = standing.delivery.certificate.not_before;
        certificate.end = core::earliest_end(standing.delivery);
        if (is_in_use) {
            facts.findings.add(standing.diagnostics);
        }
    } catch (const core::Error& error) {
        find_damage(error, facts.findings);
    }
    return certificate;
}

void judge_our_side(store::Reader& reader, core::ReportFacts& facts) {
    facts.findings.add(core::judge(facts.edge, {}));  // what partners claim of ours is found with each of them
    facts.findings.add(core::judge(reader.gateway()));
    const auto requests = reader.cert_requests();
    const auto* const used = core::request_in_use(requests);
    for (const auto& request : requests) {
        facts.certificates.push_back(reported_certificate(reader, request, &request == used, facts));
    }
}

void judge_partners(store::Reader& reader, const std::vector<std::string>& own_domains,
                    const Circumstances& circumstances, core::ReportFacts& facts) {
    Count count{circumstances, "partners judged"};
    // Nobody else can claim their domains: the store has each claim once.
    const core::Surroundings surroundings{{}, own_domains};
    reader.visit_partners([&](const core::CommittedPartner& partner) {
        facts.partners.add(partner);
        facts.findings.add(core::judge(partner, surroundings, partner.primary_domain));
        count.add_one();
        return true;
    });
}

core::ReportFacts gathered(store::Reader& reader, const Circumstances& circumstances,
                           std::optional<core::ProbeTally> probe) {
    const auto now = circumstances.now();
    core::ReportFacts facts{.at = now,
                            .store_revision = reader.store_revision(),
                            .edge = reader.edge(),
                            .partners = {},
                            .findings = {},
                            .certificates = {},
                            .probe = std::move(probe),
                            .activity = core::Activity{now}};
    const auto own_domains = core::own_domains(facts.edge);
    judge_our_side(reader, facts);
    if (facts.probe) {
        facts.findings.add(facts.probe->findings);
    }
    judge_partners(reader, own_domains, circumstances, facts);
    reader.visit_history(recent(now), [&](const core::HistoryEntry& entry) {
        facts.activity.add(entry);
        return true;
    });
    return facts;
}

}  // namespace

void write_report(Book& book, const core::PageRendering& page, std::optional<core::ProbeTally> probe,
                  const core::TextSink& sink) {
    const auto reader = book.store().read();
    const auto facts = gathered(*reader, book.circumstances(), std::move(probe));
    const core::ReportLists lists{.partners = [&](const auto& visit) { reader->visit_partners(visit); },
                                  .commits =
                                      [&](const auto& visit) {
                                          core::CommitGrouping grouping{visit};
                                          reader->visit_history(recent(facts.at), [&](const core::HistoryEntry& entry) {
                                              grouping.add(entry);
                                              return true;
                                          });
                                          grouping.end();
                                      }};
    page.make(facts, lists, sink);
}

}  // namespace xmppfed::app
