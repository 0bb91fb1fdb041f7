#include <nlohmann/json.hpp>

#include "core/edge/edge.hpp"
#include "core/field/stored_fields.hpp"

namespace xmppfed::core {

Edge edge_from_text(const std::string& text) {
    return stored_fields::subject_from_text<Edge>(text, edge_fields(), [](Json& object, Edge& edge) {
        if (const auto domains = object.find("xmpp_domains");
            domains != object.end() && domains->is_array() && domains->empty()) {
            edge.xmpp_domains.emplace();  // there is no XMPP proxy; null would mean that the SIP domains count
            object.erase(domains);
        }
    });
}

}  // namespace xmppfed::core
