#include <algorithm>
#include <deque>
#include <map>

#include <fmt/format.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "core/partner/partner_fields.hpp"
#include "core/text/text.hpp"
#include "tests/support/test_world.hpp"

using namespace xmppfed;
using Catch::Matchers::Contains;
using test::TestWorld;

namespace {

struct Form : TestWorld {
    Form() {
        terminal.stdin_is_one = true;
        terminal.stderr_is_one = true;
        environment["NO_COLOR"] = "1";
    }
    test::Result answer(std::string_view line, std::deque<std::string> answers) {
        input = std::move(answers);
        return run(line);
    }
    /// The command line that the interview named at its end.
    static std::string same_line(const test::Result& result) {
        const std::string mark = "the same without questions:\n  xmppfed ";
        const auto at = result.err.find(mark);
        return at == std::string::npos
                   ? ""
                   : result.err.substr(at + mark.size(), result.err.find('\n', at + mark.size()) - at - mark.size());
    }
};

struct Wizard : Form {
    Wizard() {
        must(
            "edge set --access-edge sip.contoso.com --sip-domain contoso.com,fabrikam.com --organization 'Contoso, "
            "Ltd'");
    }
};

using Answers = std::deque<std::string>;

Answers operator+(Answers answers, const Answers& then) {
    answers.insert(answers.end(), then.begin(), then.end());
    return answers;
}

/// Enter on that many pages.
Answers enters(std::size_t count, const Answers& then = {}) {
    return Answers(count) + then;
}

const std::size_t form_pages = core::partner_fields().size() + 1;  // and the preset
constexpr std::size_t wizard_pages = 16;

/// Which page of a partner's form asks for a field, or for the preset, which stands before what it presets.
std::size_t page_of(std::string_view key) {
    const auto fields = core::partner_fields();
    const auto place_of = [&](std::string_view name) {
        return static_cast<std::size_t>(std::ranges::find(fields, name, &core::PartnerField::key) - fields.begin());
    };
    const auto preset = place_of("tls");
    const auto place = key == "preset" ? preset : place_of(key);
    return key != "preset" && place >= preset ? place + 1 : place;
}

/// Enter on every page of a partner's form before that one, and on every one behind it.
Answers up_to(std::string_view key) {
    return enters(page_of(key));
}
Answers behind(std::string_view key) {
    return enters(form_pages - page_of(key) - 1);
}

/// What leads to that page from any other.
std::string to(std::string_view key) {
    return fmt::format("<{}", page_of(key) + 1);
}

/// A partner's form with some answers, and Enter on the other pages.
Answers form(const std::map<std::string_view, std::string>& given, const Answers& then = {"y"}) {
    auto answers = enters(form_pages);
    for (const auto& [key, answer] : given) {
        answers.at(page_of(key)) = answer;
    }
    return answers + then;
}

std::size_t count_of(std::string_view text, std::string_view what) {
    std::size_t count = 0;
    for (auto at = text.find(what); at != std::string_view::npos; at = text.find(what, at + 1)) {
        ++count;
    }
    return count;
}

}  // namespace

TEST_CASE("the form asks for each field of the table in its order") {
    Form world;
    const auto result = world.answer("partner new --interactive", form({{"primary_domain", "a.example"}}));
    CHECK(result.code == 0);
    std::size_t last = 0;
    for (const auto& field : core::partner_fields()) {
        INFO(field.label);
        const auto at = result.err.find(fmt::format("\n{}", field.label));
        CHECK(at != std::string::npos);
        CHECK(at > last);
        CHECK_THAT(result.err, Contains(fmt::format("--{}: {}", field.option, field.meaning)));
        last = at;
    }
    CHECK_THAT(result.err, Contains("Partner type [public-unverified]: "));
    CHECK_THAT(result.err, Contains("Preset [strict]: "));
    CHECK_THAT(result.err, Contains(fmt::format("Partner (1/{})", form_pages)));
    CHECK(Form::same_line(result) == "partner new --primary a.example");
    CHECK(world.input.empty());
}

