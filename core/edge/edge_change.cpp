#include <algorithm>
#include <iterator>
#include <unordered_set>

#include <fmt/format.h>

#include "core/edge/edge.hpp"
#include "core/error.hpp"
#include "core/rule/rules.hpp"
#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

using Domains = std::vector<std::string>;

/// An edge may have a hundred thousand domains.
using DomainSet = std::unordered_set<std::string>;

bool assigns(const EdgeChange& change, std::string_view key) {
    return std::ranges::any_of(change.assignments,
                               [&](const auto& assignment) { return assignment.field->key == key; });
}

void refuse_contradictions(const EdgeChange& change, std::string_view key, const Domains& add, const Domains& remove) {
    const std::string_view kind = key == "xmpp_domains" ? "xmpp-domain" : "sip-domain";
    const bool single_ones = !add.empty() || !remove.empty();
    if (assigns(change, key) && single_ones) {
        throw Error{ErrorKind::usage,
                    fmt::format("--{0} replaces the whole list, so it excludes --add-{0} and --remove-{0}", kind)}
            .hint(fmt::format("name the whole list with --{}, or single domains with the other two", kind));
    }
    if (key == "xmpp_domains" && change.no_xmpp_domains && single_ones) {
        throw Error{ErrorKind::usage,
                    "--no-xmpp-domains leaves no list, so it excludes --add-xmpp-domain and --remove-xmpp-domain"}
            .hint("leave --no-xmpp-domains out, or name no domains");
    }
    const auto removed = read_domain_list(remove);
    const DomainSet is_removed{removed.begin(), removed.end()};
    for (const auto& domain : read_domain_list(add)) {
        if (is_removed.contains(domain)) {
            throw Error{ErrorKind::usage, fmt::format("{} is both added and removed", quote(domain))};
        }
    }
}

/// What an option names, in order; a repetition says nothing.
Domains named_once(const Domains& items) {
    auto domains = read_domain_list(items);
    DomainSet seen;
    std::erase_if(domains, [&](const auto& domain) { return !seen.insert(domain).second; });
    return domains;
}

void change_list(Domains& list, const Domains& add, const Domains& remove, ChangedEdge& result) {
    DomainSet listed{list.begin(), list.end()};
    for (const auto& domain : named_once(add)) {
        if (listed.insert(domain).second) {
            list.push_back(domain);
        } else {
            result.notes.push_back(fmt::format("{} is in the list already", quote(domain)));
        }
    }
    for (const auto& domain : named_once(remove)) {
        if (auto diagnostics = check_domain_argument(domain); !diagnostics.empty()) {
            std::ranges::move(diagnostics, std::back_inserter(result.diagnostics));
        } else if (listed.erase(domain) == 0) {
            result.notes.push_back(fmt::format("{} is not in the list", quote(domain)));
        }
    }
    std::erase_if(list, [&](const auto& domain) { return !listed.contains(domain); });
}

}  // namespace

bool EdgeChange::names_a_field() const {
    return !assignments.empty() || !add_sip_domains.empty() || !remove_sip_domains.empty() ||
           !add_xmpp_domains.empty() || !remove_xmpp_domains.empty() || no_xmpp_domains;
}

ChangedEdge apply(const EdgeChange& change, Edge before) {
    refuse_contradictions(change, "sip_domains", change.add_sip_domains, change.remove_sip_domains);
    refuse_contradictions(change, "xmpp_domains", change.add_xmpp_domains, change.remove_xmpp_domains);
    if (change.no_xmpp_domains && assigns(change, "xmpp_domains")) {
        throw Error{ErrorKind::usage, "--no-xmpp-domains excludes --xmpp-domain"};
    }
    ChangedEdge result{.edge = std::move(before)};
    auto& edge = result.edge;
    for (const auto& assignment : change.assignments) {
        assignment.field->read(edge, assignment.items);
    }
    change_list(edge.sip_domains, change.add_sip_domains, change.remove_sip_domains, result);
    if (change.no_xmpp_domains) {
        edge.xmpp_domains = Domains{};
    }
    auto xmpp_domains = effective_xmpp_domains(edge);
    change_list(xmpp_domains, change.add_xmpp_domains, change.remove_xmpp_domains, result);
    if (xmpp_domains != effective_xmpp_domains(edge)) {  // else those that count stay those of SIP, if they were
        edge.xmpp_domains = std::move(xmpp_domains);
    }
    return result;
}

}  // namespace xmppfed::core
