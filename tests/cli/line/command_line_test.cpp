// How a command line is read: commands, options, values, and what is said of a line that is wrong.

#include <fmt/format.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "cli/line/command.hpp"
#include "cli/line/command_line.hpp"
#include "core/partner/partner_fields.hpp"
#include "tests/support/test_world.hpp"

using namespace xmppfed;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;
using test::TestWorld;

TEST_CASE("options of every command stand anywhere on the line, and the last one wins") {
    TestWorld world;
    world.must("partner new --primary a.example");
    const auto line = GENERATE(values<std::string>({
        "partner list -o json",
        "partner -o json list",
        "-o json partner list",
        "--output json partner list",
        "--output=json partner list",
        "-ojson partner list",
        "partner list --output JSON",
        "-o csv partner list -o json",
        "partner list -o csv -o jsonl --output=json",
        "-q --wait 1 --color=never --no-input partner --wait 2 list -o json -q",
    }));
    INFO(line);
    const auto result = world.run(line);
    CHECK(result.code == 0);
    CHECK(result.json().value("kind", "") == "partner-list");
}

TEST_CASE("the last --store wins, wherever it stands") {
    TestWorld world;
    world.must("partner new --primary a.example --store other.db");
    CHECK(world.directory.names() == std::vector<std::string>{"other.db"});
    CHECK_THAT(world.must("--store nothing.db partner list --store=other.db").out, Contains("a.example"));
    CHECK(world.must("--store other.db partner list --store nothing.db").out.empty());
}

TEST_CASE("a value may be joined by an equals sign, empty ones too") {
    TestWorld world;
    world.must("partner new --primary=a.example --description=first --additional=x.a.example -mreason");
    CHECK(world.partner("a.example").at("description") == "first");
    CHECK(world.must("history -o json").json().at("entries").at(0).at("message") == "reason");
    struct Row {
        const char* line;
        const char* description;
    };
    for (const auto& [line, description] : std::vector<Row>{
             {"partner edit a.example --description=a=b", "a=b"},
             {"partner edit a.example '--description= '", " "},
             {"partner edit a.example --description=--tls=required", "--tls=required"},
             {"partner edit a.example --description=-q", "-q"},
             {"partner edit a.example --description -x", "-x"},
             {"partner edit a.example --description '[1,2]'", "[1,2]"},
             {"partner edit a.example --description=[]", "[]"},
             {"partner edit a.example --description ++", "++"},
             {"partner edit a.example --description=", ""},
             {"partner edit a.example --description '%%'", "%%"},
             {"partner edit a.example --description ''", ""},
         }) {
        INFO(line);
        world.must(line);
        CHECK(world.partner("a.example").at("description") == description);
    }
    world.must("partner edit a.example --additional=");
    CHECK(world.partner("a.example").at("additional_domains").empty());
}

TEST_CASE("after -- nothing is an option") {
    TestWorld world;
    world.must("partner new --primary a.example");
    CHECK(world.run("partner show -- a.example").code == 0);
    CHECK(world.run("partner remove --yes -- a.example").code == 0);
    CHECK(world.run("partner show -- --help").code == 3);  // no domain
    CHECK(world.run("partner show -- -o json").code == 2);
    CHECK(world.run("partner show a.example -- --help").code == 2);
}

TEST_CASE("the number of a record beyond 64 bits is told as it was typed, and is nobody's") {
    const std::vector<std::pair<std::string, std::string>> rows{
        {"undo", "commit"},
        {"export --at", "commit"},
        {"partner revert a.example --to", "revision"},
        {"partner revert a.example --to-entry", "entry"},
        {"cert show", "certificate request"},
        {"cert request --renew", "certificate request"},
        {"cert import --request", "certificate request"},
    };
    for (const auto& [words, what] : rows) {
        TestWorld world;
        CAPTURE(words);
        const auto result = world.run(words + " 9223372036854775808");
        CHECK(result.code == 4);
        CHECK_THAT(result.err, Contains("there is no " + what + " 9223372036854775808\nhint: `xmppfed "));
    }
}