TEST_CASE("what the form made, its command line makes as well") {
    struct Row {
        const char* begin;
        Answers answers;
    };
    const auto row = GENERATE(values<Row>({
        {"", form({{"primary_domain", "B\u00fccher.example"},
                   {"description", "it's \"quoted\""},
                   {"additional_domains", "x.de , y.de"},
                   {"type", "Public Verified"},
                   {"preset", "Flexible"},
                   {"connection_limit", "7"},
                   {"keepalive", "FALSE"},
                   {"accepted_warnings", "domain-outside-primary,domain-own"}})},
        {"--type federated --sasl optional --dialback true",
         form({{"primary_domain", "b.example"}, {"description", "-x"}, {"proxy_fqdn", "proxy.example"}}, {"YES"})},
        {"--primary b.example --description 'kept $HOME' -m 'a reason'",
         form({{"description", "\"\""}, {"preset", "dialback"}})},
        {"--primary b.example --preset strict --tls optional", form({{"preset", "flexible"}, {"enabled", "false"}})},
    }));
    INFO(row.begin);
    Form world;
    const auto made = world.answer(fmt::format("partner new --interactive {}", row.begin), row.answers);
    INFO(made.err);
    REQUIRE(made.code == 0);
    const auto line = Form::same_line(made);
    INFO(line);
    TestWorld other;
    const auto again = other.must(line);
    CHECK(again.out == made.out);
    CHECK(other.state() == world.state());
    CHECK_THAT(line, !Contains("interactive"));
}

TEST_CASE("options given beside it are the answers to begin with") {
    Form world;
    const auto result =
        world.answer("partner new --interactive --primary A.Example --tls optional --proxy-fqdn p.example",
                     enters(form_pages, {"y"}));
    REQUIRE(result.code == 0);
    CHECK_THAT(result.err, Contains("Primary domain [a.example]: "));
    CHECK_THAT(result.err, Contains("TLS negotiation [optional]: "));
    CHECK_THAT(result.err, Contains("Proxy FQDN [p.example]: "));
    CHECK(world.partner("a.example").at("tls") == "optional");
}

TEST_CASE("back leads to the page before, with its answer, and a change counts") {
    Form world;
    const auto result = world.answer("partner new --interactive",
                                     Answers{"<", "a.example", "first", "<", "second", "<", "<", "b.example"} +
                                         behind("primary_domain") + Answers{"<", "false", "y"});
    REQUIRE(result.code == 0);
    CHECK_THAT(result.err, Contains("This is the first page."));
    CHECK_THAT(result.err, Contains("Primary domain [a.example]: "));
    CHECK_THAT(result.err, Contains("Description [second]: "));
    CHECK(world.run("partner show a.example").code == 4);
    CHECK(world.partner("b.example").at("description") == "second");
    CHECK(world.partner("b.example").at("enabled") == false);
}

TEST_CASE("an answer that its option or a rule refuses is asked for again") {
    struct Row {
        const char* page;
        const char* answer;
        const char* message;
        const char* better;
    };
    const auto row = GENERATE(values<Row>({
        {"primary_domain", "", "primary domain '' is empty", "a.example"},
        {"primary_domain", "a..b", "[domain-invalid]", "a.example"},
        {"primary_domain", "taken.example", "[domain-claimed]", "a.example"},
        {"description", "\x1b[31m", "[description-invalid]", ""},
        {"additional_domains", "x.example, a.example", "[domain-duplicate]", "x.example"},
        {"additional_domains", "x.example,,y.example", "[domain-invalid]", "x.example"},
        {"type", "federatd", "did you mean `federated`?", "federated"},
        {"preset", "strickt", "did you mean `strict`?", "strict"},
        {"tls", "none", "--tls does not take 'none'", "required"},
        {"sasl", "requierd", "did you mean `required`?", "required"},
        {"dialback", "yes", "--dialback does not take 'yes'", "true"},
        {"proxy_fqdn", "a b", "[domain-invalid]", "p.example"},
        {"connection_limit", "0x10", "--connection-limit needs a whole number", "16"},
        {"connection_limit", "0", "[value-out-of-range]", "16"},
        {"keepalive", "perhaps", "--keepalive does not take 'perhaps'", "true"},
        {"accepted_warnings", "domain-owned", "did you mean `domain-own`?", "domain-own"},
        {"accepted_warnings", "type-not-recommended", "--accept does not take", ""},
        {"enabled", "ja", "--enabled does not take 'ja'", "true"},
    }));
    INFO(row.page << " " << row.answer);
    Form world;
    world.must("partner new --primary taken.example");
    auto answers = form({{"primary_domain", "a.example"}});
    const auto page = page_of(row.page);
    answers[page] = row.answer;
    answers.insert(answers.begin() + static_cast<std::ptrdiff_t>(page) + 1, row.better);
    const auto result = world.answer("partner new --interactive", answers);
    INFO(result.err);
    CHECK(result.code == 0);
    CHECK_THAT(result.err, Contains(row.message));
    CHECK_THAT(result.err, Contains("\nhint: "));
    CHECK(result.err.find('\x1b') == std::string::npos);
    CHECK(world.partner("a.example").at("primary_domain") == "a.example");
}

