#include "core/probe/probe_json.hpp"

#include <nlohmann/json.hpp>

#include "core/partner/partner.hpp"

namespace xmppfed::core {

namespace {

Json text_or_null(const std::string& text) {
    return text.empty() ? Json{} : Json(text);
}

Json features_json(const std::optional<StreamFeatures>& features) {
    if (!features) {
        return {};
    }
    return Json::object({{"starttls", name_of(features->starttls)},
                         {"mechanisms", features->mechanisms},
                         {"dialback", features->dialback},
                         {"dialback_errors", features->dialback_errors},
                         {"legacy", !features->has_version}});
}

Json tls_json(const std::optional<TlsFacts>& tls) {
    if (!tls) {
        return {};
    }
    return Json::object({{"version", tls->version},
                         {"cipher", tls->cipher},
                         {"certificate_requested", tls->certificate_requested},
                         {"accepted_cas", tls->accepted_cas}});
}

Json certificate_json(const std::optional<PeerCertificate>& certificate) {
    if (!certificate) {
        return {};
    }
    Json chain = Json::array();
    for (const auto& each : certificate->chain) {
        chain.push_back(
            Json::object({{"subject", each.subject}, {"issuer", each.issuer}, {"not_after", each.not_after}}));
    }
    Json names = Json::array();
    for (const auto& each : certificate->names) {
        names.push_back(Json::object({{"type", name_of(each.type)}, {"value", each.value}}));
    }
    return Json::object({{"chain", chain},
                         {"trusted", certificate->trusted},
                         {"trust_error", text_or_null(certificate->trust_error)},
                         {"names", names},
                         {"matches", certificate->matches},
                         {"not_after", certificate->not_after},
                         {"days_left", certificate->days_left}});
}

Json fault_json(const std::optional<StreamFault>& fault) {
    return fault ? Json::object({{"condition", fault->condition}, {"text", text_or_null(fault->text)}}) : Json{};
}

Json endpoint_json(const SeenEndpoint& seen) {
    const auto& facts = seen.facts;
    return Json::object({{"service", name_of(facts.service)},
                         {"target", facts.target},
                         {"address", facts.address},
                         {"port", facts.port},
                         {"outcome", name_of(facts.outcome)},
                         {"step", name_of(facts.step)},
                         {"reason", text_or_null(facts.reason)},
                         {"plain", features_json(facts.plain)},
                         {"secured", features_json(facts.secured)},
                         {"tls", tls_json(facts.tls)},
                         {"alert", text_or_null(facts.alert)},
                         {"certificate", certificate_json(seen.certificate)},
                         {"stream_error", fault_json(facts.fault)}});
}

Json observed_json(const std::optional<Observed>& observed) {
    if (!observed) {
        return {};
    }
    return Json::object({{"tls", name_of(observed->tls)},
                         {"sasl", name_of(observed->sasl)},
                         {"dialback", observed->dialback},
                         {"confidence", name_of(observed->confidence)}});
}

Json settings_json(const Negotiation& settings) {
    return Json::object(
        {{"tls", name_of(settings.tls)}, {"sasl", name_of(settings.sasl)}, {"dialback", settings.dialback}});
}

Json prediction_json(const Prediction& prediction) {
    return Json::object({{"methods", to_json(prediction.methods)},
                         {"chosen", prediction.methods.empty() ? Json{} : Json(name_of(prediction.methods.front()))},
                         {"certain", prediction.certain}});
}

Json suggestion_json(const std::optional<Suggestion>& suggestion) {
    if (!suggestion) {
        return {};
    }
    auto json = settings_json(suggestion->settings);
    json["command"] = suggestion->command;
    return json;
}

}  // namespace

Json to_json(const ProbeInput& input, const ProbeVerdict& verdict) {
    Json endpoints = Json::array();
    for (const auto& seen : input.endpoints) {
        endpoints.push_back(endpoint_json(seen));
    }
    const auto& configured = input.owner.negotiation;
    return Json::object({{"partner", text_or_null(input.owner.partner)},
                         {"domain", input.dns.domain},
                         {"dns", input.has_dns ? to_json(input.dns) : Json{}},
                         {"endpoints", endpoints},
                         {"observed", observed_json(verdict.observed)},
                         {"configured", configured ? settings_json(*configured) : Json{}},
                         {"prediction", Json::object({{"outgoing", prediction_json(verdict.outgoing)},
                                                      {"incoming", prediction_json(verdict.incoming)}})},
                         {"suggestion", suggestion_json(verdict.suggestion)},
                         {"diagnostics", to_json(verdict.diagnostics)}});
}

}  // namespace xmppfed::core
