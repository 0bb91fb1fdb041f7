#include "core/render/exactness.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/rules.hpp"

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
    for (const auto& [partner, field, direction, verdict] : all) {
        if (verdict.fidelity == Fidelity::exact) {
            continue;
        }
        const auto& rule = verdict.fidelity == Fidelity::weaker ? rule::render_weaker : rule::render_inexact;
        auto diagnostic = make_diagnostic(
            rule, field,
            fmt::format("{}, {}: {} ({})", label_of(field), name_of(direction), verdict.note, verdict.effective),
            std::string{verdict.hint});
        diagnostic.partner = partner;
        diagnostics.push_back(std::move(diagnostic));
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