TEST_CASE("negotiation is explained after each answer, and settled on its last page") {
    Form world;
    const auto result = world.answer(
        "partner new --interactive --primary a.example",
        up_to("type") + Answers{"federated", "", "not-supported", "", "", "<", "not-supported", "false", "true"} +
            behind("dialback") + Answers{"y"});
    REQUIRE(result.code == 0);
    CHECK_THAT(result.err, Contains("see status notes: yes"));
    CHECK_THAT(result.err, Contains("  sasl-over-tls  TLS is not supported, and SASL needs TLS\n"));
    CHECK_THAT(result.err,
               Contains("  tcp-dialback   the stream is not encrypted; DNS and a call back tell who is speaking\n"));
    CHECK_THAT(result.err, Contains("  error: SASL is required and TLS is not-supported"));
    CHECK_THAT(result.err, Contains("xmppfed: error: a.example: SASL is required and TLS is not-supported"));
    CHECK_THAT(result.err, Contains("`<` leads back to the other settings"));
    CHECK_THAT(result.err, Contains("[no-authentication-method]"));
    CHECK_THAT(result.err, Contains("[trust-exceeds-authentication]"));
    CHECK(world.partner("a.example").at("methods") == core::Json::parse(R"(["tcp-dialback"])"));
}

TEST_CASE("a preset chosen anew replaces the answers that it was given with") {
    Form world;
    const auto result = world.answer(
        "partner new --interactive --primary a.example",
        up_to("tls") + Answers{"optional", "", "<", "<", "<", "flexible"} + behind("preset") + Answers{"y"});
    REQUIRE(result.code == 0);
    CHECK(world.partner("a.example").at("tls") == "required");
    CHECK(Form::same_line(result) == "partner new --primary a.example --preset flexible");
}

TEST_CASE("the interview can be left on every page, and nothing has changed") {
    struct Row {
        const char* command;
        std::size_t pages;
    };
    const auto row = GENERATE(values<Row>({
        {"partner new --interactive --primary b.example", form_pages},
        {"partner edit a.example --interactive --tls optional", form_pages},
        {"cert request --interactive", wizard_pages},
    }));
    Wizard world;
    world.must("partner new --primary a.example");
    const auto before = world.state();
    for (std::size_t page = 0; page <= row.pages; ++page) {  // the last is the question
        for (const auto* word : {"cancel", "Cancel ", static_cast<const char*>(nullptr)}) {
            INFO(row.command << ", page " << page << ", " << (word == nullptr ? "end of input" : word));
            auto answers = enters(page);
            if (word != nullptr) {
                answers.emplace_back(word);
            }
            const auto result = world.answer(row.command, answers);
            CHECK(result.code == 1);
            CHECK(result.out.empty());
            CHECK_THAT(result.err,
                       Contains(word == nullptr ? "xmppfed: error: the input ended; nothing was changed\nhint: "
                                                : "xmppfed: error: cancelled; nothing was changed\nhint: "));
            CHECK(count_of(result.err, ", cancel ends") == std::min(page + 1, row.pages));
        }
    }
    const auto declined = world.answer(row.command, enters(row.pages, {"n"}));
    CHECK(declined.code == 1);
    CHECK_THAT(declined.err, Contains("Commit? [y/N] xmppfed: error: declined; nothing was changed\n"));
    CHECK(world.state() == before);
    CHECK(world.directory.names() == std::vector<std::string>{"store.db"});
}

