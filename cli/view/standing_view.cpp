#include "cli/view/standing_view.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/view/cert_names_view.hpp"
#include "cli/view/request_view.hpp"
#include "core/cert/cert_rules.hpp"
#include "core/report/figures.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli::view {

namespace {

std::string chain_text(const core::Delivery& delivery, std::chrono::sys_seconds end, std::chrono::sys_seconds now) {
    if (delivery.path.chain.empty()) {
        return delivery.path.has_root ? "none is needed" : "none on record";
    }
    const auto size = core::counted(delivery.path.chain.size(), "CA certificate");
    return end == delivery.certificate.not_after
               ? size
               : fmt::format("{}, {}", size, core::days_text(core::days_left(end, now).count()));
}

/// A number under a heading that says what it counts; one below zero would have to be read twice.
std::string days_cell(core::Days left) {
    return left.count() < 0 ? core::days_text(left.count()) : fmt::to_string(left.count());
}

std::string heading(const core::CertificateStanding& standing, const Style& style) {
    const auto& [request, delivery, needed, now, diagnostics, notes] = standing;
    const auto end = core::earliest_end(delivery);
    auto text = style.bold(fmt::format("Certificate of request {}", request.number)) + "\n";
    text += labelled("Friendly name", core::escape(request.friendly_name));
    text += labelled("Expires", request.certificate->not_after);
    text += labelled("Days left", days_cell(core::days_left(delivery.certificate.not_after, now)));
    text += labelled("Chain", chain_text(delivery, end, now));
    text += labelled("Directory", request.directory.empty() ? "-" : core::escape(request.directory));
    return text;
}

}  // namespace

void print_standing(const Display& display, const core::CertificateStanding& standing) {
    const auto& presented = standing.delivery.certificate.names;
    const auto members = core::to_json(standing);
    const auto days = core::Json::object(
        {{"days_left", members.at("days_left")}, {"earliest_days_left", members.at("earliest_days_left")}});
    print_cert_diagnostics(display, "cert-status", heading(standing, display.style), members,
                           names_json(standing.needed, presented), standing.diagnostics,
                           surplus_json(standing.needed, presented), days);
}

}  // namespace xmppfed::cli::view
