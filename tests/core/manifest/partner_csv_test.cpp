// Partners in CSV: what `partner list -o csv` writes, and what spreadsheets make of it.

#include <fmt/format.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "core/manifest/partner_file.hpp"
#include "core/partner/partner_fields.hpp"

using namespace xmppfed::core;
using CsvTexts = std::vector<std::string>;

namespace {

struct PartnersOfCsv {
    std::vector<Partner> partners;
    std::vector<Places> places;
    CsvTexts texts;  ///< "LINE:COLUMN MESSAGE" of each diagnostic
};

PartnersOfCsv read_as(const FormChoice& choice, std::string_view text) {
    JsonSource source{[rest = text]() mutable { return std::exchange(rest, {}); }};
    PartnersOfCsv reading;
    const auto form = choice(source);
    form.read(source, {.partner =
                           [&](const Partner& partner, const Places& places) {
                               reading.partners.push_back(partner);
                               reading.places.push_back(places);
                           },
                       .edge = {},
                       .gateway = {},
                       .diagnostic =
                           [&](const Diagnostic& diagnostic) {
                               CHECK(diagnostic.rule_id() == "manifest-invalid");
                               CHECK_FALSE(diagnostic.hint.empty());
                               reading.texts.push_back(
                                   fmt::format("{}:{} {}", *diagnostic.line, *diagnostic.column, diagnostic.message));
                           }});
    return reading;
}

PartnersOfCsv read_csv(std::string_view text) {
    return read_as(as_partner_csv, text);
}

Partner only_partner(std::string_view text) {
    auto reading = read_csv(text);
    CHECK(reading.texts == CsvTexts{});
    REQUIRE(reading.partners.size() == 1);
    return reading.partners.front();
}

}  // namespace

TEST_CASE("every field of a partner is read from CSV") {
    const auto partner = only_partner(
        "primary_domain,description,additional_domains,type,tls,sasl,dialback,proxy_fqdn,connection_limit,keepalive,"
        "accepted_warnings,enabled,revision,created_at,updated_at\r\n"
        "A.example, x ,c.a.example B.a.example,Public "
        "Verified,OPTIONAL,not_supported,TRUE,p.example,7,False,domain-own  dialback-unused,false,9,"
        "yesterday,=today\r\n");
    CHECK(partner.primary_domain == "a.example");
    CHECK(partner.description == " x ");
    CHECK(partner.additional_domains == CsvTexts{"b.a.example", "c.a.example"});
    CHECK(partner.type == PartnerType::public_verified);
    CHECK(partner.negotiation == Negotiation{Level::optional, Level::not_supported, true});
    CHECK(partner.proxy_fqdn == "p.example");
    CHECK(partner.connection_limit == 7);
    CHECK_FALSE(partner.keepalive);
    CHECK(partner.accepted_warnings == CsvTexts{"dialback-unused", "domain-own"});
    CHECK_FALSE(partner.enabled);
}

TEST_CASE("what CSV leaves empty, or out, is the default") {
    Partner wanted;
    wanted.primary_domain = "a.example";
    CHECK(only_partner("primary_domain\na.example") == wanted);
    std::string header;
    std::string line;
    for (const auto& field : partner_fields()) {
        header += fmt::format("{}{}", header.empty() ? "" : ";", field.key);
        line += field.kind == FieldKind::identity ? "a.example" : "; ";
    }
    CHECK(only_partner(header + "\n" + line + "\n").negotiation == wanted.negotiation);
    CHECK(only_partner(header + "\na.example\n") == wanted);
    CHECK(only_partner(" Primary_Domain ,methods\n a.example ,x") == wanted);
}

TEST_CASE("one apostrophe that guards a cell of CSV is taken away") {
    const auto description = [](std::string_view cell) {
        return only_partner(fmt::format("primary_domain,description\na.example,{}", cell)).description;
    };
    CHECK(description("'=1+1") == "=1+1");
    CHECK(description("''") == "'");
    CHECK(description("'''x") == "''x");
    CHECK(description("x'") == "x'");
    CHECK(description("\"'\nx\"") == "\nx");
    CHECK(description("=1+1") == "=1+1");
    CHECK(only_partner("primary_domain\n'a.example").primary_domain == "a.example");
}

TEST_CASE("domains of a set in CSV stand between blanks or commas") {
    for (const auto* cell : {"c.a b.a", "  c.a\tb.a ", "\"c.a\nb.a\"", "\"c.a, b.a\"", "\",c.a,,b.a,\""}) {
        INFO(cell);
        const auto separated = fmt::format("primary_domain;additional_domains\na;{}", cell);
        CHECK(only_partner(separated).additional_domains == CsvTexts{"b.a", "c.a"});
    }
}

