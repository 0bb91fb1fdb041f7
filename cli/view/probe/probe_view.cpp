#include "cli/view/probe/probe_view.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/view/dns_view.hpp"
#include "cli/view/layout/json_writer.hpp"
#include "cli/view/partner_view.hpp"
#include "core/probe/probe_json.hpp"

namespace xmppfed::cli::view {

namespace {

using core::Json;

core::Diagnostics all_diagnostics(const std::vector<ProbedDomain>& domains, const ProbeLook& look) {
    auto all = look.diagnostics;
    for (const auto& domain : domains) {
        std::ranges::copy(domain.verdict.diagnostics, std::back_inserter(all));
    }
    return all;
}

std::string outcome_text(const core::EndpointFacts& facts) {
    if (facts.outcome == core::ProbeOutcome::ok) {
        const auto encrypted = facts.tls ? fmt::format("{}, {}", facts.tls->version, facts.tls->cipher) : "no TLS";
        return fmt::format("works ({})", encrypted);
    }
    const auto& meaning = core::values_of<core::ProbeOutcome>()[static_cast<std::size_t>(facts.outcome)].meaning;
    return facts.reason.empty() ? std::string{meaning} : fmt::format("{}: {}", meaning, facts.reason);
}

std::string row(std::string_view label, const std::string& text) {
    return fmt::format("  {:<12}{}\n", label, text);
}

std::string settings_text(std::string_view tls, std::string_view sasl, bool dialback) {
    return fmt::format("TLS {}, SASL {}, dialback {}", tls, sasl, dialback);
}

std::string prediction_text(const core::Prediction& prediction) {
    if (prediction.methods.empty()) {
        return "nothing works";
    }
    return fmt::format("{}{}", core::name_of(prediction.methods.front()),
                       prediction.certain ? "" : " (as far as can be seen)");
}

std::string diagnosis(const ProbedDomain& domain, const ProbeLook& look, const Style& style) {
    const auto& [input, verdict] = domain;
    const auto& partner = input.owner.partner;
    auto text = style.bold(core::escape(input.dns.domain));
    text += partner.empty() || partner == input.dns.domain ? "\n" : fmt::format(" of {}\n", core::escape(partner));
    if (input.has_dns) {
        text += dns_text(input.dns);
    }
    for (const auto& seen : input.endpoints) {
        const auto& facts = seen.facts;
        const auto at = facts.address.empty() ? std::string{} : fmt::format(" at {}", facts.address);
        text += row("Tried",
                    fmt::format("{}{}, port {}: {}", core::escape(facts.target), at, facts.port, outcome_text(facts)));
    }
    if (const auto& observed = verdict.observed) {
        text +=
            row("Seen", settings_text(core::name_of(observed->tls), core::name_of(observed->sasl), observed->dialback));
    }
    if (const auto& configured = input.owner.negotiation) {
        text += row("Configured", settings_text(core::name_of(configured->tls), core::name_of(configured->sasl),
                                                configured->dialback));
    }
    if (verdict.observed && !look.from.empty()) {
        text += row(input.owner.negotiation ? "Outgoing" : "Could be", prediction_text(verdict.outgoing));
        text += row(input.owner.negotiation ? "Incoming" : "and back", prediction_text(verdict.incoming));
    }
    if (verdict.suggestion) {
        text += row("Type", fmt::format("`{}`", verdict.suggestion->command));
    }
    return text;
}

Json certificate_json(const std::optional<ShownCertificate>& certificate) {
    if (!certificate) {
        return {};
    }
    return Json::object({{"file", certificate->file},
                         {"issuer", certificate->issuer},
                         {"not_after", certificate->not_after},
                         {"sound", certificate->sound}});
}

/// Domain by domain: thousands of them are no more in memory than one.
void print_document(const Display& display, const std::vector<ProbedDomain>& domains, const ProbeLook& look) {
    const auto diagnostics = all_diagnostics(domains, look);
    JsonWriter writer{display.out};
    writer.begin_object();
    writer.members(document_head("probe"));
    writer.members(Json::object({{"from", core::or_null(look.from)},
                                 {"at", look.at},
                                 {"resolver", look.resolvers},
                                 {"certificate", certificate_json(look.certificate)},
                                 {"checked", domains.size()},
                                 {"errors", core::count(diagnostics, core::Severity::error)},
                                 {"warnings", core::count(diagnostics, core::Severity::warning)}}));
    writer.key("partners");
    writer.begin_array();
    for (const auto& domain : domains) {
        writer.value(core::to_json(domain.input, domain.verdict));
    }
    writer.end();
    writer.key("diagnostics");
    writer.begin_array();
    for (const auto& diagnostic : diagnostics) {
        writer.value(core::to_json(diagnostic));
    }
    writer.end();
    writer.end();
}

}  // namespace

void print_probe(const Display& display, const std::vector<ProbedDomain>& domains, const ProbeLook& look) {
    if (display.format == Format::json) {
        print_document(display, domains, look);
        return;
    }
    print_diagnostics(display, look.diagnostics, "");
    for (const auto& domain : domains) {
        display.print_text(diagnosis(domain, look, display.style));
        print_diagnostics(display, domain.verdict.diagnostics, "  ");
    }
    const auto diagnostics = all_diagnostics(domains, look);
    const auto number = [&](core::Severity severity) {
        return static_cast<std::size_t>(core::count(diagnostics, severity));
    };
    display.print_text(fmt::format("{} checked: {}, {}\n", core::counted(domains.size(), "domain"),
                                   core::counted(number(core::Severity::error), "error"),
                                   core::counted(number(core::Severity::warning), "warning")));
}

}  // namespace xmppfed::cli::view
