#include "core/manifest/partner_forms.hpp"

#include <algorithm>
#include <array>
#include <functional>

#include "core/gateway/gateway_cmdlet.hpp"
#include "core/partner/partner_fields.hpp"

namespace xmppfed::core::partner_forms {

namespace {

using Kind = PlacedJson::Kind;

template <class Names, class Projection = std::identity>
bool has_any_of(const PlacedJson& object, const Names& names, Projection projection = {}) {
    return std::ranges::any_of(object.members, [&](const PlacedJson::Member& member) {
        return std::ranges::find(names, std::string_view{member.name}, projection) != std::ranges::end(names);
    });
}

bool has_properties(const PlacedJson& object) {
    return has_any_of(object, properties, &Property::name);
}

bool has_identity(const PlacedJson& object) {
    return has_any_of(object, std::array<std::string_view, 2>{"Identity", "Domain"});
}

bool has_fields(const PlacedJson& object) {
    return has_any_of(object, partner_fields(), &PartnerField::key);
}

}  // namespace

bool is_wrapped_array(const PlacedJson& value) {
    const auto wrapped = std::ranges::find(value.members, wrapped_array, &PlacedJson::Member::name);
    return wrapped != value.members.end() && wrapped->value.kind == Kind::array &&
           has_any_of(value, std::array<std::string_view, 1>{"Count"});
}

bool is_of_gateway(const PlacedJson& value) {
    return std::ranges::any_of(value.members, [](const PlacedJson::Member& member) {
        const auto is_named = [&](const GatewayProperty& property) { return property.name == member.name; };
        return std::ranges::any_of(gateway_properties(), is_named) &&
               std::ranges::find(properties, member.name, &Property::name) == properties.end();
    });
}

bool is_document(const PlacedJson& value) {
    return has_any_of(value, document_keys);
}

bool is_of_manifest(const PlacedJson& value) {
    return is_document(value) || (has_fields(value) && !has_properties(value));
}

bool is_of_deployment(const PlacedJson& value) {
    return !is_document(value) &&
           (is_wrapped_array(value) || is_of_gateway(value) || (has_identity(value) && !has_fields(value)));
}

}  // namespace xmppfed::core::partner_forms
