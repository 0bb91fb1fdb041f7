#include "cli/view/probe/probe_metrics.hpp"

#include <functional>
#include <optional>

#include <fmt/format.h>

namespace xmppfed::cli::view {

namespace {

/// One value for each domain that has it.
std::string gauge(std::string_view name, std::string_view help, const std::vector<ProbedDomain>& domains,
                  const std::function<std::optional<std::int64_t>(const ProbedDomain&)>& value) {
    auto text = fmt::format("# HELP xmppfed_probe_{0} {1}\n# TYPE xmppfed_probe_{0} gauge\n", name, help);
    for (const auto& domain : domains) {
        if (const auto number = value(domain)) {  // domains are letters, digits, hyphens and dots
            text += fmt::format("xmppfed_probe_{}{{partner=\"{}\",domain=\"{}\"}} {}\n", name,
                                domain.input.owner.partner, domain.input.dns.domain, *number);
        }
    }
    return text;
}

std::int64_t works(const core::Prediction& prediction) {
    return prediction.methods.empty() ? 0 : 1;
}

}  // namespace

std::string probe_metrics(const std::vector<ProbedDomain>& domains) {
    const auto number_of = [](core::Severity severity) {
        return [severity](const ProbedDomain& domain) -> std::optional<std::int64_t> {
            return core::count(domain.verdict.diagnostics, severity);
        };
    };
    return gauge("reachable", "A server of the domain was seen.", domains,
                 [](const auto& it) -> std::optional<std::int64_t> { return it.verdict.observed ? 1 : 0; }) +
           gauge("outgoing", "A method is left for streams to the domain.", domains,
                 [](const auto& it) -> std::optional<std::int64_t> { return works(it.verdict.outgoing); }) +
           gauge("incoming", "A method is left for streams from the domain.", domains,
                 [](const auto& it) -> std::optional<std::int64_t> { return works(it.verdict.incoming); }) +
           gauge("certificate_days", "Days until the certificate, or one above it, ends.", domains,
                 [](const auto& it) -> std::optional<std::int64_t> {
                     const auto* best = core::best_endpoint(it.input);
                     return best != nullptr && best->certificate ? std::optional{best->certificate->days_left}
                                                                 : std::nullopt;
                 }) +
           gauge("errors", "Findings of severity error.", domains, number_of(core::Severity::error)) +
           gauge("warnings", "Findings of severity warning.", domains, number_of(core::Severity::warning));
}

}  // namespace xmppfed::cli::view