TEST_CASE("a line that is wrong says what is, and names the nearest right word") {
    struct Row {
        const char* line;
        const char* error;
        const char* hint;
    };
    const auto row = GENERATE(values<Row>({
        // commands
        {"partnr list", "there is no command 'partnr'", "did you mean `xmppfed partner`?"},
        {"partner nwe", "there is no command 'partner nwe'", "did you mean `xmppfed partner new`?"},
        {"partner LIST", "there is no command 'partner LIST'", "did you mean `xmppfed partner list`?"},
        {"partner frobnicate", "there is no command 'partner frobnicate'", "`xmppfed partner --help` lists"},
        {"xyzzy", "there is no command 'xyzzy'", "`xmppfed --help` lists"},
        {"import x", "there is no command 'import'", "did you mean `xmppfed partner import` or `xmppfed cert import`?"},
        {"validate", "there is no command 'validate'", "did you mean `xmppfed partner validate`?"},
        {"partner list -o yaml", "--output does not take 'yaml': give table, json, jsonl or csv", ""},
        {"apply --file x -o yaml", "--output does not take 'yaml': give table, json or jsonl", ""},
        {"stor check", "there is no command 'stor'", "did you mean `xmppfed store`?"},
        {"''", "there is no command ''", "`xmppfed --help` lists"},
        {"help partner nwe", "there is no command 'partner nwe'", "did you mean `xmppfed partner new`?"},
        // verbs of other tools
        {"partner add", "there is no command 'partner add'", "did you mean `xmppfed partner new`?"},
        {"partner Create", "there is no command 'partner Create'", "did you mean `xmppfed partner new`?"},
        {"partner delete a.example", "there is no command 'partner delete'", "did you mean `xmppfed partner remove`?"},
        {"partner rm a.example", "there is no command 'partner rm'", "did you mean `xmppfed partner remove`?"},
        {"partner ls", "there is no command 'partner ls'", "did you mean `xmppfed partner list`?"},
        {"partner get a.example", "there is no command 'partner get'", "did you mean `xmppfed partner show`?"},
        {"partner update", "there is no command 'partner update'", "did you mean `xmppfed partner edit`?"},
        {"partner rename", "'partner rename'", "did you mean `xmppfed partner edit DOMAIN --primary NEW`?"},
        {"edge update", "there is no command 'edge update'", "did you mean `xmppfed edge set`?"},
        {"partner delte a.example", "'partner delte'", "did you mean `xmppfed partner remove`?"},
        {"cert renew 1", "there is no command 'cert renew'", "did you mean `xmppfed cert request --renew N`?"},
        {"cert revoke 1", "there is no command 'cert revoke'", "did you mean `xmppfed cert retire`?"},
        {"edge edit", "there is no command 'edge edit'", "did you mean `xmppfed edge set`?"},
        {"partner set a.example", "there is no command 'partner set'", "did you mean `xmppfed partner edit`?"},
        {"partner show a b c", "there is no place for the argument 'b'", "`--help` shows what this command takes"},
        {"edge ls", "there is no command 'edge ls'", "did you mean `xmppfed edge show`?"},
        {"cert create", "there is no command 'cert create'", "did you mean `xmppfed cert request`?"},
        {"cert delete 1", "there is no command 'cert delete'", "did you mean `xmppfed cert cancel`?"},
        {"cert rename 1", "there is no command 'cert rename'", "`xmppfed cert --help` lists the commands"},
        {"store create", "there is no command 'store create'", "did you mean `xmppfed store init`?"},
        {"store get", "there is no command 'store get'", "did you mean `xmppfed store info`?"},
        {"dns ls", "there is no command 'dns ls'", "did you mean `xmppfed dns records`?"},
        {"add", "there is no command 'add'", "did you mean `xmppfed partner new`?"},
        {"rm a.example", "there is no command 'rm'", "did you mean `xmppfed partner remove`?"},
        {"ls", "there is no command 'ls'", "did you mean `xmppfed partner list` or `xmppfed cert list`?"},
        {"update a.example", "there is no command 'update'", "did you mean `xmppfed partner edit`?"},
        {"rename", "there is no command 'rename'", "did you mean `xmppfed partner edit DOMAIN --primary NEW`?"},
        {"version", "there is no command 'version'", "did you mean `xmppfed --version`?"},
        {"partner version", "there is no command 'partner version'", "did you mean `xmppfed --version`?"},
        {"-V", "there is no option '-V'", "did you mean `xmppfed --version`?"},
        {"partner list -V", "there is no option '-V'", "did you mean `xmppfed --version`?"},
        // options
        {"partner new --primry a.example", "there is no option '--primry'", "did you mean `--primary`?"},
        {"partner new --primry=a.example", "there is no option '--primry'", "did you mean `--primary`?"},
        {"partner new --zzzzzzzzzz a", "there is no option '--zzzzzzzzzz'", "`--help` lists"},
        {"partner new -x", "there is no option '-x'", "`--help` lists"},
        {"partner list --strict", "there is no option '--strict'", ""},
        {"partner list --dry-run", "there is no option '--dry-run'", ""},
        {"partner show a.example --message x", "there is no option '--message'", ""},
        {"--storee=x", "there is no option '--storee'", "did you mean `--store`?"},
        {"partner --version", "there is no option '--version'", "did you mean `xmppfed --version`?"},
        {"partner list --quiet=yes", "--quiet takes no value", ""},
        {"partner new --primary a.example --dry-run=false", "--dry-run takes no value", ""},
        // values
        {"partner new --primary a.example --tls requird", "--tls does not take 'requird'", "did you mean `required`?"},
        {"partner new --primary a.example --tls requ\u0131red", "--tls does not take", ""},
        {"partner new --primary a.example --tls ''", "--tls does not take ''", ""},
        {"partner new --primary a.example --tls 0", "--tls does not take '0'", ""},
        {"partner new --primary a.example --sasl null", "--sasl does not take 'null'", ""},
        {"partner new --primary a.example --type friend", "--type does not take 'friend'", ""},
        {"partner new --primary a.example --type federatd", "--type does not take", "did you mean `federated`?"},
        {"partner new --primary a.example --preset stric", "--preset does not take", "did you mean `strict`?"},
        {"partner new --primary a.example --dialback yes", "--dialback does not take 'yes': give true or false", ""},
        {"partner new --primary a.example --dialback 1", "--dialback does not take '1'", ""},
        {"partner new --primary a.example --keepalive on", "--keepalive does not take 'on'", ""},
        {"partner new --primary a.example --enabled tru", "--enabled does not take", "did you mean `true`?"},
        {"partner list -o yaml", "--output does not take 'yaml': give table, json, jsonl or csv", ""},
        {"partner list --output jsn", "--output does not take 'jsn'", "did you mean `json`?"},
        {"partner list --output=", "--output does not take ''", ""},
        {"partner list --color sometimes", "--color does not take 'sometimes'", ""},
        {"partner list --sort nme", "--sort does not take 'nme'", ""},
        {"partner list --sort --limit", "the option '--sort' needs a value", "`--limit` stands where"},
        {"partner edit a.example -m --dry-run", "the option '--message' needs a value", "write `--message=--dry-run`"},
        {"partner edit a.example -qm --dry-run", "the option '--message' needs a value", "write `--message=--dry-run`"},
        {"partner edit a.example -qm -q", "the option '--message' needs a value", "`-q` stands where"},
        {"partner edit a.example -m -qo json", "the option '--message' needs a value", "`-qo` stands where"},
        {"partner list --help=1", "--help takes no value", ""},
        {"partner list -h=1", "--help takes no value", ""},
        {"partner list -qz", "there is no option '-z'", ""},
        {"partner list -zq", "there is no option '-zq'", ""},
        {"partner edit a.example --description --tls=optional", "the option '--description' needs a value", ""},
        {"partner explain --tls required --sasl required --dialback maybe", "--dialback does not take 'maybe'", ""},
        {"partner explain --preset strict --peer-tls x", "--peer-tls does not take 'x'", ""},
        // numbers
        {"partner new --primary a.example --connection-limit ten", "--connection-limit needs a whole number", ""},
        {"partner new --primary a.example --connection-limit 0x10", "--connection-limit needs a whole number", ""},
        {"partner new --primary a.example --connection-limit 010", "--connection-limit needs a whole number", ""},
        {"partner new --primary a.example --connection-limit 1.5", "--connection-limit needs a whole number", ""},
        {"partner new --primary a.example --connection-limit 1e3", "--connection-limit needs a whole number", ""},
        {"partner new --primary a.example --connection-limit +1", "--connection-limit needs a whole number", ""},
        {"partner new --primary a.example --connection-limit ' 1'", "--connection-limit needs a whole number", ""},
        {"partner list --limit many", "--limit needs a whole number", ""},
        {"partner list --limit ''", "--limit needs a whole number", ""},
        {"partner list --limit -1", "--limit needs a number of partners, 0 or more", ""},
        {"history --limit -1", "--limit needs a number of entries, 0 or more", ""},
        {"partner edit a.example --tls required --if-revision x", "--if-revision needs a whole number", ""},
        {"partner list --wait soon", "--wait needs a whole number", ""},
        {"partner list --wait -1", "--wait needs a number of seconds", ""},
        {"partner list --wait 86401", "--wait needs a number of seconds", ""},
        {"partner list --wait 99999999999999999999", "--wait needs a number of seconds", ""},
        {"cert status --warn-days 99999999999999999999", "--warn-days 99999999999999999999 is out of range",
         "give 0 to 3650 days"},
        {"cert status --warn-days -1", "--warn-days -1 is out of range", "give 0 to 3650 days"},
        {"cert assign 1 --keep -1", "--keep -1 is out of range", "give 0 to 1000 directories"},
        {"cert assign 1 --keep 1001", "--keep 1001 is out of range", "give 0 to 1000 directories"},
        {"dns check --parallel 0", "--parallel 0 is out of range", "give 1 to 256\n"},
        {"dns check --parallel 257", "--parallel 257 is out of range", "give 1 to 256\n"},
        {"dns check --timeout 0", "--timeout 0 is out of range", "give 1 to 3600\n"},
        {"dns check --timeout 3601", "--timeout 3601 is out of range", "give 1 to 3600\n"},
        {"partner probe --deadline 0", "--deadline 0 is out of range", "give 1 to 3600\n"},
        {"partner probe --deadline 3601", "--deadline 3601 is out of range", "give 1 to 3600\n"},
        // missing and superfluous words
        {"partner new", "--primary is missing", "--primary DOMAIN"},
        {"partner new --primary", "the option '--primary' needs a value", ""},
        {"partner list -o", "the option '-o' needs a value", ""},
        {"partner list --wait", "the option '--wait' needs a value", ""},
        {"partner new a.example", "there is no place for the argument 'a.example'",
         "did you mean `--primary a.example`?"},
        {"plan m.json", "there is no place for the argument 'm.json'", "did you mean `--file m.json`?"},
        {"partner new 'a b'", "there is no place for the argument 'a b'", "quote a value"},
        {"partner new --primary --type federated", "the option '--primary' needs a value", "`--type` stands where"},
        {"help plan apply", "there is no place for the argument 'apply'", "name one command"},
        {"partner list a.example", "there is no place for the argument 'a.example'", ""},
        {"partner show", "the argument DOMAIN is missing", ""},
        {"partner show a.example b.example", "there is no place for the argument 'b.example'", "quote a value"},
        {"partner edit --tls required", "the argument DOMAIN is missing", ""},
        {"partner remove --yes", "the argument DOMAIN is missing", ""},
        {"store backup", "the argument FILE is missing", ""},
        {"cert export 1 --pfx - --password-file x", "--pfx cannot be standard output", "name the file"},
        {"partner new --primary a.example --message 'a\tb\x1b'", "the text of --message", ""},
        {"--store '' partner list", "--store is empty", ""},
        // formats
        {"store info -o csv", "`store info` has no output format csv", "use --output table or json"},
        {"store check -o jsonl", "`store check` has no output format jsonl", "use --output table or json"},
        {"partner explain --preset strict -o csv", "`partner explain` has no output format csv", ""},
        {"help -o json", "`help` has no output format json", "leave --output out"},
    }));
    INFO(row.line);
    TestWorld world;
    const auto result = world.run(row.line);
    CHECK(result.code == 2);
    CHECK_THAT(result.err, StartsWith("xmppfed: error: ") && Contains(row.error) && Contains(row.hint));
    CHECK(world.directory.names().empty());
}

