#include "app/render/server_book.hpp"

#include <algorithm>
#include <utility>

#include "core/diagnostics_log.hpp"
#include "core/edge/edge.hpp"
#include "core/gateway/gateway.hpp"
#include "core/refusal.hpp"
#include "core/rule/rules.hpp"
#include "core/text/domain/domain_name.hpp"

namespace xmppfed::app {

namespace {

std::vector<std::string> canonical_hosts(const std::vector<std::string>& hosts) {
    std::vector<std::string> canonical;
    core::Diagnostics diagnostics;
    for (const auto& host : hosts) {
        for (auto& diagnostic : core::check_domain_argument(host)) {
            diagnostics.push_back(std::move(diagnostic));
        }
        auto name = core::canonical_domain(host).name;
        if (std::ranges::find(canonical, name) == canonical.end()) {
            canonical.push_back(std::move(name));
        }
    }
    core::refuse_unsound(diagnostics, /*strict=*/false);
    return canonical;
}

}  // namespace

core::ServerBook read_server_book(store::Reader& reader, const std::vector<std::string>& hosts) {
    core::ServerBook book;
    book.hosts = hosts.empty() ? core::effective_xmpp_domains(reader.edge()) : canonical_hosts(hosts);
    if (book.hosts.empty()) {
        core::refuse_unsound(
            {core::make_diagnostic(
                core::rule::edge_incomplete, "xmpp_domains",
                "no XMPP domain is set, so there is no local domain of the server",
                "name it with --host, or for all commands with `xmppfed edge set --xmpp-domain contoso.com`")},
            /*strict=*/false);
    }
    book.gateway = reader.gateway();
    core::refuse_unsound(core::judge(book.gateway), /*strict=*/false);  // past the program anything can be written
    book.store_revision = reader.store_revision();
    core::DiagnosticsLog unsound;
    reader.visit_partners([&](const core::CommittedPartner& partner) {
        auto diagnostics = core::check({.partner = partner});
        std::erase_if(diagnostics, [](const auto& each) { return each.severity != core::Severity::error; });
        unsound.add(std::move(diagnostics));
        book.partners.push_back(partner);
        return true;
    });
    core::refuse_unsound(unsound, /*strict=*/false);
    return book;
}

}  // namespace xmppfed::app
