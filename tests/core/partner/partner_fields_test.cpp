#include "core/partner/partner_fields.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "core/text/text.hpp"
#include "tests/core/caught.hpp"

namespace xmppfed::core {

namespace {

Partner read(std::string_view key, const std::vector<std::string>& items, Partner partner = {}) {
    partner_field(key).read(partner, items);
    return partner;
}

std::string written(std::string_view key, const std::vector<std::string>& items) {
    return partner_field(key).write(read(key, items)).dump();
}

}  // namespace

TEST_CASE("the field table has the documented fields, options and defaults in order") {
    std::vector<std::string> rows;
    for (const auto& field : partner_fields()) {
        rows.push_back(std::string{field.key} + " --" + std::string{field.option} + " " + field.write({}).dump());
        CHECK(&partner_field(field.key) == &field);
        CHECK(field.values.empty() == (field.kind != FieldKind::enumeration && field.kind != FieldKind::boolean &&
                                       field.kind != FieldKind::choice_set));
        for (const auto text : {field.value_name, field.label, field.group, field.meaning}) {
            CHECK_FALSE(text.empty());
        }
    }
    CHECK(rows == std::vector<std::string>{"primary_domain --primary \"\"", "description --description \"\"",
                                           "additional_domains --additional []", "type --type \"public-unverified\"",
                                           "tls --tls \"required\"", "sasl --sasl \"required\"",
                                           "dialback --dialback false", "proxy_fqdn --proxy-fqdn null",
                                           "connection_limit --connection-limit null", "keepalive --keepalive true",
                                           "accepted_warnings --accept []", "enabled --enabled true"});
    CHECK(std::vector(kept_partner_keys().begin(), kept_partner_keys().end()) ==
          std::vector<std::string_view>{"revision", "created_at", "updated_at"});
}

TEST_CASE("a partner has one identity, and two fields of any number of items") {
    std::vector<std::string_view> identities;
    std::vector<std::string_view> plural;
    for (const auto& field : partner_fields()) {
        if (field.kind == FieldKind::identity) {
            identities.push_back(field.key);
        } else if (is_plural(field.kind)) {
            plural.push_back(field.key);
        }
    }
    CHECK(identities == std::vector<std::string_view>{"primary_domain"});
    CHECK(plural == std::vector<std::string_view>{"additional_domains", "accepted_warnings"});
    CHECK(partner_identity().key == "primary_domain");
}

TEST_CASE("each field reads its text and writes its canonical form") {
    CHECK(written("primary_domain", {"BÜCHER.example."}) == R"("xn--bcher-kva.example")");
    CHECK(written("primary_domain", {"a_b"}) == R"("a_b")");  // left to the rule
    CHECK(written("description", {"a\nb"}) == R"("a\nb")");
    CHECK(written("description", {""}) == R"("")");
    CHECK(written("additional_domains", {"b.com", "A.com"}) == R"(["a.com","b.com"])");
    CHECK(written("additional_domains", {}) == "[]");
    CHECK(written("type", {"Public Verified"}) == R"("public-verified")");
    CHECK(written("tls", {"NotSupported"}) == R"("not-supported")");
    CHECK(written("sasl", {"OPTIONAL"}) == R"("optional")");
    CHECK(written("dialback", {"True"}) == "true");
    CHECK(written("proxy_fqdn", {"Proxy.Fabrikam.com"}) == R"("proxy.fabrikam.com")");
    CHECK(written("connection_limit", {"4294967295"}) == "4294967295");
    CHECK(written("keepalive", {"false"}) == "false");
    CHECK(written("accepted_warnings", {"Domain Own", "dialback-unused", "domain_own"}) ==
          R"(["dialback-unused","domain-own"])");
    CHECK(written("accepted_warnings", {}) == "[]");
    CHECK(written("enabled", {"false"}) == "false");
}

TEST_CASE("an empty text clears the fields that may be empty") {
    Partner partner;
    partner.proxy_fqdn = "proxy.fabrikam.com";
    partner.connection_limit = 5;
    CHECK_FALSE(read("proxy_fqdn", {""}, partner).proxy_fqdn);
    CHECK_FALSE(read("connection_limit", {""}, partner).connection_limit);
}

TEST_CASE("a field changes nothing but itself") {
    Partner changed;
    for (const auto& [key, text] : std::vector<std::pair<std::string, std::string>>{{"primary_domain", "a.com"},
                                                                                    {"description", "text"},
                                                                                    {"additional_domains", "b.com"},
                                                                                    {"type", "federated"},
                                                                                    {"tls", "optional"},
                                                                                    {"sasl", "not-supported"},
                                                                                    {"dialback", "true"},
                                                                                    {"proxy_fqdn", "p.com"},
                                                                                    {"connection_limit", "7"},
                                                                                    {"keepalive", "false"},
                                                                                    {"accepted_warnings", "domain-own"},
                                                                                    {"enabled", "false"}}) {
        const auto before = changed;
        changed = read(key, {text}, changed);
        for (const auto& field : partner_fields()) {
            CAPTURE(key, field.key);
            CHECK((field.write(changed) == field.write(before)) == (field.key != key));
            CHECK((field.write(changed) == field.write({})) == (&field > &partner_field(key)));
        }
    }
}

TEST_CASE("a text that names no value is a usage error that names the option") {
    for (const auto& field : partner_fields()) {
        if (field.kind == FieldKind::enumeration || field.kind == FieldKind::boolean ||
            field.kind == FieldKind::number || field.kind == FieldKind::choice_set) {
            const auto error = caught([&] { (void)read(field.key, {"nonsense"}); });
            CHECK(error.kind == ErrorKind::usage);
            CHECK(error.message.starts_with("--" + std::string{field.option} + " "));
        }
    }
}

}  // namespace xmppfed::core
