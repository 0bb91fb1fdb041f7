#include "core/report/markdown.hpp"

#include <rapidcheck/catch.h>
#include <catch2/catch.hpp>

using namespace xmppfed::core;

TEST_CASE("a text has no meaning for Markdown") {
    CHECK(markdown_text("*a* _b_ [c](d) `e` <f> & |") == R"(\*a\* \_b\_ \[c\](d) \`e\` &lt;f&gt; &amp; \|)");
    CHECK(markdown_text("one\ntwo") == R"(one\\ntwo)");
    CHECK(markdown_text("a sentence. Another (in brackets) - and so on") ==
          "a sentence. Another (in brackets) - and so on");
}

TEST_CASE("a text that begins a line is no list and no heading") {
    CHECK(markdown_text("- a") == "\\- a");
    CHECK(markdown_text("+ a") == "\\+ a");
    CHECK(markdown_text("12. a") == "12\\. a");
    CHECK(markdown_text("1) a") == "1\\) a");
    CHECK(markdown_text("# a") == "\\# a");
    CHECK(markdown_text("=== a") == "\\=== a");
    CHECK(markdown_text("> a") == "&gt; a");
}

TEST_CASE("a text has no address and no name that somebody is called by") {
    CHECK(markdown_text("http://a.example") == "http\\://a.example");
    CHECK(markdown_text("WWW.a.example") == "WWW\\.a.example");
    CHECK(markdown_text("a@b.example @somebody") == "a@<!-- -->b.example @<!-- -->somebody");
}

TEST_CASE("what is typed is a span of code, whatever it is") {
    CHECK(markdown_code("fabrikam.com") == "`fabrikam.com`");
    CHECK(markdown_code("a`b") == "``a`b``");
    CHECK(markdown_code("`") == "`` ` ``");
    CHECK(markdown_code("a|b") == "`a\\u{7c}b`");
    CHECK(markdown_code("a\nb") == "`a\\nb`");
    CHECK(markdown_code("").empty());
    CHECK(markdown_prose("use `a*`, *now*") == R"(use `a*`, \*now\*)");
}

TEST_CASE("a domain in Markdown is what people write, and what is typed where that differs") {
    CHECK(markdown_domain("fabrikam.com") == "`fabrikam.com`");
    CHECK(markdown_domain("xn--bcher-kva.example") == "bücher.example (`xn--bcher-kva.example`)");
}

TEST_CASE("no text ends a cell or a line") {
    rc::prop("of a table", [](const std::string& text) {
        for (const auto& shown : {markdown_text(text), markdown_code(text), markdown_prose(text)}) {
            RC_ASSERT(shown.find('\n') == std::string::npos);
            for (auto at = shown.find('|'); at != std::string::npos; at = shown.find('|', at + 1)) {
                RC_ASSERT(at > 0);
                RC_ASSERT(shown[at - 1] == '\\');
            }
        }
    });
}
