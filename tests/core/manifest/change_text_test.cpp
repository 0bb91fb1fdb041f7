#include "core/manifest/change_text.hpp"

#include <string>

#include <catch2/catch.hpp>

using namespace xmppfed::core;

namespace {

ManifestChange change_between(const char* before, const char* after, Subject subject = Subject::partner) {
    return {subject, Json::parse(before), Json::parse(after)};
}

}  // namespace

TEST_CASE("a value is told in one line, and what says nothing as such") {
    CHECK(shown_value(Json{}) == "(none)");
    CHECK(shown_value(Json("")) == "(none)");
    CHECK(shown_value(Json::array()) == "(none)");
    CHECK(shown_value(Json("a\nb")) == "a\\nb");
    CHECK(shown_value(Json::array({"a", "b"})) == "a, b");
}

TEST_CASE("changes of a partner are told field by field, of a set by what comes and goes") {
    const auto change = change_between(
        R"({"primary_domain": "a.example", "tls": "required", "additional_domains": ["b.example", "c.example"]})",
        R"({"primary_domain": "a.example", "tls": "optional", "additional_domains": ["c.example", "d.example"]})");
    CHECK(changes_line(change) == "additional_domains: +d.example -b.example; tls: required -> optional");
    CHECK(differences(change).size() == 2);
}

TEST_CASE("a long text is shortened where there is little room") {
    const auto change = change_between(R"({"description": ""})",
                                       R"({"description": "a text that says much more than there is room for"})");
    CHECK(changes_line(change).size() < 60);
    CHECK(differences(change).front().find("room for") != std::string::npos);
}

TEST_CASE("of a certificate request the state is told, and of all else the key") {
    CHECK(changes_line(change_between(R"({"state": "pending", "key_file": "a", "number": 1})",
                                      R"({"state": "issued", "key_file": "b", "number": 1})", Subject::cert_request)) ==
          "state: pending -> issued; key_file");
}

TEST_CASE("of a first edge the fields are told that were set, a list that is to be empty among them") {
    CHECK(changes_line(change_between(
              "null", R"({"access_edge": "sip.a.example", "sip_domains": [], "xmpp_domains": []})", Subject::edge)) ==
          "set access_edge; xmpp_domains");
    CHECK(changes_line(change_between("null", R"({"xmpp_domains": null})", Subject::edge)).empty());
}

TEST_CASE("what is new or gone has no changes") {
    CHECK(changes_line(change_between("null", R"({"primary_domain": "a.example"})")).empty());
    CHECK(changes_line(change_between(R"({"primary_domain": "a.example"})", "null")).empty());
}
