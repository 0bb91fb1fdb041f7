#include "core/render/renderings.hpp"

#include <set>
#include <string>

#include <catch2/catch.hpp>

using namespace xmppfed::core;

namespace {

/// What every table must be; and what each of its rows that makes a text makes of something.
template <class Row, class Text>
void look_through(const RenderingTable<Row>& table, const Text& text_by) {
    REQUIRE(table.rows.size() == table.values.size());
    std::set<std::string_view> names;
    std::set<std::string> texts;
    std::size_t makers = 0;
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        const auto& row = table.rows[i];
        INFO(row.value.name);
        CHECK(table.values[i].name == row.value.name);
        CHECK(names.insert(row.value.name).second);
        CHECK_FALSE(row.value.meaning.empty());
        if (row.make != nullptr) {
            ++makers;
            const auto text = text_by(row);
            CHECK_FALSE(text.empty());
            CHECK(text.ends_with('\n'));
            texts.insert(text);
        }
    }
    CHECK(texts.size() == makers);
    CHECK(makers > 0);
}

}  // namespace

TEST_CASE("each rendering of the book has its name and its text") {
    look_through(book_renderings(), [](const BookRendering& rendering) {
        std::string text;
        rendering.make(
            {},
            [](const auto& visit) {
                CommittedPartner partner;
                partner.primary_domain = "fabrikam.com";
                visit(partner);
            },
            Medium::file, [&](std::string_view piece) { text += piece; });
        CHECK(text.find("fabrikam.com") != std::string::npos);
        return text;
    });
}

TEST_CASE("each rendering of the federation has its name and its text") {
    const std::chrono::sys_seconds now{};
    const ReportFacts facts{.at = now,
                            .store_revision = 41,
                            .edge = {},
                            .partners = {},
                            .findings = {},
                            .certificates = {},
                            .probe = {},
                            .activity = Activity{now}};
    look_through(page_renderings(), [&](const PageRendering& rendering) {
        std::string text;
        rendering.make(facts, {.partners = [](const auto&) {}, .commits = [](const auto&) {}},
                       [&](std::string_view piece) { text += piece; });
        CHECK(text.find("store revision 41") != std::string::npos);
        return text;
    });
}

TEST_CASE("each rendering of DNS records has its name and its text") {
    Edge edge;
    edge.access_edge = "sip.contoso.com";
    edge.sip_domains = {"contoso.com"};
    look_through(record_renderings(),
                 [&](const RecordRendering& rendering) { return rendering.make(srv_records(edge, {})); });
}

TEST_CASE("each rendering of a certificate request has its name and its text") {
    CertRequest request;
    request.names = {{NameType::dns, "sip.contoso.com", NameSource::access_edge}};
    look_through(request_renderings(), [&](const RequestRendering& rendering) {
        return rendering.make(request, {.csr_file = "sip.contoso.com.csr"});
    });
}

TEST_CASE("each rendering for a server has its name and its text, which begins with the store's revision") {
    ServerBook book;
    book.partners.emplace_back().primary_domain = "fabrikam.com";
    book.hosts = {"contoso.com"};
    book.store_revision = 41;
    for (const auto* const server : {&prosody_server(), &ejabberd_server()}) {
        INFO(server->name);
        CHECK_FALSE(server->versions.empty());
        look_through(server->modes, [&](const ServerRendering& rendering) {
            CHECK_FALSE(rendering.main_file.empty());
            CHECK_FALSE(rendering.exactness(book).empty());
            auto text = rendering.make(book, "/etc/xmppfed");
            CHECK(text.substr(0, text.find('\n')).ends_with(" Store revision 41"));
            CHECK(text == rendering.make(book, "/etc/xmppfed"));
            return text;
        });
    }
}
