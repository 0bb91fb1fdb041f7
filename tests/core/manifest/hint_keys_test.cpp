#include "core/manifest/hint_keys.hpp"

#include <catch2/catch.hpp>

#include "core/manifest/manifest.hpp"

using namespace xmppfed::core;

TEST_CASE("a hint for a file names the keys instead of the options") {
    struct Row {
        const char* hint;
        const char* manifest;
        const char* allowlist;
        const char* csv;
    };
    const std::vector<Row> rows{
        {"use `--tls required`", R"(use `"tls": "required"`)", R"(use `"TlsNegotiation": "required"`)",
         "use `tls: required`"},
        {"`--sasl not-supported --dialback true`; ask", R"(`"sasl": "not-supported", "dialback": true`; ask)",
         R"(`"SaslNegotiation": "not-supported", "SupportDialbackNegotiation": true`; ask)",
         "`sasl: not-supported, dialback: true`; ask"},
        {"`--connection-limit \"\"` or `--type federated`", R"(`"connection_limit": null` or `"type": "federated"`)",
         R"(`"ConnectionLimit": null` or `"PartnerType": "federated"`)",
         "`connection_limit: \"\"` or `type: federated`"},
        {"use `--country GB`", R"(use `"country": "GB"`)", R"(use `"country": "GB"`)", "use `country: GB`"},
    };
    for (const auto& row : rows) {
        INFO(row.hint);
        CHECK(hint_in_keys(row.hint, manifest_name) == row.manifest);
        CHECK(hint_in_keys(row.hint, allowlist_name) == row.allowlist);
        CHECK(hint_in_keys(row.hint, csv_name) == row.csv);
    }
}

TEST_CASE("a hint without settings stays as it is") {
    for (const std::string hint :
         {"", "name it once", "release it with `xmppfed partner edit a.example --remove-domain b.example`",
          "`--preset flexible`", "`--tls`", "`--tls required", "use --tls required", "`", "``", "`--`", "`--tls  `",
          "`--tls LEVEL`"}) {
        INFO(hint);
        CHECK(hint_in_keys(hint, manifest_name) == hint);
    }
}