TEST_CASE("an option of one command is given once, unless it collects") {
    TestWorld world;
    for (const auto& field : core::partner_fields()) {
        const auto value = field.values.empty() ? std::string_view{"1"} : field.values.front().name;
        const auto line =
            fmt::format("partner new --primary a.example --dry-run --{0} {1} --{0} {1}", field.option, value);
        INFO(line);
        const auto result = world.run(line);
        if (field.kind == core::FieldKind::domain_set) {
            CHECK(result.code == 3);  // twice the same domain
        } else if (is_plural(field.kind)) {
            CHECK(result.code == 0);
        } else {
            CHECK(result.code == 2);
            CHECK_THAT(result.err, Contains(fmt::format("--{} is given more than once", field.option)));
        }
    }
    for (const auto* line :
         {"partner new --primary a.example --preset strict --preset strict", "partner list --match a --match a",
          "partner list --limit 1 --limit 1", "partner edit a.example --tls required --if-revision 1 --if-revision 1",
          "history --partner a.example --partner a.example", "partner list --sort type --sort type"}) {
        INFO(line);
        CHECK(world.run(line).code == 2);
    }
    CHECK(world.directory.names().empty());
    CHECK(world.run("partner new --primary a.example --dry-run --dry-run -q -q -m one -m two").code == 0);
}