TEST_CASE("an interview that is left makes no store") {
    Form world;
    CHECK(world.answer("partner new --interactive --primary b.example", enters(form_pages, {"n"})).code == 1);
    CHECK(world.directory.names().empty());
}

TEST_CASE("an edit shows what is, and commits what was answered") {
    Form world;
    world.must(
        "partner new --primary a.example --additional x.a.example,y.a.example --description Robots --connection-limit "
        "5");
    const auto result = world.answer(
        "partner edit a.example --interactive",
        form({{"description", "\"\""}, {"additional_domains", "z.a.example"}, {"connection_limit", "\"\""}}));
    REQUIRE(result.code == 0);
    CHECK_THAT(result.err, Contains("Description [Robots]: "));
    CHECK_THAT(result.err, Contains("Additional domains [x.a.example,y.a.example]: "));
    CHECK_THAT(result.err, Contains("Connection limit [5]: "));
    CHECK(Form::same_line(result) ==
          "partner edit a.example --description '' --additional z.a.example --connection-limit ''");
    const auto partner = world.partner("a.example");
    CHECK(partner.at("description") == "");
    CHECK(partner.at("connection_limit").is_null());
    CHECK(partner.at("additional_domains") == core::Json::parse(R"(["z.a.example"])"));
    CHECK(partner.at("revision") == 2);
}

TEST_CASE("an edit that is answered with Enter alone changes nothing and asks nothing more") {
    Form world;
    world.must("partner new --primary a.example");
    const auto before = world.state();
    const auto result = world.answer("partner edit a.example --interactive", enters(form_pages));
    CHECK(result.code == 0);
    CHECK_THAT(result.err, Contains("xmppfed: note: nothing changed\n"));
    CHECK_THAT(result.err, !Contains("Commit?"));
    CHECK(Form::same_line(result).empty());
    CHECK(world.state() == before);
}

TEST_CASE("an edit asks nothing about a partner that is not there, or has moved on") {
    Form world;
    world.must("partner new --primary a.example --additional x.a.example");
    CHECK(world.run("partner edit b.example --interactive").code == 4);
    CHECK(world.run("partner edit x.a.example --interactive").code == 4);
    CHECK(world.run("partner edit a.example --interactive --if-revision 2").code == 5);
    CHECK(world.run("partner edit a.example --interactive --tls often").code == 2);
    CHECK_THAT(world.run("partner edit a.example --interactive").err, Contains(fmt::format("(1/{})", form_pages)));
}

TEST_CASE("data goes to standard output, and pages to standard error") {
    Form world;
    const auto result =
        world.answer("partner new --interactive --primary a.example -o json", enters(form_pages, {"y"}));
    CHECK(result.json().at("kind") == "partner");
    CHECK(result.json().at("partner").at("revision") == 1);
    CHECK_THAT(result.err, Contains("Summary\n") && Contains("  Partner type:           public-unverified\n"));
    const auto declined =
        world.answer("partner new --interactive --primary b.example -o json", enters(form_pages, {""}));
    CHECK(declined.json().at("error").at("code") == "failed");
}

TEST_CASE("the form shows what each partner type allows before one is chosen") {
    Form world;
    const auto result = world.answer("partner new --interactive --primary a.example", enters(form_pages, {"n"}));
    const auto question = result.err.find("\nPartner type [");
    REQUIRE(question != std::string::npos);
    const auto before = result.err.substr(0, question);
    CHECK_THAT(before, Contains("    add our users and see their presence without being authorised by them\n"
                                "      federated: yes\n      public-verified: yes\n"
                                "      public-unverified: no: our user must have added them first\n") &&
                           Contains("    see status notes\n      federated: yes\n      public-verified: no\n"));
    CHECK_THAT(before, Contains("For a public provider public-unverified is recommended, and public-verified is not."));
}

