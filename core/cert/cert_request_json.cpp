#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/cert/cert_request.hpp"
#include "core/error.hpp"
#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

Error damaged_request(std::string_view cause) {
    return damaged_store("a certificate request cannot be read").because(escape(cause));
}

/// Runs `read` on the JSON in a text of the store, which only damage can have spoilt.
auto from_stored_text(const std::string& text, auto read) {
    try {
        return read(Json::parse(text));
    } catch (const Json::exception& exception) {
        throw damaged_request(exception.what());
    }
}

template <class E>
E enum_at(const Json& json, const char* key) {
    const auto text = json.at(key).template get<std::string>();
    const auto value = parse_enum<E>(text);
    if (!value) {
        throw damaged_request(fmt::format("{} is {}", key, text));
    }
    return *value;
}

const EdgeField& edge_field(std::string_view key) {
    const auto fields = edge_fields();
    const auto found = std::ranges::find(fields, key, &EdgeField::key);
    if (found == fields.end()) {
        throw damaged_request(fmt::format("the edge has no field {}", key));
    }
    return *found;
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

Json to_json(const RequestBasis& basis) {
    Json json = Json::object();
    json["common_name"] = basis.common_name ? Json(*basis.common_name) : Json{};
    json["sip_domains"] = name_of(basis.sip_domains);
    json["chosen_sip_domains"] = basis.chosen_sip_domains;
    json["srv_names"] = basis.srv_names;
    json["xmpp_addrs"] = basis.xmpp_addrs;
    json["client_auth"] = basis.client_auth;
    json["hash"] = name_of(basis.hash);
    json["subject"] = Json::object();
    for (const auto& assignment : basis.subject) {
        json["subject"][std::string{assignment.field->key}] = assignment.items;
    }
    return json;
}

namespace {

/// The members of a certificate in order; a part of them leaves out what is long.
Json form(const IssuedCertificate& certificate, bool whole) {
    Json json = Json::object();
    json["issuer"] = certificate.issuer;
    json["serial"] = certificate.serial;
    json["fingerprint"] = certificate.fingerprint;
    json["thumbprint"] = certificate.thumbprint;
    json["not_before"] = certificate.not_before;
    json["not_after"] = certificate.not_after;
    json["imported_at"] = certificate.imported_at;
    json["allowed_missing"] = certificate.allowed_missing;
    if (whole) {
        json["pem"] = certificate.pem;
        json["chain"] = or_null(certificate.chain);
        json["chain_complete"] = certificate.has_whole_chain;
    }
    return json;
}

/// The same of a request.
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
        json["csr"] = or_null(request.csr);
    }
    json["csr_file"] = request.csr_file ? Json(*request.csr_file) : Json{};
    json["key_file"] = or_null(request.key_file);
    json["friendly_name"] = request.friendly_name;
    json["template"] = or_null(request.template_name);
    json["exportable"] = request.exportable;
    json["created_at"] = request.created_at;
    json["renews"] = request.renews ? Json(*request.renews) : Json{};
    json["certificate"] = request.certificate ? form(*request.certificate, whole) : Json{};
    json["assigned_at"] = or_null(request.assigned_at);
    json["directory"] = or_null(request.directory);
    json["retired_at"] = or_null(request.retired_at);
    json["retirement_reason"] = request.retirement_reason ? Json(name_of(*request.retirement_reason)) : Json{};
    json["host"] = or_null(request.host);
    return json;
}

}  // namespace

Json to_json(const IssuedCertificate& certificate) {
    return form(certificate, true);
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
        for (const auto& item : json.get_ref<const Json::array_t&>()) {
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

RequestBasis basis_from_text(const std::string& text) {
    return from_stored_text(text, [](const Json& json) {
        RequestBasis basis;
        if (json == Json::object()) {  // recorded before there were renewals: the defaults
            return basis;
        }
        if (!json.at("common_name").is_null()) {
            basis.common_name = json.at("common_name").get<std::string>();
        }
        basis.sip_domains = enum_at<SipDomains>(json, "sip_domains");
        basis.chosen_sip_domains = json.at("chosen_sip_domains").get<std::vector<std::string>>();
        basis.srv_names = json.at("srv_names").get<bool>();
        basis.xmpp_addrs = json.at("xmpp_addrs").get<bool>();
        basis.client_auth = json.at("client_auth").get<bool>();
        basis.hash = enum_at<Hash>(json, "hash");
        for (const auto& [key, items] : json.at("subject").items()) {
            basis.subject.push_back({&edge_field(key), items.get<std::vector<std::string>>()});
        }
        return basis;
    });
}

IssuedCertificate certificate_from_text(const std::string& text) {
    return from_stored_text(text, [](const Json& json) {
        const auto text_at = [&](const char* key) { return json.at(key).get<std::string>(); };
        IssuedCertificate certificate;
        certificate.issuer = text_at("issuer");
        certificate.serial = text_at("serial");
        certificate.fingerprint = text_at("fingerprint");
        certificate.thumbprint = text_at("thumbprint");
        certificate.not_before = text_at("not_before");
        certificate.not_after = text_at("not_after");
        certificate.imported_at = text_at("imported_at");
        certificate.allowed_missing = json.at("allowed_missing").get<std::vector<std::string>>();
        certificate.pem = text_at("pem");
        if (!json.at("chain").is_null()) {
            certificate.chain = text_at("chain");
        }
        certificate.has_whole_chain = json.value("chain_complete", false);
        return certificate;
    });
}

}  // namespace xmppfed::core
