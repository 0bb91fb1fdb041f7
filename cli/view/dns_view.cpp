#include "cli/view/dns_view.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/view/partner_view.hpp"

namespace xmppfed::cli::view {

namespace {

using core::Json;

std::string addresses_text(const core::DnsTarget* target) {
    if (target == nullptr || target->addresses.empty()) {
        return "no address";
    }
    auto text = core::join(target->addresses, ", ");
    return target->alias_of.empty() ? text : fmt::format("{} (an alias of {})", text, core::escape(target->alias_of));
}

std::string heading(const core::DomainCheck& check, const Style& style) {
    const auto domain = style.bold(core::escape(check.facts.domain));
    return check.partner.empty() || check.partner == check.facts.domain
               ? domain + "\n"
               : fmt::format("{} of {}\n", domain, core::escape(check.partner));
}

core::Diagnostics all_diagnostics(const std::vector<core::DomainCheck>& checks) {
    core::Diagnostics all;
    for (const auto& check : checks) {
        std::ranges::copy(check.diagnostics, std::back_inserter(all));
    }
    return all;
}

}  // namespace

std::string dns_text(const core::DnsFacts& facts) {
    std::string text;
    for (const auto& service : facts.services) {
        text += fmt::format("  _{}._tcp {} {} {} {}: {}\n", core::name_of(service.service), service.priority,
                            service.weight, service.port, core::escape(service.target),
                            service.target == "." ? "no such service" : addresses_text(facts.target(service.target)));
    }
    for (const auto& target : facts.targets) {
        if (facts.is_fallback() && !target.addresses.empty()) {
            text += fmt::format("  no SRV record; port {} of {}\n", core::xmpp_server_port, addresses_text(&target));
        }
    }
    return text + fmt::format("  DNSSEC: {}\n", core::name_of(facts.state));
}

void print_dns_checks(const Display& display, const std::vector<core::DomainCheck>& checks, const DnsLook& look) {
    const auto diagnostics = all_diagnostics(checks);
    const auto errors = core::count(diagnostics, core::Severity::error);
    const auto warnings = core::count(diagnostics, core::Severity::warning);
    if (display.format == Format::json) {
        Json domains = Json::array();
        for (const auto& check : checks) {
            domains.push_back(core::to_json(check));
        }
        display.print_document("dns-check", Json::object({{"at", look.at},
                                                          {"resolver", look.resolvers},
                                                          {"checked", checks.size()},
                                                          {"errors", errors},
                                                          {"warnings", warnings},
                                                          {"domains", domains},
                                                          {"diagnostics", core::to_json(diagnostics)}}));
        return;
    }
    for (const auto& check : checks) {
        display.print_text(heading(check, display.style) + dns_text(check.facts));
        print_diagnostics(display, check.diagnostics, "  ");
    }
    display.print_text(fmt::format("{} checked: {}, {}\n", core::counted(checks.size(), "domain"),
                                   core::counted(static_cast<std::size_t>(errors), "error"),
                                   core::counted(static_cast<std::size_t>(warnings), "warning")));
}

}  // namespace xmppfed::cli::view
