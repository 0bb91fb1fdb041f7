#include "core/report/html/html.hpp"

#include <rapidcheck/catch.h>
#include <catch2/catch.hpp>

using namespace xmppfed::core;

TEST_CASE("a text becomes no markup") {
    CHECK(Html::text("<b>&amp;'\"</b>").markup() == "&lt;b&gt;&amp;amp;&#39;&quot;&lt;/b&gt;");
    CHECK(Html::text("bücher שלום").markup() == "bücher שלום");
    CHECK(Html::text("one\ntwo\tthree").markup() == "one\ntwo\tthree");
}

TEST_CASE("what could lead a reader astray is written visibly") {
    CHECK(Html::text("a\u202eb").markup() == "a\\u{202e}b");
    CHECK(Html::text("a\x1b[31m").markup() == "a\\x1b[31m");
    CHECK(Html::text("a\xff").markup() == "a\\xff");
    CHECK(Html::text("a\ufffeb\U0001ffffc\ufdd0").markup() == "a\\u{fffe}b\\u{1ffff}c\\u{fdd0}");
}

TEST_CASE("no octet of any text is a delimiter of HTML") {
    rc::prop("text has none", [](const std::string& text) {
        const auto markup = Html::text(text).markup();
        RC_ASSERT(markup.find_first_of("<>\"'") == std::string::npos);
        const auto prose = Html::prose(text).markup();
        RC_ASSERT(prose.find_first_of("\"'") == std::string::npos);
    });
}

TEST_CASE("what is typed is marked") {
    CHECK(Html::prose("use `a <b>` or `c`").markup() == "use <code>a &lt;b&gt;</code> or <code>c</code>");
    CHECK(Html::prose("one ` alone").markup() == "one ` alone");
    CHECK(Html::prose("").empty());
}

TEST_CASE("a domain is shown as people write it, and as it is typed where that differs") {
    CHECK(domain_html("fabrikam.com").markup() == "<bdi>fabrikam.com</bdi>");
    CHECK(domain_html("xn--bcher-kva.example").markup() ==
          "<bdi>bücher.example</bdi> <span class=\"typed\">xn--bcher-kva.example</span>");
    CHECK(domain_html("<i>").markup() == "<bdi>&lt;i&gt;</bdi>");
}

TEST_CASE("numbers and times are made for people") {
    CHECK(Html::number(-1234567).markup() == "-1,234,567");
    CHECK(Html::number(999).markup() == "999");
    CHECK(Html::percent(0.375).markup() == "37.50%");
    CHECK(day_html("2026-03-15T09:30:00Z").markup() == "<time>2026-03-15</time>");
    CHECK(minute_html("2026-03-15T09:30:00Z").markup() == "<time>2026-03-15 09:30</time>");
    // The element takes any text when it has no attribute, but must not say that this is a time.
    CHECK(day_html("<never>").markup() == "&lt;never&gt;");
}
