#include "core/entry_side.hpp"

#include <utility>

#include "core/subject_state.hpp"

namespace xmppfed::core {

EntrySide side_in(Subject subject, Json json) {
    EntrySide side{.is_there = !json.is_null(), .name = name_in(json, subject)};
    side.json = std::move(json);
    return side;
}

std::string action_between(Subject subject, const EntrySide& before, const EntrySide& after) {
    switch (subject) {
    case Subject::partner:
        return !before.is_there            ? "partner.create"
               : !after.is_there           ? "partner.remove"
               : before.name != after.name ? "partner.rename"
                                           : "partner.update";
    case Subject::edge:
        return "edge.update";
    case Subject::gateway:
        return "gateway.update";
    case Subject::cert_request: {
        const auto state = after.json.value("state", std::string{});
        const auto certificate = [](const Json& it) { return it.is_object() ? it.value("certificate", Json{}) : it; };
        if (before.is_there && certificate(before.json) != certificate(after.json)) {
            return "cert.import";
        }
        return state == "pending"     ? "cert.request"
               : state == "issued"    ? "cert.import"
               : state == "assigned"  ? "cert.assign"
               : state == "replaced"  ? "cert.replace"
               : state == "cancelled" ? "cert.cancel"
                                      : "";
    }
    }
    return {};
}

}  // namespace xmppfed::core
