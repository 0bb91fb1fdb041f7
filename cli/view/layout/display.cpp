#include "cli/view/layout/display.hpp"

#include <nlohmann/json.hpp>

#include "cli/terminal/wrapping.hpp"

namespace xmppfed::cli::view {

void Display::print_text(std::string_view text) const {
    out.write(wrapped_lines(text, columns));
}

void Display::print_document(std::string_view kind, const core::Json& members) const {
    auto json = document_head(kind);
    if (dry_run) {
        json["dry_run"] = true;
    }
    json.update(members);
    out.write(core::to_text(json, core::JsonLayout::indented) + "\n");
}

core::Json document_head(std::string_view kind) {
    core::Json json = core::Json::object();
    json["format_version"] = "1.0";
    json["kind"] = kind;
    return json;
}

}  // namespace xmppfed::cli::view
