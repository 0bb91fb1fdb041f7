#include "core/probe/dns_judgement.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/probe/dns_rules.hpp"
#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

/// A name from the network in a sentence: most are as plain as any domain.
std::string shown(const std::string& name) {
    return escape(name);
}

std::string whose_records(const DomainOwner& owner) {
    return owner.is_stranger ? "tell their administrator" : owner.partner.empty() ? "in our zone" : "tell the partner";
}

/// What is to be done about a domain that DNS does not know.
std::string what_to_publish(const DnsFacts& facts, const DomainOwner& owner) {
    if (owner.is_stranger) {
        return fmt::format(
            "look whether the name is right; if it is, tell their administrator to publish "
            "`_xmpp-server._tcp.{} SRV 0 0 {} HOST`, and an address of that host",
            shown(facts.domain), xmpp_server_port);
    }
    if (owner.partner.empty()) {
        return "publish the records that `xmppfed dns records` shows";
    }
    return fmt::format(
        "look whether the name is right, and correct it with `xmppfed partner edit {}`; a server that "
        "still finds it has an old answer",
        shown(owner.partner));
}

/// A finding of no rule: what it tells of is not in the records.
Diagnostic remark(Severity severity, std::string message, std::string hint) {
    auto diagnostic = rule_checks::diagnostic({}, std::move(message), std::move(hint));
    diagnostic.severity = severity;
    return diagnostic;
}

Diagnostic failure(const DnsFacts& facts, const DomainOwner& owner) {
    const auto domain = shown(facts.domain);
    if (facts.failure == DnsFailure::bogus) {
        return make_diagnostic(
            rule::dns_bogus, {}, fmt::format("DNSSEC does not confirm the records of {}: {}", domain, facts.reason),
            whose_records(owner) + ": repair the signatures (RRSIG) or the DS record; never turn validation off");
    }
    if (facts.failure == DnsFailure::silent) {
        return remark(Severity::error, fmt::format("no resolver tells anything of {}: {}", domain, facts.reason),
                      "name one that answers with `--resolver`");
    }
    if (facts.failure == DnsFailure::refused) {
        return remark(Severity::error, fmt::format("the records of {} cannot be found out: {}", domain, facts.reason),
                      "ask another resolver with `--resolver`; when it says the same, the domain's name servers are at "
                      "fault");
    }
    if (facts.is_refused()) {
        return make_diagnostic(
            rule::dns_service_refused, {},
            fmt::format("the SRV record of {} says that there is no XMPP service: its target is the root", domain),
            whose_records(owner) + ": if there is a service, publish a record that leads to it");
    }
    return make_diagnostic(rule::dns_no_address, {}, fmt::format("{} has no SRV record and no address", domain),
                           what_to_publish(facts, owner));
}

void judge_targets(const DnsFacts& facts, const DomainOwner& owner, Diagnostics& diagnostics) {
    for (const auto& target : facts.targets) {
        const auto name = shown(target.name);
        if (!target.alias_of.empty()) {
            diagnostics.push_back(make_diagnostic(
                rule::dns_target_cname, {},
                fmt::format("the SRV record of {} leads to {}, which is an alias of {}", shown(facts.domain), name,
                            shown(target.alias_of)),
                fmt::format("{}: {} needs address records of its own (RFC 2782)", whose_records(owner), name)));
        }
        if (target.addresses.empty() && !target.unanswered.empty()) {
            diagnostics.push_back(remark(Severity::info,
                                         fmt::format("nobody tells the address of {}: {}", name, target.unanswered),
                                         "ask another resolver with `--resolver`"));
        } else if (target.addresses.empty()) {
            diagnostics.push_back(make_diagnostic(
                rule::dns_target_no_address, {},
                fmt::format("the SRV record of {} leads to {}, which has no address", shown(facts.domain), name),
                fmt::format("{}: publish an address (A or AAAA) of {}, or take the SRV record away",
                            whose_records(owner), name)));
        }
    }
}

bool has_address(const DnsFacts& facts) {
    return std::ranges::any_of(facts.targets, [](const auto& target) { return !target.addresses.empty(); });
}

