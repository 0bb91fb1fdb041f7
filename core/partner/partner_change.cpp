#include "core/partner/partner_change.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/rule/rules.hpp"
#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

constexpr std::string_view additional_key = "additional_domains";

void refuse_contradictions(const PartnerChange& change) {
    const bool single_ones = !change.add_domains.empty() || !change.remove_domains.empty();
    if (change.assigns(additional_key) && single_ones) {
        throw Error{ErrorKind::usage,
                    "--additional replaces the whole set, so it excludes --add-domain and --remove-domain"}
            .hint("name the whole set with --additional, or single domains with the other two");
    }
    const auto removed = read_domain_set(change.remove_domains);
    for (const auto& domain : read_domain_set(change.add_domains)) {
        if (std::ranges::binary_search(removed, domain)) {
            throw Error{ErrorKind::usage, fmt::format("{} is both added and removed", quote(domain))}.hint(
                "name it with --add-domain or with --remove-domain");
        }
    }
}

void add_domains(const std::vector<std::string>& domains, ChangedPartner& result) {
    auto& set = result.partner.additional_domains;
    const auto set_before = set;
    for (const auto& domain : read_domain_set(domains)) {
        if (std::ranges::binary_search(set_before, domain)) {
            result.notes.push_back(fmt::format("{} is an additional domain already", quote(domain)));
            continue;
        }
        const auto place = std::ranges::lower_bound(set, domain);
        if (place == set.end() || *place != domain) {  // it may have been named twice
            set.insert(place, domain);
        }
    }
}

void remove_domains(const std::vector<std::string>& domains, ChangedPartner& result) {
    auto removed = read_domain_set(domains);
    removed.erase(std::unique(removed.begin(), removed.end()), removed.end());  // it may have been named twice
    for (const auto& domain : removed) {
        if (auto diagnostics = check_domain_argument(domain); !diagnostics.empty()) {
            std::ranges::move(diagnostics, std::back_inserter(result.diagnostics));
        } else if (std::erase(result.partner.additional_domains, domain) == 0) {
            result.notes.push_back(fmt::format("{} is not an additional domain", quote(domain)));
        }
    }
}

/// The ids of rules that an option names.
std::vector<std::string> rules_named(std::string_view option, const std::vector<std::string>& items) {
    return read_choices(option, partner_field(accepted_warnings_key).values, items);
}

void refuse_contradictory_acceptance(const PartnerChange& change) {
    const auto unaccepted = rules_named("--unaccept", change.unaccept);
    for (const auto& rule : rules_named("--accept", change.accept.value_or(std::vector<std::string>{}))) {
        if (std::ranges::binary_search(unaccepted, rule)) {
            throw Error{ErrorKind::usage, fmt::format("{} is both accepted and not", rule)}.hint(
                "name it with --accept or with --unaccept");
        }
    }
}

void change_acceptance(const PartnerChange& change, ChangedPartner& result) {
    auto& set = result.partner.accepted_warnings;
    if (change.accept && change.accept->empty()) {
        set.clear();
    }
    for (const auto& rule : rules_named("--accept", change.accept.value_or(std::vector<std::string>{}))) {
        const auto place = std::ranges::lower_bound(set, rule);
        if (place != set.end() && *place == rule) {
            result.notes.push_back(fmt::format("warnings of {} are accepted already", rule));
        } else {
            set.insert(place, rule);
        }
    }
    for (const auto& rule : rules_named("--unaccept", change.unaccept)) {
        if (std::erase(set, rule) == 0) {
            result.notes.push_back(fmt::format("warnings of {} are not accepted", rule));
        }
    }
}

}  // namespace

bool PartnerChange::names_a_field() const {
    return preset || !assignments.empty() || !add_domains.empty() || !remove_domains.empty() || accept ||
           !unaccept.empty();
}

bool PartnerChange::assigns(std::string_view key) const {
    return std::ranges::any_of(assignments, [&](const auto& assignment) { return assignment.field->key == key; });
}

ChangedPartner apply(const PartnerChange& change, Partner before) {
    refuse_contradictions(change);
    refuse_contradictory_acceptance(change);
    ChangedPartner result{.partner = std::move(before)};
    if (change.preset) {
        result.partner.negotiation = settings_of(*change.preset);
    }
    for (const auto& assignment : change.assignments) {
        assignment.field->read(result.partner, assignment.items);
    }
    add_domains(change.add_domains, result);
    remove_domains(change.remove_domains, result);
    change_acceptance(change, result);
    return result;
}

std::vector<const PartnerField*> differing_fields(const Partner& before, const Partner& after) {
    std::vector<const PartnerField*> fields;
    for (const auto& field : partner_fields()) {
        if (field.write(before) != field.write(after)) {
            fields.push_back(&field);
        }
    }
    return fields;
}

}  // namespace xmppfed::core
