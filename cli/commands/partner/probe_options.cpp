#include "cli/commands/partner/probe_options.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "app/partner_lookup.hpp"
#include "core/refusal.hpp"
#include "core/rule/rules.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli {

namespace {

using core::Error;
using core::ErrorKind;

}  // namespace

void ProbeOptions::bind(OptionSet& options) {
    options.group("As whom");
    options.text({.name = "from",
                  .value_name = "DOMAIN",
                  .meaning = "which of our XMPP domains asks",
                  .default_text = "the first",
                  .names = Names::xmpp_domain},
                 from_);
    options.text({.name = "certificate",
                  .value_name = "FILE",
                  .meaning = "present this certificate, with its chain behind it",
                  .default_text = "the one in use, when its key can be read",
                  .names = Names::file},
                 certificate_);
    options.text({.name = "key", .value_name = "FILE", .meaning = "its private key", .names = Names::file}, key_);
    options.flag("no-certificate", no_certificate_, "present none");
    options.flag("authenticate", authenticate_, "also try SASL EXTERNAL where it is offered");
    place_.bind(options);
}

std::string ProbeOptions::from(const core::Edge& edge) const {
    const auto& ours = core::effective_xmpp_domains(edge);
    if (from_) {
        auto domain = app::domain_argument(*from_);
        if (std::ranges::find(ours, domain) == ours.end()) {
            throw Error{ErrorKind::usage, fmt::format("--from {} is none of our XMPP domains", core::quote(domain))}
                .hint("servers would take us for somebody else; `xmppfed edge show` lists them");
        }
        return domain;
    }
    if (ours.empty()) {
        core::refuse_unsound({core::make_diagnostic(core::rule::edge_incomplete, "xmpp_domains",
                                                    "the edge has no XMPP domain to ask from",
                                                    "set one with `xmppfed edge set --xmpp-domain contoso.com`")},
                             /*strict=*/false);
    }
    return ours.front();
}

app::ProbeWish ProbeOptions::wish(const SettingsFiles& settings, const core::Edge& edge) const {
    auto wish = place_.wish(settings);
    wish.from = from(edge);
    wish.authenticate = authenticate_ ? net::Authenticate::yes : net::Authenticate::no;
    return wish;
}

app::IdentityWish ProbeOptions::identity(const World& world) const {
    if (certificate_.has_value() != key_.has_value()) {
        throw Error{ErrorKind::usage, "--certificate and --key belong together"};
    }
    if (no_certificate_ && (certificate_ || authenticate_)) {
        throw Error{ErrorKind::usage, fmt::format("--no-certificate and --{} exclude each other",
                                                  certificate_ ? "certificate" : "authenticate")};
    }
    const auto absolute = [&](const std::optional<std::string>& path) {
        return path ? std::optional{absolute_path(world, *path)} : std::nullopt;
    };
    return {.certificate_file = absolute(certificate_), .key_file = absolute(key_), .none = no_certificate_};
}

}  // namespace xmppfed::cli
