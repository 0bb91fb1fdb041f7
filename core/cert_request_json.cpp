#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/cert_request.hpp"
#include "core/error.hpp"

namespace xmppfed::core {

namespace {

/// Runs `read` on the JSON in a text of the store, which only damage can have spoilt.
auto from_stored_text(const std::string& text, auto read) {
    try {
        return read(Json::parse(text));
    } catch (const Json::exception& exception) {
        throw Error{ErrorKind::failed, "the store is damaged: a certificate request cannot be read"}
            .because(exception.what())
            .hint("look at it with `xmppfed store check`");
    }
}

template <class E>
E enum_at(const Json& json, const char* key) {
    return parse_enum<E>(json.at(key).template get<std::string>()).value_or(E{});
}

/// The members of a request in order; a part of them leaves out the names and the CSR.
Json form(const CertRequest& request, bool whole) {
    Json json = Json::object();
    json["number"] = request.number;
    json["state"] = name_of(request.state);
    json["subject"] = to_json(request.subject);
    if (whole) {
        json["names"] = to_json(request.names);
    }
    json["key"] = to_json(request.key);
    if (whole) {
        json["csr"] = request.csr.empty() ? Json{} : Json(request.csr);
    }
    json["csr_file"] = request.csr_file ? Json(*request.csr_file) : Json{};
    json["key_file"] = request.key_file;
    json["friendly_name"] = request.friendly_name;
    json["template"] = request.template_name.empty() ? Json{} : Json(request.template_name);
    json["exportable"] = request.exportable;
    json["created_at"] = request.created_at;
    return json;
}

}  // namespace

Json to_json(const std::vector<CertName>& names) {
    Json json = Json::array();
    for (const auto& name : names) {
        json.push_back(
            Json::object({{"type", name_of(name.type)}, {"value", name.value}, {"source", name_of(name.source)}}));
    }
    return json;
}

std::string to_text(const std::vector<CertName>& names) {
    constexpr std::size_t usual_length = 80;  // of one name
    std::string text = "[";
    text.reserve(names.size() * usual_length);
    for (const auto& name : names) {
        text += text.size() > 1 ? R"(,{"type":")" : R"({"type":")";
        text += name_of(name.type);
        text += R"(","value":)";
        append_text(text, name.value);
        text += R"(,"source":")";
        text += name_of(name.source);
        text += R"("})";
    }
    text += ']';
    return text;
}

Json to_json(const KeyKind& key) {
    Json json = Json::object({{"algorithm", name_of(key.algorithm)}});
    switch (key.algorithm) {
    case KeyAlgorithm::rsa:
        json["bits"] = key.bits;
        break;
    case KeyAlgorithm::ec:
        json["curve"] = name_of(key.curve);
        break;
    }
    return json;
}

Json to_json(const CertRequest& request) {
    return form(request, true);
}

Json history_form(const CertRequest& request) {
    return form(request, false);
}

std::vector<CertName> names_from_text(const std::string& text) {
    return from_stored_text(text, [](const Json& json) {
        std::vector<CertName> names;
        for (const auto& item : json) {
            names.push_back({enum_at<NameType>(item, "type"), item.at("value").get<std::string>(),
                             enum_at<NameSource>(item, "source")});
        }
        return names;
    });
}

CertSubject subject_from_text(const std::string& text) {
    return from_stored_text(text, [](const Json& json) {
        CertSubject subject;
        for (const auto& field : subject_fields()) {
            subject.*field.value = json.value(std::string{field.short_name}, std::string{});
        }
        return subject;
    });
}

}  // namespace xmppfed::core
