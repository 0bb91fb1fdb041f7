#include "cli/view/gateway_view.hpp"

#include <nlohmann/json.hpp>

#include "cli/view/layout/field_line.hpp"
#include "cli/view/partner_view.hpp"

namespace xmppfed::cli::view {

using core::Json;

void print_gateway(const Display& display, const core::Gateway& gateway, const core::Diagnostics& diagnostics,
                   const core::Diagnostics& shown_diagnostics) {
    if (display.format == Format::json) {
        display.print_document("gateway", Json::object({{"gateway", core::to_json(gateway)},
                                                        {"diagnostics", core::to_json(diagnostics)}}));
        return;
    }
    std::string text;
    for (const auto& field : core::gateway_fields()) {
        const bool is_time = field.value_name == "SECONDS";
        text += field_line(field.label, field.write(gateway).dump() + (is_time ? " s" : ""));
    }
    display.print_text(text);
    if (!shown_diagnostics.empty()) {
        display.print_text("\n");
        print_diagnostics(display, shown_diagnostics, "");
    }
}

}  // namespace xmppfed::cli::view
