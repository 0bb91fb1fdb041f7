#include "core/report/report.hpp"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "core/cert/cert_rules.hpp"
#include "core/report/figures.hpp"
#include "core/text/timestamp.hpp"

namespace xmppfed::core {

namespace {

KeyFigure partners_figure(const PartnerTally& partners) {
    const auto& [enabled, suspended] = partners.partners();
    return {.label = "Partners",
            .value = with_commas(partners.partners().all()),
            .note = suspended == 0
                        ? "all enabled"
                        : fmt::format("{} enabled, {} suspended", with_commas(enabled), with_commas(suspended))};
}

KeyFigure unencrypted_figure(const PartnerTally& partners) {
    const auto number = partners.offering(Method::tcp_dialback).enabled;
    return {.label = "May be unencrypted",
            .value = with_commas(number),
            .note = number == 0 ? "every stream is encrypted" : "reached by tcp-dialback",
            .alarms = number > 0};
}

KeyFigure certificate_figure(const ReportFacts& facts) {
    const auto* const in_use = facts.in_use();
    const auto left = in_use == nullptr ? std::nullopt : days_left(*in_use, facts.at);
    if (!left) {
        return {.label = "Certificate in use",
                .value = "none",
                .note = in_use == nullptr ? "nothing is assigned" : "it cannot be read",
                .alarms = in_use != nullptr || !facts.edge.access_edge.empty()};
    }
    return {.label = "Certificate in use",
            .value = *left < 0 ? "expired" : counted_with_commas(*left, "day"),
            .note = fmt::format("{} {}", *left < 0 ? "since" : "until", day_of(timestamp(*in_use->end))),
            .alarms = *left < default_warn_days.count()};
}

KeyFigure attention_figure(const Findings& findings) {
    const auto errors = findings.count(Severity::error);
    const auto warnings = findings.count(Severity::warning);
    return {.label = "Need attention",
            .value = with_commas(errors + warnings),
            .note = errors + warnings == 0 ? "no error and no warning"
                                           : fmt::format("{}, {}", counted_with_commas(errors, "error"),
                                                         counted_with_commas(warnings, "warning")),
            .alarms = errors + warnings > 0};
}

KeyFigure activity_figure(const Activity& activity) {
    const auto people = static_cast<std::int64_t>(activity.actors().size());
    return {.label = "Commits in 30 days",
            .value = with_commas(activity.commits()),
            .note = people == 0   ? "nothing has changed"
                    : people == 1 ? fmt::format("by {}", activity.actors().front().first)
                                  : fmt::format("by {} people", with_commas(people))};
}

}  // namespace

const ReportedCertificate* ReportFacts::in_use() const {
    const auto found = std::ranges::find_if(certificates, &ReportedCertificate::is_in_use);
    return found == certificates.end() ? nullptr : &*found;
}

std::string ReportFacts::whose() const {
    return edge.organization.empty() ? edge.access_edge : edge.organization;
}

std::vector<KeyFigure> key_figures(const ReportFacts& facts) {
    return {partners_figure(facts.partners), attention_figure(facts.findings), unencrypted_figure(facts.partners),
            certificate_figure(facts), activity_figure(facts.activity)};
}

std::string_view label_of(Severity severity) {
    switch (severity) {
    case Severity::error:
        return "Error";
    case Severity::warning:
        return "Warning";
    case Severity::info:
        return "Note";
    }
    return {};
}

std::string headline_of(const FindingGroup& group) {
    return group.when.empty() ? "another finding" : group.when.substr(0, group.when.find(';'));
}

std::vector<ReportedCertificate> in_order(std::vector<ReportedCertificate> certificates) {
    std::ranges::stable_sort(certificates, {}, [](const ReportedCertificate& each) {
        const auto never = std::chrono::sys_seconds::max();
        const int place = each.is_in_use ? 0 : each.is_live() ? 1 : each.end ? 3 : 2;
        return std::tuple{place, each.end.value_or(never)};
    });
    return certificates;
}

std::optional<std::int64_t> days_left(const ReportedCertificate& certificate, std::chrono::sys_seconds now) {
    return certificate.end ? std::optional{days_left(*certificate.end, now).count()} : std::nullopt;
}

std::string words_of_action(std::string_view action) {
    using Words = std::pair<std::string_view, std::string_view>;
    constexpr std::array<Words, 11> table{{{"create", "created"},
                                           {"update", "changed"},
                                           {"rename", "renamed"},
                                           {"remove", "removed"},
                                           {"request", "requested"},
                                           {"import", "imported"},
                                           {"assign", "put to use"},
                                           {"replace", "replaced"},
                                           {"cancel", "cancelled"},
                                           {"move", "moved"},
                                           {"retire", "retired"}}};
    const auto verb = action.substr(std::min(action.find('.') + 1, action.size()));
    const auto* const found = std::ranges::find(table, verb, &Words::first);
    return std::string{found == table.end() ? verb : found->second};
}

}  // namespace xmppfed::core