TEST_CASE("with -o json anywhere a failure is one document of kind error") {
    struct Row {
        const char* line;
        const char* code;
        int exit_code;
    };
    const auto row = GENERATE(values<Row>({
        {"-o json partnr", "usage", 2},
        {"partner nwe -o json", "usage", 2},
        {"partner nwe --output=json", "usage", 2},
        {"partner new -ojson --bogus", "usage", 2},
        {"--bogus partner new -o json", "usage", 2},
        {"partner new --primary a.example --tls x -o json", "usage", 2},
        {"partner new -o json --primary", "usage", 2},
        {"partner show -o json", "usage", 2},
        {"partner list --wait x -o JSON", "usage", 2},
        {"partner show nobody.example -q -o json", "not-found", 4},
        {"partner new --primary a..b -o json", "refused", 3},
        {"partner new --primary there.example -o json", "conflict", 5},
        {"store backup there -o json", "conflict", 5},
        {"--store there partner list -o json", "failed", 1},
    }));
    INFO(row.line);
    TestWorld world;
    world.must("partner new --primary there.example");
    test::write_file(world.directory / "there", "text");
    const auto result = world.run(row.line);
    CHECK(result.code == row.exit_code);
    CHECK_THAT(result.err, Contains("xmppfed: error: "));
    const auto document = result.json();
    REQUIRE(document.is_object());
    CHECK(document.at("format_version") == "1.0");
    CHECK(document.at("kind") == "error");
    CHECK(document.at("error").at("code") == row.code);
    CHECK(document.at("error").at("exit_code") == row.exit_code);
    CHECK_FALSE(document.at("error").at("message").get<std::string>().empty());
    CHECK(document.at("error").contains("hint"));
    CHECK(document.at("diagnostics").is_array());
}