/// Dialback believes what DNS says.
void judge_security(const DnsFacts& facts, const DomainOwner& owner, Diagnostics& diagnostics) {
    if (!owner.negotiation || facts.state != DnsState::insecure) {
        return;
    }
    const auto methods = offer(*owner.negotiation).methods;
    const auto is_dialback = [](Method method) { return method != Method::sasl_over_tls; };
    if (std::ranges::none_of(methods, is_dialback)) {
        return;
    }
    auto diagnostic = make_diagnostic(
        rule::dns_insecure, {},
        fmt::format("the zone of {} is not signed: whoever can forge its records can pass for it by dialback",
                    shown(facts.domain)),
        "ask the partner for DNSSEC, or for certificates (`--sasl optional`)");
    if (methods.front() == Method::tcp_dialback) {
        diagnostic.severity = Severity::warning;
    }
    diagnostics.push_back(std::move(diagnostic));
}

Diagnostics with_partner(Diagnostics diagnostics, const std::string& partner) {
    for (auto& diagnostic : diagnostics) {
        diagnostic.partner = escape(partner);
    }
    return diagnostics;
}

Diagnostic difference(const SrvRecord& needed, const std::string& what) {
    return make_diagnostic(
        rule::dns_differs, {}, fmt::format("{} {}", needed.name, what),
        fmt::format("publish `{}. {} IN SRV {} {} {} {}.`; `xmppfed dns records` shows it in "
                    "other forms",
                    needed.name, needed.ttl, needed.priority, needed.weight, needed.port, needed.target));
}

}  // namespace

Json to_json(const DomainCheck& check) {
    return Json::object({{"partner", check.partner.empty() ? Json{} : Json(check.partner)},
                         {"domain", check.facts.domain},
                         {"dns", to_json(check.facts)},
                         {"diagnostics", to_json(check.diagnostics)}});
}

Diagnostics judge_dns(const DnsFacts& facts, const DomainOwner& owner) {
    if (facts.failure != DnsFailure::none || facts.is_refused() || (facts.is_fallback() && !has_address(facts))) {
        return with_partner({failure(facts, owner)}, owner.partner);
    }
    Diagnostics diagnostics;
    for (const auto& service : facts.unanswered) {
        diagnostics.push_back(remark(Severity::info, fmt::format("nobody tells the records of {}", service),
                                     "what else is known is gone on with; ask another resolver with `--resolver`"));
    }
    if (facts.is_fallback()) {
        diagnostics.push_back(make_diagnostic(
            rule::dns_fallback, {},
            fmt::format("{} has no SRV record: servers try its own address at port {}, and some do not even try",
                        shown(facts.domain), xmpp_server_port),
            fmt::format("{}: publish an SRV record for _xmpp-server._tcp.{}, also when the host has the same name",
                        whose_records(owner), shown(facts.domain))));
    } else {
        judge_targets(facts, owner, diagnostics);
    }
    judge_security(facts, owner, diagnostics);
    return with_partner(std::move(diagnostics), owner.partner);
}

Diagnostics judge_own_dns(const DnsFacts& facts, const SrvRecord& needed) {
    Diagnostics diagnostics;
    bool is_there = false;
    for (const auto& service : facts.services) {
        const bool is_ours = service.target == needed.target;
        const bool is_needed = service.service == Service::xmpp_server && is_ours && service.port == needed.port;
        is_there = is_there || is_needed;
        if (!is_ours) {
            diagnostics.push_back(difference(needed, fmt::format("leads elsewhere: a record of _{}._tcp names {}",
                                                                 name_of(service.service), shown(service.target))));
        } else if (service.service == Service::xmpp_server && !is_needed) {
            diagnostics.push_back(
                difference(needed, fmt::format("leads to port {}, not to {}", service.port, needed.port)));
        }
    }
    const bool is_known = facts.failure == DnsFailure::none;
    if (is_known && !is_there && diagnostics.empty()) {
        diagnostics.push_back(difference(needed, "is missing"));
    }
    auto others = judge_dns(facts, {});
    std::erase_if(others, [&](const auto& each) {  // what is missing is told already
        return is_known && !is_there && (each.rule == &rule::dns_fallback || each.rule == &rule::dns_no_address);
    });
    std::ranges::move(others, std::back_inserter(diagnostics));
    return diagnostics;
}

}  // namespace xmppfed::core
