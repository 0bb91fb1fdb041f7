#include "core/history/subject_state.hpp"

#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

/// Adds the keys that an older state lacks, in the certificate of a request too.
Json completed(const std::string& state, Subject subject) {
    const auto add_to = [](Json& object, const Json& defaults) {
        for (const auto& [key, value] : defaults.items()) {
            if (!object.contains(key)) {
                object[key] = value;
            }
        }
    };
    auto object = stored_object(state);
    add_to(object, default_state(subject));
    if (const auto certificate = object.find("certificate"); certificate != object.end() && certificate->is_object()) {
        CertRequest request;
        request.certificate.emplace();
        add_to(*certificate, history_form(request).at("certificate"));
    }
    return object;
}

}  // namespace

Json default_state(Subject subject) {
    switch (subject) {
    case Subject::partner:
        return to_json(CommittedPartner{});
    case Subject::edge:
        return to_json(Edge{});
    case Subject::cert_request:
        return history_form(CertRequest{});
    case Subject::gateway:
        return to_json(Gateway{});
    }
    return {};
}

bool is_always_there(Subject subject) {
    switch (subject) {
    case Subject::edge:
    case Subject::gateway:
        return true;
    case Subject::partner:
    case Subject::cert_request:
        return false;
    }
    return false;
}

std::string described(Subject subject, const std::string& name) {
    switch (subject) {
    case Subject::partner:
        return fmt::format("the partner {}", quote(name));
    case Subject::edge:
        return "the edge";
    case Subject::cert_request:
        return fmt::format("certificate request {}", escape(name));
    case Subject::gateway:
        return "the gateway";
    }
    return {};
}

std::string name_in(const Json& state, Subject subject) {
    const auto value = [&](const char* key) { return state.is_object() ? state.value(key, Json{}) : Json{}; };
    switch (subject) {
    case Subject::partner:
        return value("primary_domain").is_string() ? value("primary_domain").get<std::string>() : std::string{};
    case Subject::edge:
    case Subject::gateway:
        return std::string{name_of(subject)};
    case Subject::cert_request:
        return value("number").dump();
    }
    return {};
}

std::string differing_keys(Subject subject, const std::string& recorded, const std::string& actual) {
    std::vector<std::string> keys;
    if (recorded == actual) {
        return {};
    }
    const auto left = completed(recorded, subject);
    const auto right = completed(actual, subject);
    for (const auto& [key, value] : right.items()) {
        // As objects whose keys have no order: an older entry may have had another.
        if (nlohmann::json(left.value(key, Json{})) != nlohmann::json(value)) {
            keys.push_back(escape(key));
        }
    }
    for (const auto& [key, value] : left.items()) {
        if (!right.contains(key)) {
            keys.push_back(escape(key));
        }
    }
    return join(keys, ", ");
}

}  // namespace xmppfed::core