TEST_CASE("the hint of a failure as JSON is that of an error, not of a warning before it") {
    TestWorld world;
    const auto error = [&](std::string_view organization) {
        return world
            .run(fmt::format("edge set --sip-domain co.uk --country USA --organization {} -o json", organization))
            .json()
            .at("error");
    };
    CHECK_THAT(error("Contoso").at("message").get<std::string>(), Contains("country"));
    CHECK_THAT(error("Contoso").at("hint").get<std::string>(), !Contains("registered"));
}

TEST_CASE("a failure in any other format leaves standard output empty") {
    TestWorld world;
    for (const auto* format : {"table", "jsonl", "csv"}) {
        const auto result = world.run(fmt::format("partner show nobody.example -o {}", format));
        CHECK(result.code == 4);
        CHECK(result.out.empty());
    }
}

TEST_CASE("help comes without an error, whatever else is on the line") {
    struct Row {
        const char* line;
        const char* text;
    };
    const auto row = GENERATE(values<Row>({
        {"", "Usage: xmppfed COMMAND"},
        {"--help", "Usage: xmppfed COMMAND"},
        {"-h", "Usage: xmppfed COMMAND"},
        {"help", "Usage: xmppfed COMMAND"},
        {"partner", "Usage: xmppfed partner COMMAND"},
        {"partner --help", "Usage: xmppfed partner COMMAND"},
        {"help partner", "Usage: xmppfed partner COMMAND"},
        {"store -q", "Usage: xmppfed store COMMAND"},
        {"partner new --help", "Usage: xmppfed partner new [OPTIONS]"},
        {"--help partner new", "Usage: xmppfed partner new [OPTIONS]"},
        {"partner new --bogus --tls -h", "Usage: xmppfed partner new [OPTIONS]"},
        {"partner new --primary a.example -m -hq", "Usage: xmppfed partner new [OPTIONS]"},
        {"help partner new", "Usage: xmppfed partner new [OPTIONS]"},
        {"history -h", "Usage: xmppfed history [OPTIONS]"},
        {"--version", "xmppfed "},
    }));
    INFO(row.line);
    TestWorld world;
    world.environment.clear();  // no store is needed
    const auto result = world.run(row.line);
    CHECK(result.code == 0);
    CHECK_THAT(result.out, Contains(row.text));
    CHECK(result.err.empty());
}

