#pragma once

#include <string>
#include <vector>

#include "core/rule/rules.hpp"

namespace xmppfed::core {

/// A partner that breaks no rule, and what surrounds it. Each test changes what it is about.
struct Scene {
    Partner partner;
    std::vector<Claim> claims;
    std::vector<std::string> own_domains;
};

/// What the rules find after `change`, a function that takes the scene.
Diagnostics diagnostics_after(auto change) {
    Scene scene;
    scene.partner.primary_domain = "fabrikam.com";
    scene.partner.additional_domains = {"corp.fabrikam.com", "it.fabrikam.com"};
    change(scene);
    return check({.partner = scene.partner, .claims = scene.claims, .own_domains = scene.own_domains});
}

inline Diagnostics diagnostics_on(const Negotiation& negotiation, PartnerType type = PartnerType::public_unverified) {
    return diagnostics_after([&](Scene& scene) {
        scene.partner.negotiation = negotiation;
        scene.partner.type = type;
    });
}

inline std::vector<std::string_view> ids_of(const Diagnostics& diagnostics) {
    std::vector<std::string_view> ids;
    for (const auto& diagnostic : diagnostics) {
        ids.push_back(diagnostic.rule_id());
    }
    return ids;
}

/// The diagnostics of one rule.
inline Diagnostics only(std::string_view rule, Diagnostics diagnostics) {
    std::erase_if(diagnostics, [&](const Diagnostic& diagnostic) { return diagnostic.rule_id() != rule; });
    return diagnostics;
}

}  // namespace xmppfed::core
