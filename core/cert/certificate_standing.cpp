#include "core/cert/certificate_standing.hpp"

#include <nlohmann/json.hpp>

#include "core/cert/cert_rules.hpp"
#include "core/text/timestamp.hpp"

namespace xmppfed::core {

namespace {

Json chain_json(const Delivery& delivery, std::chrono::sys_seconds now) {
    auto chain = Json::array();
    for (const auto& above : delivery.path.chain) {
        chain.push_back(Json::object({{"subject", to_json(above.subject)},
                                      {"not_after", timestamp(above.not_after)},
                                      {"days_left", days_left(above.not_after, now).count()}}));
    }
    return chain;
}

}  // namespace

Json to_json(const CertificateStanding& standing) {
    const auto& [request, delivery, needed, now, diagnostics, notes] = standing;
    const auto end = earliest_end(delivery);
    return Json::object({{"request", request.number},
                         {"friendly_name", request.friendly_name},
                         {"directory", request.directory.empty() ? Json{} : Json(request.directory)},
                         {"not_after", request.certificate->not_after},
                         {"days_left", days_left(delivery.certificate.not_after, now).count()},
                         {"chain", chain_json(delivery, now)},
                         {"earliest_end", timestamp(end)},
                         {"earliest_days_left", days_left(end, now).count()}});
}

}  // namespace xmppfed::core
