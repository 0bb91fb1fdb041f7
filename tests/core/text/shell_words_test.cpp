#include "core/text/shell_words.hpp"

#include <catch2/catch.hpp>

using xmppfed::core::shell_line;
using xmppfed::core::shell_quoted;

TEST_CASE("words are quoted where a shell would change them") {
    CHECK(shell_quoted("fabrikam.com") == "fabrikam.com");
    CHECK(shell_quoted("--sip-domain=a,b") == "--sip-domain=a,b");
    CHECK(shell_quoted("").append("|") == "''|");
    CHECK(shell_quoted("*.contoso.com") == "'*.contoso.com'");
    CHECK(shell_quoted("a b") == "'a b'");
    CHECK(shell_quoted("it's $HOME `x` \"y\" \\") == "'it'\\''s $HOME `x` \"y\" \\'");
    CHECK(shell_quoted("~root") == "'~root'");
    CHECK(shell_quoted("b\u00fccher") == "'b\u00fccher'");
    CHECK(shell_line({"xmppfed", "partner", "a b"}) == "xmppfed partner 'a b'");
}

TEST_CASE("what must not reach a terminal is written visibly") {
    CHECK(shell_quoted("a\nb\x1b[31m'\\") == "$'a\\x0ab\\x1b[31m\\'\\\\'");
    CHECK(shell_quoted("\u202e1") == "$'\\xe2\\x80\\xae1'");
    CHECK(shell_quoted("\xff") == "$'\\xff'");
}
