#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cert/request/request_key.hpp"
#include "app/cert/request/request_lookup.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/view/cert_names_view.hpp"
#include "cli/view/request_view.hpp"
#include "core/cert/cert_lifecycle.hpp"
#include "core/cert/cert_name_rules.hpp"
#include "core/text/text.hpp"
#include "core/text/timestamp.hpp"

namespace xmppfed::cli {

namespace {

using core::Json;

class CertCheck : public CommandRequest {
  public:
    void bind(OptionSet& options) override {
        options.positional({.name = "FILE",
                            .meaning = "a certificate or a request, in PEM, DER or PKCS#7",
                            .least = 1,
                            .most = 1,
                            .names = Names::file,
                            .take = [this](const auto& words) { file_ = words.front(); }});
    }
    ExitCode run(Context& context) const override;

  private:
    std::string file_;
};

std::string heading(const std::string& file, const core::CertContent& content, const core::Delivery* delivery,
                    const Style& style) {
    const auto* const what = delivery != nullptr ? "Certificate" : "Certificate request";
    auto text = style.bold(fmt::format("{} {}", what, core::escape(file))) + "\n";
    text += view::labelled("Subject", view::subject_text(content.subject));
    text += view::labelled("Key", core::escape(content.key.description));
    if (delivery != nullptr) {
        const auto& certificate = delivery->certificate;
        text += view::labelled("Issuer", core::escape(certificate.issuer));
        text += view::labelled("Valid", fmt::format("{} to {}", core::timestamp(certificate.not_before),
                                                    core::timestamp(certificate.not_after)));
    }
    return text;
}

Json members(const std::string& file, const core::CertContent& content, const core::Delivery* delivery) {
    auto json = Json::object();
    json["file"] = core::path_json(file);
    json["type"] = delivery != nullptr ? "certificate" : "request";
    json["subject"] = core::to_json(content.subject);
    json["not_before"] = delivery != nullptr ? Json(core::timestamp(delivery->certificate.not_before)) : Json{};
    json["not_after"] = delivery != nullptr ? Json(core::timestamp(delivery->certificate.not_after)) : Json{};
    return json;
}

void append(core::Diagnostics& diagnostics, const core::Diagnostics& more) {
    diagnostics.insert(diagnostics.end(), more.begin(), more.end());
}

ExitCode CertCheck::run(Context& context) const {
    const auto file = app::cert_file("the file", file_);
    const auto now = context.world().now();
    const auto delivery = app::delivery_in(file, now);
    const core::CertContent& content = delivery ? delivery->certificate : file.requests.front();
    const auto reader = context.store().read();
    const auto edge = reader->edge();
    const auto needed = core::plan_request(edge, {}, {}).names;
    auto diagnostics = core::check_complete(edge);
    if (delivery) {
        append(diagnostics, core::judge(*delivery, needed, app::dependents(*reader), now));
    } else {
        append(diagnostics, core::check_names(content.names, needed, {}));
        append(diagnostics, core::check_signature(content, "the request"));
        append(diagnostics, core::check_key(content.key));
        append(diagnostics, core::check_usages(content, "the request"));
        append(diagnostics, core::check_form(content, "the request"));
        append(diagnostics, core::check_client_auth(content, {}, app::dependents(*reader), "the request"));
    }
    append(diagnostics, core::check_public_ca(content.subject, content.names));
    const auto requests = reader->cert_requests();
    if (const auto* const request = app::request_of_key(requests, content.key.der)) {
        core::name_request(diagnostics, *request);
    }
    const auto* const issued = delivery ? &*delivery : nullptr;
    view::print_cert_diagnostics(context.display(), "cert-check", heading(file_, content, issued, context.style()),
                                 members(file_, content, issued), view::names_json(needed, content.names), diagnostics);
    return verdict(diagnostics, context.globals().strict);
}

}  // namespace

constinit const Command cert_check{
    .noun = "cert",
    .verb = "check",
    .summary = "Check any certificate or request against what the edge needs",
    .description =
        "Goes name by name through what the edge needs now: the service names, sip. and each SIP domain, each XMPP "
        "domain. Nothing is recorded. Exits 3 when a name is missing or another rule of severity error finds "
        "something.",
    .examples =
        {
            {"cert check edge.csr", "a request before it is sent"},
            {"cert check edge.crt -o json", "a certificate that somebody else asked for"},
        },
    .nature = Nature::checks,
    .formats = Formats::items,
    .make = make_request<CertCheck>,
};

}  // namespace xmppfed::cli