TEST_CASE("the summary refuses what the whole breaks, and leads back") {
    Form world;
    const auto result = world.answer("partner new --interactive --primary a.example --dialback true --strict",
                                     enters(form_pages) + Answers(behind("dialback").size(), "<") + Answers{"false"} +
                                         behind("dialback") + Answers{"y"});
    INFO(result.err);
    CHECK(result.code == 0);
    CHECK_THAT(result.err, Contains("xmppfed: error: nothing is committed: warnings refuse with --strict"));
    CHECK(count_of(result.err, "Commit? [y/N]") == 1);
    CHECK(world.partner("a.example").at("dialback") == false);
}

TEST_CASE("back at the question leads to the last page") {
    Form world;
    const auto result =
        world.answer("partner new --interactive --primary a.example", enters(form_pages, {"<", "false", "y"}));
    CHECK(result.code == 0);
    CHECK(world.partner("a.example").at("enabled") == false);
}

TEST_CASE("with --dry-run nothing is asked at the end") {
    Form world;
    const auto result = world.answer("partner new --interactive --primary a.example --dry-run", enters(form_pages));
    CHECK(result.code == 0);
    CHECK_THAT(result.out, Contains("a.example"));
    CHECK_THAT(result.err, Contains("dry run: nothing was committed") && !Contains("Commit?"));
    CHECK(Form::same_line(result) == "partner new --primary a.example --dry-run");
    CHECK(world.directory.names().empty());
}

TEST_CASE("where nobody can be asked, options must be given") {
    const auto* command = GENERATE("partner new", "partner edit a.example", "cert request");
    for (const auto& [in, err, option] :
         {std::tuple{false, true, ""}, {true, false, ""}, {true, true, " --no-input"}}) {
        Form world;
        world.terminal.stdin_is_one = in;
        world.terminal.stderr_is_one = err;
        const auto result = world.run(fmt::format("{} --interactive{}", command, option));
        CHECK(result.code == 2);
        CHECK_THAT(result.err, Contains("--interactive needs a terminal"));
        CHECK_THAT(result.err, Contains(fmt::format("hint: give the values as options: `xmppfed {}",
                                                    std::string_view{command}.substr(0, 9))));
        CHECK(world.directory.names().empty());
    }
}

TEST_CASE("every line fits a terminal of 40 columns") {
    Wizard world;
    world.terminal.message_columns = 40;
    world.must("partner new --primary a.example");
    for (const auto* command :
         {"partner new --interactive --primary b.example", "partner edit a.example --interactive --tls optional",
          "cert request --interactive --out c --key-out k"}) {
        const bool wizard = command[0] == 'c';
        world.input = enters(wizard ? wizard_pages : form_pages, {"n"});
        const auto result = world.run(command);
        CHECK_THAT(result.err, Contains("Commit? [y/N] "));
        auto pages = result.err.substr(0, result.err.find("Commit? "));
        for (auto at = pages.find(": "); at != std::string::npos; at = pages.find(": ", at + 1)) {
            const bool ends_question = pages[at - 1] == ']';
            pages.replace(at, 2, ends_question ? ":\n" : ": ");  // where Enter was typed
        }
        for (const auto& line : core::split(pages, '\n')) {
            INFO(line);
            CHECK((core::display_width(line) <= 40 || line.find(world.directory.path()) != std::string::npos));
            CHECK((line.empty() || line.back() != ' ' || line.ends_with(": ")));
        }
    }
}

TEST_CASE("the wizard has the pages of the deployment wizard") {
    Wizard world;
    const auto result = world.answer("cert request --interactive", enters(wizard_pages, {"y"}));
    REQUIRE(result.code == 0);
    std::size_t last = 0;
    for (const auto* page :
         {"\nCertificate Request File (1/16)", "\nAlternate Certificate Template (", "\nName and Security Settings (",
          "\nFriendly name [Edge external sip.contoso.com]: ", "\nBit length or curve [2048]: ",
          "\nPrivate key exportable [true]: ", "\nOrganization and Geographical Information (",
          "\nOrganization [Contoso, Ltd]: ", "\nSubject Name (", "\nCommon name [sip.contoso.com]: ",
          "\nSubject Name/Subject Alternate Names (", "\n    dns       sip.contoso.com  access-edge\n",
          "\n    dns       fabrikam.com  xmpp-domain\n", "\nEnter: ", "\nSIP Domain Setting on SANs (",
          "\nSIP domains [all]: ", "\nConfigure Additional SANs (16/16)", "\nSummary\n", "Commit? [y/N]"}) {
        INFO(page);
        const auto at = result.err.find(page);
        CHECK(at != std::string::npos);
        CHECK(at > last);
        last = at;
    }
    CHECK_THAT(result.err, Contains("The edge's SIP domains: contoso.com, fabrikam.com."));
    CHECK(Form::same_line(result) == "cert request");
    CHECK(world.directory.names() ==
          std::vector<std::string>{"sip.contoso.com.csr", "sip.contoso.com.key", "store.db"});
}