TEST_CASE("every command explains itself: summary, examples that parse, usage and each option") {
    TestWorld world;
    for (const auto* command : cli::commands()) {
        INFO(command->name());
        const auto text = world.must(command->name() + " --help").out;
        CHECK_THAT(text, Contains("\nExamples:\n") && Contains("Usage: xmppfed " + command->name()));
        CHECK_THAT(text, StartsWith(std::string{command->summary.substr(0, 20)}));
        cli::Globals globals;
        const auto request = command->make();
        const auto options = cli::all_options(*command, *request, globals);
        for (const auto& option : options.options()) {
            CHECK_THAT(text, Contains("--" + option.name));
            CHECK_FALSE(option.meaning.empty());
            CHECK((option.is_flag() || option.letter == 0 || !option.value_name.empty()));
        }
        CHECK(command->examples.begin() != command->examples.end());
        for (const auto& example : command->examples) {
            INFO(example.command);
            CHECK_THAT(text, Contains("$ xmppfed " + std::string{example.command}));
            const auto line = cli::find_command(test::split_words(example.command));
            REQUIRE(line.command == command);
            cli::Globals parsed;
            const auto fresh = command->make();
            CHECK_NOTHROW(cli::all_options(*command, *fresh, parsed).parse(line.words));
        }
        CHECK_THAT(world.must("help").out, Contains(command->name()));
    }
}

