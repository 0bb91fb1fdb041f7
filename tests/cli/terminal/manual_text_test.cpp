#include "cli/terminal/manual_text.hpp"

#include <catch2/catch.hpp>

using namespace xmppfed;

namespace {

std::string plain(std::string_view source, std::size_t width = 60) {
    return cli::manual_text(source, cli::Style{false}, width);
}

}  // namespace

TEST_CASE("prose is filled, and its lists and examples are laid out") {
    CHECK(plain(".Nd a page\n"
                ".Sh DESCRIPTION\n"
                "One sentence.\n"
                "And another one, with `code` in it, that is so long that it has to be broken.\n"
                "\n"
                "A paragraph, see\n"
                ".Xr xmppfed-edge 7 .\n"
                ".Bl -tag -width Ds\n"
                ".It Fl o , Fl -output Ar FORMAT\n"
                "How to print.\n"
                ".It Ev XDG_DATA_HOME , Ev HOME\n"
                "Where.\n"
                ".El\n"
                ".Bl -enum\n"
                ".It\n"
                "First, which is longer than a line of this text can be at all.\n"
                ".It\n"
                "Second.\n"
                ".El\n"
                ".Bl -bullet\n"
                ".It\n"
                "Item.\n"
                ".El\n"
                ".Pp\n"
                "Behind.\n"
                ".Bd -literal -offset indent\n"
                "$ xmppfed partner list\n"
                ".not a macro\n"
                "\n"
                "  as it is\n"
                ".Ed\n"
                "End.\n"
                ".Ss a-rule\n"
                "Why.\n") ==
          "DESCRIPTION\n"
          "One sentence. And another one, with `code` in it, that is so\n"
          "long that it has to be broken.\n"
          "\n"
          "A paragraph, see xmppfed-edge(7).\n"
          "-o, --output FORMAT\n"
          "    How to print.\n"
          "XDG_DATA_HOME, HOME\n"
          "    Where.\n"
          "\n"
          "1.  First, which is longer than a line of this text can be\n"
          "    at all.\n"
          "2.  Second.\n"
          "\n"
          "-   Item.\n"
          "\n"
          "Behind.\n"
          "\n"
          "    $ xmppfed partner list\n"
          "    .not a macro\n"
          "\n"
          "      as it is\n"
          "\n"
          "End.\n"
          "\n"
          "a-rule\n"
          "Why.\n");
    CHECK(plain("").empty());
    CHECK(plain(".El\n.It x\n.Ed\n") == "");
}

TEST_CASE("a section ends where the next of its rank begins") {
    const std::string_view page = ".Nd x\n.Sh ONE\na\n.Ss first\nb\n.Ss second\nc\n.Sh TWO\n.Ss third\n";
    CHECK(cli::manual_section(page, ".Sh ONE") == "a\n.Ss first\nb\n.Ss second\nc");
    CHECK(cli::manual_section(page, ".Ss first") == "b");
    CHECK(cli::manual_section(page, ".Ss second") == "c");
    CHECK(cli::manual_section(page, ".Ss third").empty());
    CHECK(cli::manual_section(page, ".Ss firs").empty());
    CHECK(cli::manual_section(page, ".Sh THREE").empty());
}