TEST_CASE("the page of the names that come by themselves has no name that was asked for") {
    Wizard world;
    const auto result =
        world.answer("cert request --interactive --san im.contoso.com --no-sip-domains",
                     {"", "", "", "", "", "", "", "", "", "", "", "", "", "<", "edge.contoso.com", "", "", "", "y"});
    INFO(result.err);
    REQUIRE(result.code == 0);
    const auto page = result.err.find("Subject Name/Subject Alternate Names (");
    const auto shown = result.err.substr(page, result.err.find("Enter: ", page) - page);
    CHECK_THAT(shown, Contains("  Subject: ") && Contains("CN = sip.contoso.com\n") && Contains("  Names (3):\n"));
    CHECK_THAT(shown, !Contains("im.contoso.com") && !Contains("sip.fabrikam.com"));
    CHECK_THAT(shown, Contains("Enter goes on, < goes back, <N to page N, cancel ends"));
    CHECK_THAT(result.err.substr(page + 1), Contains("CN = edge.contoso.com\n"));
}

TEST_CASE("what the wizard made, its command line makes as well") {
    Wizard world;
    const auto made = world.answer(
        "cert request --interactive --srv-names -o json",
        {"edge 1.csr", "", "edge.key", "XmppEdge", "The \"edge\"", "p-256", "false", "", "", "Redmond", "Washington",
         "us", "edge.contoso.com", "", "fabrikam.com", "im.contoso.com, *.contoso.com", "y"});
    INFO(made.err);
    REQUIRE(made.code == 0);
    CHECK(made.json().at("request").at("key").at("curve") == "P-256");
    const auto line = Form::same_line(made);
    INFO(line);
    Wizard other;
    auto expected = made.json().at("request");
    auto again = other.must(line).json().at("request");
    for (const auto* key : {"csr", "csr_file", "key_file"}) {
        expected.erase(key);
        again.erase(key);
    }
    CHECK(again == expected);
}

TEST_CASE("the wizard's answers are checked at once") {
    struct Row {
        std::size_t page;
        const char* answer;
        const char* message;
    };
    const auto row = GENERATE(values<Row>({
        {0, "taken", "the CSR file"},
        {1, "missing.key", "missing.key"},
        {1, "taken", "the text holds no private key in PEM"},
        {2, "taken", "a key is never overwritten"},
        {2, "-", "a private key is not written to standard output"},
        {3, "\x1b", "--template needs 1 to 253 characters"},
        {4, "\"\"\x01", "--friendly-name needs 1 to 253 characters"},
        {5, "1024", "--bits does not take '1024': give 2048, 3072 or 4096"},
        {6, "yes", "--exportable does not take 'yes'"},
        {11, "USA", "[subject-invalid]"},
        {12, "\x7f", "[subject-invalid]"},
        {13, "x.example", "this page asks for nothing"},
        {14, "x.example", "is none of the edge's SIP domains"},
        {15, "a..b", "[domain-invalid]"},
    }));
    INFO(row.page << " " << row.answer);
    Wizard world;
    test::write_file(world.directory / "taken", "something");
    auto answers = enters(wizard_pages + 1, {"n"});
    answers[row.page] =
        row.answer[0] == 't' || row.answer[0] == 'm' ? world.directory / row.answer : std::string{row.answer};
    const auto result = world.answer("cert request --interactive", answers);
    INFO(result.err);
    CHECK(result.code == 1);
    CHECK_THAT(result.err, Contains(row.message) && Contains("declined; nothing was changed"));
    CHECK(world.directory.names() == std::vector<std::string>{"store.db", "taken"});
}