TEST_CASE("help fits the terminal") {
    TestWorld world;
    for (const std::size_t columns : {40U, 60U, 80U, 200U}) {
        world.terminal.stdout_is_one = true;
        world.terminal.columns = columns;
        world.environment["NO_COLOR"] = "1";
        const auto text = world.must("partner list --help").out;
        std::size_t start = text.find("Usage:");
        for (auto end = text.find('\n', start); end != std::string::npos; end = text.find('\n', start)) {
            const auto line = text.substr(start, end - start);
            INFO(columns << ": " << line);
            const bool one_word = line.find_last_of(' ') == line.find_first_not_of(' ') - 1;
            CHECK((line.size() <= std::min<std::size_t>(columns, 100) || one_word));
            start = end + 1;
        }
    }
}

TEST_CASE("what the user typed reaches no terminal unescaped") {
    const std::string hostile = "a\x1b[2J\u202e\u2028\x07z";
    TestWorld world;
    world.must("partner new --primary a.example");
    for (const auto& words : std::vector<std::vector<std::string>>{
             {hostile},
             {"partner", hostile},
             {"partner", "new", "--" + hostile},
             {"partner", "new", "--" + hostile + "=x"},
             {"partner", "new", "-" + hostile},
             {"partner", "new", "--primary", hostile},
             {"partner", "new", "--primary", "b.example", "--additional", hostile},
             {"partner", "new", "--primary", "b.example", "--proxy-fqdn", hostile},
             {"partner", "new", "--primary", "b.example", "--tls", hostile},
             {"partner", "new", "--primary", "b.example", "--dialback", hostile},
             {"partner", "new", "--primary", "b.example", "--connection-limit", hostile},
             {"partner", "new", "--primary", "b.example", "-m", hostile},
             {"partner", "new", "--primary", "b.example", "--description", hostile},
             {"partner", "new", "--primary", "--", hostile},
             {"partner", "edit", "a.example", "--add-domain", hostile, "--remove-domain", hostile},
             {"partner", "edit", "a.example", "--remove-domain", hostile},
             {"partner", "show", hostile},
             {"partner", "show", "a", hostile},
             {"partner", "remove", "--yes", hostile},
             {"partner", "list", "--sort", hostile},
             {"partner", "list", "--match", hostile},
             {"history", "--partner", hostile},
             {"help", hostile},
             {"--store", hostile, "partner", "validate"},
             {"--store", hostile, "store", "info"},
             {"--store", hostile + "/x/", "partner", "new", "--primary", "c.example"},
             {"store", "backup", "none/" + hostile},
             {"store", "init", "--group", hostile},
         }) {
        for (const auto* format : {"table", "json"}) {
            auto line = words;
            line.insert(line.begin(), {"-o", format});
            const auto result = world.run_words(line);
            INFO(fmt::format("{}", fmt::join(words, " ")));
            for (const auto& text : {result.out, result.err}) {
                CHECK_THAT(text, !Contains("\x1b") && !Contains("\u202e") && !Contains("\u2028") && !Contains("\x07"));
            }
        }
    }
}

TEST_CASE("letters with -h among them ask for help, and nothing is done") {
    TestWorld world;
    const auto help = world.must("partner new --help").out;
    for (const auto* letters : {"-qh", "-hq", "-hm x", "-hmx", "-hojson"}) {
        INFO(letters);
        CHECK(world.must(fmt::format("partner new --primary a.example {}", letters)).out == help);
    }
    CHECK(world.directory.names().empty());
    for (const auto* letters : {"-mh", "-qmh", "-m -x", "-m '-hello, again'", "-m -hi"}) {  // a value
        INFO(letters);
        CHECK(world.must(fmt::format("partner new --primary a.example --dry-run {}", letters)).out != help);
    }
}

TEST_CASE("a failure is a document, however its format is spelt") {
    TestWorld world;
    for (const auto* line : {"partner list --bogus -o=json", "partner show --store -o json",
                             "partner validate --file -o json", "partner list --bogus -qo json"}) {
        INFO(line);
        const auto result = world.run(line);
        CHECK(result.code == 2);
        CHECK(result.json().at("kind") == "error");
    }
}