TEST_CASE("lines and columns of CSV in which nothing stands are passed over") {
    const auto reading = read_csv("primary_domain,type,,\n,,,\na.example,,,\n\n  ,\nb.example,,,\n,,,\n");
    CHECK(reading.texts.empty());
    CHECK(reading.partners.size() == 2);
}

TEST_CASE("what is wrong in CSV has its line and column") {
    struct Row {
        std::string_view text;
        CsvTexts diagnostics;
    };
    const std::vector<Row> rows{
        {"", {"1:1 the file is empty"}},
        {"\n \n", {"1:1 the file is empty"}},
        {"hello\n", {"1:1 this is neither JSON nor CSV with a header that names fields of partners"}},
        {"<Objs Version=\"1.1\">", {"1:1 this is neither JSON nor CSV with a header that names fields of partners"}},
        {"primary_domain,a\"b",
         {"1:17 a quotation mark stands in a cell that does not begin with one; nothing after it was read"}},
        {"tls,sasl\nrequired,required", {"1:1 the column primary_domain is missing: it identifies the partner"}},
        {"primary_domain,tsl\na,x", {"1:16 the column 'tsl' is unknown"}},
        {"primary_domain,tls, tls \na,required,", {"1:20 the column tls is repeated"}},
        {"primary_domain,tls\na,maybe\nb,required",
         {"2:3 tls does not take 'maybe': give required, optional or not-supported"}},
        {"primary_domain;dialback\na;WAHR", {"2:3 dialback must be true or false, not 'WAHR'"}},
        {"primary_domain;connection_limit\na;4,29E+09",
         {"2:3 connection_limit must be a whole number, not '4,29E+09'"}},
        {"primary_domain,connection_limit\na,007", {"2:3 connection_limit must be a whole number, not '007'"}},
        {"primary_domain,connection_limit\na,-", {"2:3 connection_limit must be a whole number, not '-'"}},
        {"tls,primary_domain\nrequired,\n,b", {"2:1 primary_domain is missing: it identifies the partner"}},
        {"primary_domain,description\na,b,c,d", {"2:5 the cell stands under no heading"}},
        {"primary_domain,\na,b", {"2:3 the cell stands under no heading"}},
        {"primary_domain,description\na,\"b\nc,d\n",
         {"2:3 the quotation mark that begins the cell is never closed; nothing after it was read"}},
    };
    for (const auto& row : rows) {
        INFO(row.text);
        CHECK(read_csv(row.text).texts == row.diagnostics);
    }
}

TEST_CASE("reading CSV goes on behind what is wrong with a value, and knows where the values stand") {
    const auto reading = read_csv("primary_domain,tls,additional_domains\na,x,\nb,optional,\"y.b\nx.b\"\n");
    REQUIRE(reading.partners.size() == 2);
    CHECK(reading.places.at(0).unreadable.count() == 1);
    const auto& places = reading.places.at(1);
    CHECK(places.object == Place{3, 1});
    CHECK(places.fields.at(0) == Place{3, 1});
    CHECK(places.fields.at(2) == Place{3, 12});
    CHECK(places.items.at(2) == std::vector<Place>{{3, 12}, {3, 12}});
    CHECK(reading.partners.at(1).negotiation.tls == Level::optional);
}

TEST_CASE("CSV is read in UTF-8 and in UTF-16 with a mark, and in nothing else") {
    using std::string_view_literals::operator""sv;
    CHECK(only_partner("\xEF\xBB\xBFprimary_domain\na").primary_domain == "a");
    std::string wide{"\xFF\xFE"};
    for (const char c : "primary_domain\tdescription\r\na\tx"sv) {
        wide += c;
        wide += '\0';
    }
    CHECK(only_partner(wide).description == "x");
    CHECK(read_as(as_import, wide).partners.size() == 1);
    CHECK(read_csv("p\0r\0i\0"sv).texts == CsvTexts{"1:1 the file is UTF-16 without a byte order mark, not UTF-8"});
}

TEST_CASE("how a text begins shows whether it is JSON or CSV") {
    CHECK(read_as(as_import, "\n {\"Identity\":\"a\"}").partners.size() == 1);
    CHECK(read_as(as_import, "[]").texts.empty());
    CHECK(read_as(as_import, "\r\n\"primary_domain\"\na").partners.size() == 1);
    CHECK(read_as(as_import, " ").texts == CsvTexts{"1:1 the file is empty"});
    CHECK(read_as(as_import, "x").texts.size() == 1);
    CHECK(read_as(as_allowlist, "primary_domain\na").partners.empty());
    CHECK(read_as(as_partner_csv, "[]").partners.empty());
}