TEST_CASE("the wizard leaves out what an existing key decides") {
    Wizard world;
    world.must("cert request --out a.csr --key-out a.key --curve P-256");
    const auto result =
        world.answer("cert request --interactive --bits 4096",
                     {"b.csr", world.directory / "a.key", "", "", "", "", "", "", "", "", "", "", "", "", "y"});
    INFO(result.err);
    REQUIRE(result.code == 0);
    CHECK_THAT(result.err, Contains("Configure Additional SANs (14/14)"));
    CHECK(Form::same_line(result) == fmt::format("cert request --out b.csr --key {}", world.directory / "a.key"));
}

TEST_CASE("SIP domains are answered with all, none or some of them") {
    struct Row {
        const char* answer;
        const char* option;
    };
    const auto row =
        GENERATE(values<Row>({{"ALL", " --all-sip-domains"},
                              {"none", " --no-sip-domains"},
                              {"Fabrikam.com , contoso.com", " --sip-domain Fabrikam.com --sip-domain contoso.com"},
                              {"", ""}}));
    Wizard world;
    auto answers = enters(wizard_pages, {"y"});
    answers[14] = row.answer;
    const auto result = world.answer("cert request --interactive", answers);
    INFO(result.err);
    CHECK(Form::same_line(result) == fmt::format("cert request{}", row.option));
}

TEST_CASE("the wizard asks nothing where no answer can help") {
    Wizard world;
    for (const auto& [line, code] : {std::pair{"cert request --interactive --key-passphrase-fd 0", 2},
                                     {"cert request --interactive --san-file /dev/null", 2},
                                     {"cert request --interactive --san-file missing", 4},
                                     {"cert request --interactive --bits 2048 --curve P-256", 2},
                                     {"cert request --interactive --store none.db", 3}}) {
        const auto result = world.run(line);
        INFO(line << "\n" << result.err);
        CHECK(result.code == code);
        CHECK_THAT(result.err, !Contains("(1/") && Contains("hint: "));
    }
}

TEST_CASE("a CSR for standard output is summed up before") {
    Wizard world;
    const auto result = world.answer("cert request --interactive --curve P-256", [] {
        auto answers = enters(wizard_pages, {"y"});
        answers[0] = "-";
        return answers;
    }());
    CHECK(result.code == 0);
    CHECK(result.out.starts_with("-----BEGIN CERTIFICATE REQUEST-----"));
    CHECK_THAT(result.err, Contains("Certificate request 1, pending"));
    CHECK(Form::same_line(result) == "cert request --out - --curve P-256");
}

TEST_CASE("what a page lists is chosen by its number, or by what it alone begins with") {
    struct Row {
        const char* answer;
        const char* type;
    };
    const auto row = GENERATE(values<Row>({{"1", "federated"},
                                           {"3", "public-unverified"},
                                           {"f", "federated"},
                                           {"Public V", "public-verified"},
                                           {"federated", "federated"}}));
    Form world;
    world.must("partner new --primary a.example");
    const auto result = world.answer("partner edit a.example --interactive --description x",
                                     up_to("type") + Answers{row.answer, to("enabled"), "", "y"});
    INFO(row.answer << '\n' << result.err);
    CHECK(result.code == 0);
    CHECK_THAT(result.err, Contains("    2. public-verified: "));
    CHECK(world.partner("a.example").at("type") == row.type);
}

TEST_CASE("a number or a beginning that chooses nothing is asked about again") {
    const auto* answer = GENERATE("0", "4", "public", "x", "99999999999999999999999");
    Form world;
    world.must("partner new --primary a.example");
    const auto result =
        world.answer("partner edit a.example --interactive", {to("type"), answer, "federated", to("enabled"), "", "y"});
    INFO(result.err);
    CHECK(result.code == 0);
    CHECK(count_of(result.err, "Partner type [") == 2);
    CHECK_THAT(result.err, Contains("xmppfed: error: ") && Contains("or public-unverified"));
    CHECK(world.partner("a.example").at("type") == "federated");
}

