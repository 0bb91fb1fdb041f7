#include "core/render/exactness.hpp"

#include <array>
#include <iterator>
#include <map>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/rule/rules.hpp"
#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

constexpr std::array directions{
    EnumValue{"incoming", "streams that the partner opens"},
    EnumValue{"outgoing", "streams that we open"},
};

constexpr std::array both{Direction::incoming, Direction::outgoing};

struct JudgedField {
    std::string_view key;
    std::string_view label;  ///< at the beginning of a sentence
    Judge* Judges::*judge;
    bool is_outgoing_only = false;
};

constexpr std::array judged_fields{
    JudgedField{"domains", "allow-list", &Judges::domains},
    JudgedField{"type", "partner type", &Judges::type},
    JudgedField{"tls", "TLS negotiation", &Judges::tls},
    JudgedField{"sasl", "SASL negotiation", &Judges::sasl},
    JudgedField{"dialback", "dialback negotiation", &Judges::dialback},
    JudgedField{"proxy_fqdn", "proxy FQDN", &Judges::proxy_fqdn, true},
    JudgedField{"connection_limit", "connection limit", &Judges::connection_limit},
    JudgedField{"keepalive", "keep-alive", &Judges::keepalive},
};
constexpr JudgedField enabled_field{"enabled", "suspension", &Judges::enabled};

std::string_view label_of(std::string_view key) {
    for (const auto& field : judged_fields) {
        if (field.key == key) {
            return field.label;
        }
    }
    return enabled_field.label;
}

void judge(const Partner& partner, const ServerNeeds& needs, const Judges& judges, const JudgedField& field,
           std::vector<FieldExactness>& all) {
    for (const auto direction : both) {
        if (direction == Direction::incoming && field.is_outgoing_only) {
            continue;
        }
        all.push_back({partner.primary_domain, field.key, direction, (judges.*field.judge)(partner, needs, direction)});
    }
}

/// What is not exact, for one partner or several.
Diagnostic finding(const FieldExactness& one, std::string_view where, std::vector<std::string> partners) {
    const auto& rule = one.verdict.fidelity == Fidelity::weaker ? rule::render_weaker : rule::render_inexact;
    const bool is_one = partners.size() == 1;
    auto diagnostic = make_diagnostic(rule, one.field,
                                      fmt::format("{}, {}: {} ({}){}", label_of(one.field), where, one.verdict.note,
                                                  one.verdict.effective, is_one ? "" : ": " + shortened_list(partners)),
                                      std::string{one.verdict.hint});
    if (is_one) {
        diagnostic.partner = std::move(partners.front());
    }
    return diagnostic;
}

/// Whether two are the same but for the direction.
bool is_other_direction(const FieldExactness& one, const FieldExactness& other) {
    return one.partner == other.partner && one.field == other.field && one.direction != other.direction &&
           one.verdict == other.verdict;
}

}  // namespace

template <>
std::span<const EnumValue> values_of<Direction>() {
    return directions;
}

std::vector<FieldExactness> exactness(const ServerBook& book, const Judges& judges) {
    const auto needs = needs_of(book.partners);
    std::vector<FieldExactness> all;
    for (const auto& partner : book.partners) {
        if (!partner.enabled) {
            judge(partner, needs, judges, enabled_field, all);
            continue;
        }
        for (const auto& field : judged_fields) {
            judge(partner, needs, judges, field, all);
        }
    }
    return all;
}

Verdict agreed(std::string effective, std::string_view note) {
    return {.fidelity = Fidelity::exact, .effective = std::move(effective), .note = note};
}

std::string text_of(bool value) {
    return value ? "true" : "false";
}

Diagnostics diagnostics_of(const std::vector<FieldExactness>& all) {
    Diagnostics diagnostics;
    for (const auto& one : all) {
        if (one.verdict.fidelity != Fidelity::exact) {
            diagnostics.push_back(finding(one, name_of(one.direction), {one.partner}));
        }
    }
    return diagnostics;
}

Diagnostics summary_of(const std::vector<FieldExactness>& all) {
    struct Group {
        FieldExactness first;
        std::string_view directions;
        std::vector<std::string> partners = {};
    };
    std::vector<Group> groups;
    std::map<std::string, std::size_t> places;
    for (auto one = all.begin(); one != all.end(); ++one) {
        if (one->verdict.fidelity == Fidelity::exact) {
            continue;
        }
        const auto& first = *one;
        const bool is_both = std::next(one) != all.end() && is_other_direction(first, *std::next(one));
        const auto directions = is_both ? std::string_view{"in both directions"} : name_of(first.direction);
        one += is_both ? 1 : 0;
        const auto key = fmt::format("{}\n{}\n{}\n{}\n{}", first.field, directions, first.verdict.effective,
                                     first.verdict.note, first.verdict.hint);
        const auto [place, is_new] = places.emplace(key, groups.size());
        if (is_new) {
            groups.push_back({first, directions});
        }
        groups[place->second].partners.push_back(first.partner);
    }
    Diagnostics diagnostics;
    for (auto& group : groups) {
        diagnostics.push_back(finding(group.first, group.directions, std::move(group.partners)));
    }
    return diagnostics;
}

Json to_json(const FieldExactness& one) {
    return {{"partner", one.partner},
            {"field", one.field},
            {"direction", name_of(one.direction)},
            {"exact", one.verdict.fidelity == Fidelity::exact},
            {"effective", one.verdict.effective},
            {"note", or_null(one.verdict.note)}};
}

}  // namespace xmppfed::core
