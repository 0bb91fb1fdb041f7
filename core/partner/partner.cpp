#include "core/partner/partner.hpp"

#include <array>
#include <span>

#include <nlohmann/json.hpp>

#include "core/partner/partner_fields.hpp"

namespace xmppfed::core {

namespace {

using std::string_view_literals::operator""sv;

constexpr std::array partner_types{
    EnumValue{"federated", "another deployment of the same enterprise, or of an established business relationship"},
    EnumValue{"public-verified", "a public provider trusted to verify who its users are; not recommended"},
    EnumValue{"public-unverified", "any public provider"},
};

constexpr std::array add_users{"yes"sv, "yes"sv, "no: our user must have added them first"sv};
constexpr std::array send_messages{"yes"sv, "yes"sv, "no"sv};
constexpr std::array see_notes{"yes"sv, "no"sv, "no"sv};

constexpr std::array permission_table{
    Permission{"add our users and see their presence without being authorised by them", add_users},
    Permission{"send messages to users who have not added them", send_messages},
    Permission{"see status notes", see_notes},
};

}  // namespace

std::vector<std::string> claimed_domains(const Partner& partner) {
    std::vector<std::string> domains{partner.primary_domain};
    domains.insert(domains.end(), partner.additional_domains.begin(), partner.additional_domains.end());
    return domains;
}

std::span<const Permission> permissions() {
    return permission_table;
}

template <>
std::span<const EnumValue> values_of<PartnerType>() {
    return partner_types;
}

CommittedPartner committed(const Partner& after, const std::optional<CommittedPartner>& before, std::string_view now) {
    CommittedPartner result;
    static_cast<Partner&>(result) = after;
    result.revision = before ? before->revision + 1 : 1;
    result.created_at = before ? before->created_at : std::string{now};
    result.updated_at = now;
    return result;
}

Json to_json(const CommittedPartner& partner) {
    Json json = Json::object();
    for (const auto& field : partner_fields()) {
        json[std::string{field.key}] = field.write(partner);
    }
    json["revision"] = partner.revision;
    json["created_at"] = partner.created_at;
    json["updated_at"] = partner.updated_at;
    return json;
}

void append(ObjectText& object, const Partner& partner) {
    for (const auto& field : partner_fields()) {
        field.append(object, partner);
    }
}

void append(ObjectText& object, const CommittedPartner& partner) {
    append(object, static_cast<const Partner&>(partner));
    append_kept(object, partner);
}

void append_kept(ObjectText& object, const CommittedPartner& partner) {
    object.member("revision", partner.revision);
    object.member("created_at", partner.created_at);
    object.member("updated_at", partner.updated_at);
}

void append_with_methods(ObjectText& object, const CommittedPartner& partner) {
    append(object, partner);
    std::array<std::string_view, all_methods.size()> methods{};
    std::size_t count = 0;
    for (const auto method : all_methods) {
        if (offers(partner.negotiation, method)) {
            methods.at(count++) = name_of(method);
        }
    }
    object.member("methods", std::span<const std::string_view>{methods}.first(count));
}

std::string to_text(const CommittedPartner& partner) {
    constexpr std::size_t usual = 512;
    std::string text;
    text.reserve(usual);
    ObjectText object{text, JsonLayout::compact};
    append(object, partner);
    object.end();
    return text;
}

Json to_json(const std::vector<Method>& methods) {
    Json json = Json::array();
    for (const auto method : methods) {
        json.push_back(name_of(method));
    }
    return json;
}

Json to_json_with_methods(const CommittedPartner& partner) {
    Json json = to_json(partner);
    json["methods"] = to_json(offer(partner.negotiation).methods);
    return json;
}

}  // namespace xmppfed::core
