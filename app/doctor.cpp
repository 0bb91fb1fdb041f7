#include "app/doctor.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <set>

#include <fmt/format.h>

#include "app/cert/request/request_lookup.hpp"
#include "app/cert/standing.hpp"
#include "app/inspection.hpp"
#include "app/probe/dns_check.hpp"
#include "app/render/rendered_files.hpp"
#include "core/cert/cert_request.hpp"
#include "core/rule/rules.hpp"
#include "core/store_audit.hpp"
#include "core/text/days.hpp"
#include "core/text/text.hpp"
#include "core/text/timestamp.hpp"

namespace xmppfed::app {

namespace {

using core::Area;
using core::Diagnostic;
using core::Diagnostics;
using core::Examination;

Diagnostic finding(core::Severity severity, std::string message, std::string hint) {
    Diagnostic diagnostic;
    diagnostic.severity = severity;
    diagnostic.message = std::move(message);
    diagnostic.hint = std::move(hint);
    return diagnostic;
}

/// What an error says, as a finding among others.
Diagnostics finding_of(const core::Error& error, core::Severity severity) {
    auto found = error.diagnostics;
    if (core::count(found, core::Severity::error) == 0) {
        found.insert(found.begin(),
                     finding(severity, core::text_of(error), error.hints.empty() ? "" : error.hints.front()));
    }
    return found;
}

Examination skipped(Area area, std::string why) {
    return {.area = area, .subject = {}, .summary = std::move(why), .was_skipped = true};
}

/// What rules found on partners goes to `of_partners`.
Examination examine_store(Book& book, Diagnostics& of_partners) {
    Examination it{.area = Area::store, .subject = core::escape(book.name()), .summary = {}};
    const auto reader = book.store().read();
    auto [diagnostics, summary, notes] = inspect(*reader, book);
    it.note = core::join(notes, "; ");
    for (auto& each : diagnostics) {
        const bool is_of_partner = each.rule != nullptr && !each.partner.empty();
        (is_of_partner ? of_partners : it.diagnostics).push_back(std::move(each));
    }
    it.summary =
        summary ? fmt::format("{}, revision {}", core::counted(static_cast<std::size_t>(summary->partners), "partner"),
                              summary->store_revision)
                : "it cannot be read as a whole";
    return it;
}

Examination examine_edge(store::Reader& reader) {
    const auto edge = reader.edge();
    Examination it{.area = Area::edge, .subject = edge.access_edge, .summary = {}};
    it.diagnostics = core::check_complete(edge);
    const auto& ours = core::effective_xmpp_domains(edge);
    if (ours.empty()) {
        it.diagnostics.push_back(finding(core::Severity::warning, "the edge has no XMPP domain",
                                         "set one with `xmppfed edge set --xmpp-domain contoso.com`"));
    } else {
        it.summary = fmt::format("XMPP domains: {}", core::join(ours, ", "));
    }
    return it;
}

Examination examine_certificate(Book& book, core::Days warn) {
    Examination it{.area = Area::certificate, .subject = {}, .summary = {}};
    try {
        auto standing = look_at_certificate(book, warn);
        const auto end = core::earliest_end(standing.delivery);
        it.subject = fmt::format("request {}", standing.request.number);
        it.summary = core::end_at(end, core::days_left(end, standing.now).count());
        std::erase_if(standing.diagnostics, [](const core::Diagnostic& diagnostic) {
            return diagnostic.rule == &core::rule::edge_incomplete;  // which the edge is told of
        });
        it.diagnostics = std::move(standing.diagnostics);
        it.note = core::join(standing.notes, "; ");
    } catch (const core::Error& error) {
        if (error.kind != core::ErrorKind::not_found) {
            throw;
        }
        it.diagnostics = finding_of(error, core::Severity::warning);
    }
    return it;
}

void examine_dns(Book& book, const DoctorWish& wish, Checkup& checkup) {
    if (!wish.dns) {
        checkup.examinations.push_back(skipped(Area::dns, "--offline leaves it out"));
        return;
    }
    std::vector<DnsSubject> subjects;
    try {
        subjects = own_xmpp_domains(*book.store().read());
    } catch (const core::Error&) {
        checkup.examinations.push_back(skipped(Area::dns, "the edge is not complete"));
        return;
    }
    if (subjects.empty()) {
        checkup.examinations.push_back(skipped(Area::dns, "the edge has no XMPP domain"));
        return;
    }
    const auto checks = check_dns(subjects, resolvers_of(*wish.dns), *wish.dns, book.circumstances());
    for (const auto& check : checks) {
        const bool is_silent = check.facts.is_unanswered();
        checkup.is_blind = checkup.is_blind || is_silent;
        checkup.examinations.push_back({.area = Area::dns,
                                        .subject = check.facts.domain,
                                        .summary = is_silent ? "no resolver answers" : "",
                                        .was_skipped = is_silent,
                                        .diagnostics = check.diagnostics});
    }
    checkup.was_interrupted = checks.size() < subjects.size();
}

void examine_rendering(Book& book, const DoctorWish& wish, Checkup& checkup) {
    if (wish.rendered.empty()) {
        checkup.examinations.push_back(
            skipped(Area::rendering, "no directory is named: `--rendered DIR`, or the setting `rendered`"));
    }
    const auto revision = book.store().read()->store_revision();
    for (const auto& directory : wish.rendered) {
        try {
            std::ranges::move(examine_rendered(directory, revision), std::back_inserter(checkup.examinations));
        } catch (const core::Error& error) {  // what is somebody else's is no reason to look at nothing
            checkup.is_blind = true;
            checkup.examinations.push_back(skipped(Area::rendering, core::text_of(error)));
        }
    }
}

/// Whether a partner that has nothing but SASL over TLS could be authenticated now.
std::string fault_of_certificate(const Examination& certificate) {
    if (certificate.subject.empty()) {
        return "no certificate is assigned";
    }
    return core::health_of(certificate) == core::Health::broken ? "the certificate in use has a fault" : "";
}

/// `found_by_rules` is of all partners on partners; of those that are suspended nothing has to work.
Examination examine_partners(store::Reader& reader, const Examination& certificate, Diagnostics found_by_rules) {
    Examination it{.area = Area::partners, .subject = {}, .summary = {}};
    std::set<std::string, std::less<>> broken;
    std::ranges::transform(found_by_rules, std::inserter(broken, broken.end()), &core::Diagnostic::partner);
    std::size_t enabled = 0;
    std::size_t suspended = 0;
    reader.visit_partners([&](const core::CommittedPartner& partner) {
        ++(partner.enabled ? enabled : suspended);
        if (!partner.enabled) {
            broken.erase(core::escape(partner.primary_domain));
        }
        return true;
    });
    std::ranges::copy_if(found_by_rules, std::back_inserter(it.diagnostics),
                         [&](const auto& each) { return broken.contains(each.partner); });
    it.summary = fmt::format("{} enabled, {} suspended", enabled, suspended);
    const auto fault = fault_of_certificate(certificate);
    for (const auto& partner : fault.empty() ? std::vector<std::string>{} : dependents(reader)) {
        auto found =
            finding(core::Severity::warning,
                    fmt::format("SASL over TLS is the only method, and {}: no stream can be authenticated", fault),
                    fmt::format("mend the certificate (`xmppfed cert status`), or allow dialback: `xmppfed "
                                "partner edit {} --preset flexible`",
                                core::escape(partner)));
        found.partner = core::escape(partner);
        it.diagnostics.push_back(std::move(found));
    }
    return it;
}

}  // namespace

Checkup examine(Book& book, const DoctorWish& wish) {
    Checkup checkup;
    if (!book.exists()) {
        Examination it{.area = Area::store, .subject = core::escape(book.name()), .summary = "there is none"};
        it.diagnostics = missing_store(book);
        checkup.examinations.push_back(std::move(it));
        return checkup;
    }
    Diagnostics of_partners;
    checkup.examinations.push_back(examine_store(book, of_partners));
    checkup.examinations.push_back(examine_edge(*book.store().read()));
    const auto certificate = examine_certificate(book, wish.warn);
    checkup.examinations.push_back(certificate);
    examine_dns(book, wish, checkup);
    examine_rendering(book, wish, checkup);
    checkup.examinations.push_back(examine_partners(*book.store().read(), certificate, std::move(of_partners)));
    return checkup;
}

}  // namespace xmppfed::app