TEST_CASE("bits and curves of a page are numbered in one row") {
    Wizard world;
    const auto result = world.answer("cert request --interactive --out c --key-out k --dry-run", {
                                                                                                     "<6",
                                                                                                     "4",
                                                                                                     "<16",
                                                                                                     "",
                                                                                                 });
    INFO(result.err);
    CHECK(result.code == 0);
    CHECK_THAT(Form::same_line(result), Contains("--curve P-256"));
}

TEST_CASE("any page is reached by its number") {
    Form world;
    const auto result =
        world.answer("partner new --interactive --primary a.example",
                     {to("description"), "first", fmt::format("<{}", form_pages + 1), "<0", "<1", "b.example",
                      to("enabled"), "", to("description"), "second", to("enabled"), "", "y"});
    INFO(result.err);
    CHECK(result.code == 0);
    CHECK(count_of(result.err, fmt::format("The pages are 1 to {}.\n", form_pages)) == 2);
    CHECK(world.partner("b.example").at("description") == "second");
}

TEST_CASE("whoever leaves keeps what was typed as a command line") {
    const auto leaves = GENERATE(std::deque<std::string>{"cancel"}, std::deque<std::string>{});
    Form world;
    auto answers = enters(0, {"it's.example", "a.example", "mine"});
    answers.insert(answers.end(), leaves.begin(), leaves.end());
    const auto result = world.answer("partner new --interactive", answers);
    CHECK(result.code == 1);
    CHECK_THAT(result.err,
               Contains("what was said so far:\n  xmppfed partner new --primary a.example --description mine\n") &&
                   Contains("hint: that command line goes on from there"));
    const auto nothing = world.answer("partner new --interactive --primary a.example", leaves);
    CHECK(nothing.code == 1);
    CHECK_THAT(nothing.err, !Contains("said so far") && Contains("hint: run the command again"));
    const auto declined = world.answer("partner new --interactive --primary a.example --type federated",
                                       {to("description"), "mine", to("enabled"), "", "n"});
    CHECK(declined.code == 1);
    CHECK_THAT(declined.err, Contains("--type federated") && Contains("declined; nothing was changed"));
}

TEST_CASE("the form of the edge asks for each of its fields") {
    Form world;
    const auto result = world.answer(
        "edge set --interactive", {"sip_1", "sip.contoso.com", "", "contoso.com, fabrikam.com", "none", "Contoso", "",
                                   "Redmond", "Washington", "USA", "us", "<4", "im.contoso.com", "<9", "", "y"});
    INFO(result.err);
    REQUIRE(result.code == 0);
    CHECK_THAT(result.err, Contains("[domain-invalid]") && Contains("[subject-invalid]"));
    CHECK(Form::same_line(result) ==
          "edge set --access-edge sip.contoso.com --sip-domain contoso.com --sip-domain fabrikam.com --xmpp-domain "
          "im.contoso.com --organization Contoso --city Redmond --state Washington --country us");
    const auto edge = world.must("edge show -o json").json().at("edge");
    CHECK(edge.at("effective_xmpp_domains") == core::Json{"im.contoso.com"});
    CHECK(edge.at("country") == "US");
    const auto cleared = world.answer("edge set --interactive", {"<4", "none", "<9", "\"\"", "y"});
    INFO(cleared.err);
    CHECK(cleared.code == 0);
    CHECK(Form::same_line(cleared) == "edge set --no-xmpp-domains --country ''");
    CHECK_THAT(world.answer("edge set --interactive", enters(9)).err, Contains("nothing changed"));
}

TEST_CASE("the form of the gateway asks for each of its settings") {
    Form world;
    const auto result = world.answer("gateway set --interactive", {"0", "1200", "", "", "", "", "", "yes", "t", "y"});
    INFO(result.err);
    REQUIRE(result.code == 0);
    CHECK_THAT(result.err, Contains("[value-out-of-range]") && Contains("Connection limit [1000]: "));
    CHECK(Form::same_line(result) == "gateway set --connection-limit 1200 --log-message-bodies true");
    CHECK_THAT(world.answer("gateway set --interactive", enters(7)).err, Contains("nothing changed"));
}
