#include <string>

#include <catch2/catch.hpp>

#include "core/render/ejabberd.hpp"
#include "core/render/prosody.hpp"

using namespace xmppfed::core;

namespace {

ServerBook book_of(std::vector<Partner> partners) {
    return {.partners = std::move(partners), .hosts = {"contoso.com"}, .store_revision = 12};
}

Partner negotiating(const std::string& primary, Level tls, Level sasl, bool dialback) {
    Partner partner;
    partner.primary_domain = primary;
    partner.negotiation = {tls, sasl, dialback};
    return partner;
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("A string of Lua cannot end before its end", "[server-configurations]") {
    CHECK(lua_string("/etc/prosody") == R"("/etc/prosody")");
    CHECK(lua_string("a\"b\\c\nd\x01"
                     "9") == R"("a\034b\092c\010d\0019")");
    CHECK(lua_string("bücher \xFF") == "\"bücher \\255\"");
    CHECK(lua_string("\u202E") == R"("\226\128\174")");
    CHECK(lua_string("") == "\"\"");
}

TEST_CASE("Prosody is closed unless the module opens it, but for a trial", "[server-configurations]") {
    const auto text = prosody_module_configuration(book_of({}), "/etc/prosody/a\"b");
    CHECK(text.starts_with("-- Store revision 12\n"));
    CHECK(has(text, R"(plugin_paths = with(options.plugin_paths, "/etc/prosody/a\034b"))"));
    CHECK(has(text, R"(xmppfed_policy = "/etc/prosody/a\034b/xmppfed-policy.json")"));
    const auto condition = text.find("if not options.xmppfed_log_only then");
    REQUIRE(condition != std::string::npos);
    for (const auto* const line : {R"(modules_disabled = with(options.modules_disabled, "s2s"))",
                                   "s2s_require_encryption = false", "s2s_secure_auth = false", "s2s_timeout = 61"}) {
        CHECK(text.find(line) > condition);
        CHECK(has(text, line));
    }
}

TEST_CASE("Prosody's own options are those that the partners need", "[server-configurations]") {
    auto strict = negotiating("fabrikam.com", Level::required, Level::required, false);
    strict.additional_domains = {"xn--bcher-kva.example"};
    const auto text = prosody_own_configuration(book_of({strict}), "");
    CHECK(has(text, "s2s_require_encryption = true\n"));
    CHECK(has(text, R"(modules_disabled = with(options.modules_disabled, "dialback"))"));
    CHECK(has(text,
              "s2s_secure_domains = "
              "{\n\t\t\"bücher.example\",\n\t\t\"fabrikam.com\",\n\t\t\"xn--bcher-kva.example\",\n\t}\n"));
    CHECK(has(text, "s2s_timeout = 60\n"));
    CHECK_FALSE(has(text, "\"s2s\""));
    const auto open = negotiating("open.com", Level::optional, Level::optional, true);
    const auto other = prosody_own_configuration(book_of({open}), "");
    CHECK(has(other, "s2s_require_encryption = false\n"));
    CHECK(has(other, "s2s_secure_domains = {}\n"));
    CHECK_FALSE(has(other, "\"dialback\""));
    auto suspended = strict;
    suspended.enabled = false;
    CHECK(has(prosody_own_configuration(book_of({suspended, open}), ""), "s2s_require_encryption = false\n"));
}

TEST_CASE("Without an enabled partner Prosody's own options close it", "[server-configurations]") {
    auto suspended = negotiating("fabrikam.com", Level::required, Level::required, false);
    suspended.enabled = false;
    for (const auto& book : {book_of({}), book_of({suspended})}) {
        const auto text = prosody_own_configuration(book, "");
        CHECK(has(text, R"(modules_disabled = with(options.modules_disabled, "s2s"))"));
        CHECK_FALSE(has(text, "s2s_require_encryption"));
    }
}

TEST_CASE("ejabberd gets the list of domains in both forms, and nothing else", "[server-configurations]") {
    auto first = negotiating("fabrikam.com", Level::required, Level::required, false);
    first.additional_domains = {"xn--bcher-kva.example"};
    auto suspended = first;
    suspended.primary_domain = "adatum.com";
    suspended.additional_domains = {};
    suspended.enabled = false;
    CHECK(ejabberd_configuration(book_of({suspended, first}), "") ==
          "# Store revision 12\n"
          "# Written by xmppfed for contoso.com; include it with allow_only: [acl, access_rules, s2s_access].\n"
          "acl:\n"
          "  xmppfed_partners:\n"
          "    server:\n"
          "      - \"bücher.example\"\n"
          "      - \"fabrikam.com\"\n"
          "      - \"xn--bcher-kva.example\"\n"
          "access_rules:\n"
          "  xmppfed_s2s:\n"
          "    - allow: xmppfed_partners\n"
          "    - deny: all\n"
          "s2s_access: xmppfed_s2s\n");
    CHECK(has(ejabberd_configuration(book_of({}), ""), "    server: []\n"));
}
