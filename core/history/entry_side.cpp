#include "core/history/entry_side.hpp"

#include <utility>

#include "core/history/subject_state.hpp"

namespace xmppfed::core {

namespace {

/// Whether the files of a certificate request have other places, and it is what it was.
bool is_moved(const Json& before, const Json& after) {
    const auto differs = [&](const char* key) { return before.value(key, Json{}) != after.value(key, Json{}); };
    const bool is_as_it_was = !differs("state") && !differs("assigned_at");
    return is_as_it_was && (differs("key_file") || differs("csr_file") || differs("directory") || differs("host"));
}

}  // namespace

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
            return "cert.import";  // also when the one in use gets another chain
        }
        if (before.is_there && is_moved(before.json, after.json)) {
            return "cert.move";
        }
        return state == "pending"     ? "cert.request"
               : state == "issued"    ? "cert.import"
               : state == "assigned"  ? "cert.assign"
               : state == "replaced"  ? "cert.replace"
               : state == "cancelled" ? "cert.cancel"
               : state == "retired"   ? "cert.retire"
                                      : "";
    }
    }
    return {};
}

}  // namespace xmppfed::core
