#include "cli/view/edge_view.hpp"

#include <nlohmann/json.hpp>

#include "cli/view/layout/field_line.hpp"
#include "cli/view/partner_view.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli::view {

namespace {

using core::Json;

std::string xmpp_domains_text(const core::Edge& edge) {
    if (!edge.xmpp_domains) {
        return edge.sip_domains.empty() ? "" : core::join(edge.sip_domains, ", ") + " (the SIP domains)";
    }
    return edge.xmpp_domains->empty() ? "none: no XMPP proxy" : core::join(*edge.xmpp_domains, ", ");
}

void print_text(const Display& display, const core::Edge& edge) {
    std::string text;
    for (const auto& field : core::edge_fields()) {
        const auto value = core::plain_text(field.write(edge), ", ");
        text += field_line(field.label, field.key == "xmpp_domains" ? xmpp_domains_text(edge) : value);
    }
    display.print_text(text);
}

}  // namespace

void print_edge(const Display& display, const core::Edge& edge, const core::Diagnostics& diagnostics,
                const core::Diagnostics& shown_diagnostics) {
    if (display.format == Format::json) {
        display.print_document(
            "edge", Json::object({{"edge", core::to_json(edge)}, {"diagnostics", core::to_json(diagnostics)}}));
        return;
    }
    print_text(display, edge);
    if (!shown_diagnostics.empty()) {
        display.print_text("\n");
        print_diagnostics(display, shown_diagnostics, "");
    }
}

}  // namespace xmppfed::cli::view
