// The JSON Schemas name the fields of each subject: those of its table, with their defaults.

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <string>
#include <vector>

#include "core/edge/edge.hpp"
#include "core/gateway/gateway.hpp"
#include "core/partner/partner_fields.hpp"
#include "tests/core/schemas.hpp"

namespace xmppfed::core {

namespace {

using Keys = std::vector<std::string>;

template <class Subject>
Keys keys_of(std::span<const Field<Subject>> fields) {
    Keys keys;
    for (const auto& field : fields) {
        keys.emplace_back(field.key);
    }
    return keys;
}

Keys keys_of(const Json& object) {
    Keys keys;
    for (const auto& [key, value] : object.items()) {
        keys.push_back(key);
    }
    return keys;
}

/// The fields that may have changed of a subject.
Keys changed_fields(const std::string& subject) {
    const auto change = schema("common.schema.json").at("definitions").at("change");
    for (const auto& part : change.at("allOf")) {
        const auto& when = part.at("if").at("properties");
        if (when.contains("subject") && when.at("subject").at("const") == subject) {
            return allowed(part.at("then").at("properties").at("fields").at("items").at("properties").at("field"));
        }
    }
    return {};
}

/// A manifest's part has every field, and the default of each that it may lack.
template <class Subject>
void look_at_manifest(const Json& part, std::span<const Field<Subject>> fields) {
    CHECK(keys_of(part.at("properties")) == keys_of(fields));
    for (const auto& field : fields) {
        CAPTURE(field.key);
        const auto& property = part.at("properties").at(std::string{field.key});
        CHECK(property.contains("default") == (field.kind != FieldKind::identity));
        CHECK(property.value("default", field.write({})) == field.write({}));
    }
}

}  // namespace

TEST_CASE("the schema of a partner has its fields and what the store keeps beside them") {
    auto keys = keys_of(partner_fields());
    keys.insert(keys.end(), kept_partner_keys().begin(), kept_partner_keys().end());
    const auto partner = schema("common.schema.json").at("definitions").at("partner");
    CHECK(keys_of(partner.at("properties")) == keys);
    CHECK(partner.at("required").get<Keys>() == keys);
}

TEST_CASE("the schema of a change names every field of each subject") {
    CHECK(changed_fields("partner") == keys_of(partner_fields()));
    CHECK(changed_fields("edge") == keys_of(edge_fields()));
    CHECK(changed_fields("gateway") == keys_of(gateway_fields()));
}

TEST_CASE("the schema of a manifest has every field, and the defaults") {
    const auto manifest = schema("manifest.schema.json");
    look_at_manifest(manifest.at("definitions").at("partner"), partner_fields());
    look_at_manifest(manifest.at("properties").at("edge"), edge_fields());
    look_at_manifest(manifest.at("properties").at("gateway"), gateway_fields());
}

}  // namespace xmppfed::core
