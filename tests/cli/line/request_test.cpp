// From a command line to what was asked for, without carrying it out: the command, what stands for its options and
// arguments, and what the options of every command came to.

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <catch2/catch.hpp>

#include "cli/line/command.hpp"
#include "cli/line/command_line.hpp"
#include "tests/support/test_world.hpp"

using namespace xmppfed;

namespace {

struct Asked {
    std::string command;
    cli::Given given;
    cli::Globals globals;
};

Asked asked(const std::string& text) {
    const auto line = cli::find_command(test::split_words(text));
    REQUIRE(line.command != nullptr);
    Asked result{.command = line.command->name(), .given = {}, .globals = {}};
    const auto request = line.command->make();
    result.given = cli::all_options(*line.command, *request, result.globals).parse(line.words);
    return result;
}

std::string shown(const Asked& what) {
    auto text = what.command;
    for (const auto& [name, values] : what.given.options) {
        text += values.empty() ? fmt::format(" {}", name) : fmt::format(" {}={}", name, fmt::join(values, "|"));
    }
    for (const auto& word : what.given.positionals) {
        text += fmt::format(" <{}>", word);
    }
    return text;
}

}  // namespace

TEST_CASE("a line asks for one thing, however it is spelt") {
    struct Row {
        const char* line;
        const char* asked;
    };
    const auto row = GENERATE(values<Row>({
        {"partner new --primary a.example", "partner new primary=a.example"},
        {"partner --primary=a.example new", "partner new primary=a.example"},
        {"partner new --primary a.example --additional b.example,c.example --additional d.example",
         "partner new additional=b.example,c.example|d.example primary=a.example"},
        {"partner edit a.example --description '' --enabled false",
         "partner edit description= enabled=false <a.example>"},
        {"partner edit --description=--tls=required -- a.example",
         "partner edit description=--tls=required <a.example>"},
        {"partner remove a.example b.example --yes -qm gone",
         "partner remove message=gone quiet yes <a.example> <b.example>"},
        {"partner list --sort -revision --limit 5 -ojson", "partner list limit=5 output=json sort=-revision"},
        {"partner show a.example", "partner show <a.example>"},
        {"partner explain --preset strict --peer-tls required", "partner explain peer-tls=required preset=strict"},
        {"partner revert a.example --to 2 -n", ""},
        {"partner revert a.example --to 2 --dry-run", "partner revert dry-run to=2 <a.example>"},
        {"partner validate --file x.json --strict", "partner validate file=x.json strict"},
        {"partner import dump.json --dry-run", "partner import dry-run <dump.json>"},
        {"edge set --access-edge sip.a.example --add-sip-domain a.example",
         "edge set access-edge=sip.a.example add-sip-domain=a.example"},
        {"edge show", "edge show"},
        {"gateway set --connection-limit 7 --log-message-bodies true",
         "gateway set connection-limit=7 log-message-bodies=true"},
        {"gateway show", "gateway show"},
        {"cert request --out - --bits 3072 --san a.example", "cert request bits=3072 out=- san=a.example"},
        {"cert import chain.pem --number 1", ""},
        {"cert assign 1 --to /etc/edge --keep 3", "cert assign keep=3 to=/etc/edge <1>"},
        {"cert check edge.crt", "cert check <edge.crt>"},
        {"cert cancel 1 --delete-key --yes", "cert cancel delete-key yes <1>"},
        {"dns records --format nsupdate --ttl 300", "dns records format=nsupdate ttl=300"},
        {"store init --group admins", "store init group=admins"},
        {"store backup copy.db", "store backup <copy.db>"},
        {"plan --file - --detailed-exitcode", "plan detailed-exitcode file=-"},
        {"apply --file x.json --prune --yes", "apply file=x.json prune yes"},
        {"export --format powershell", "export format=powershell"},
        {"history --partner a.example --limit 10", "history limit=10 partner=a.example"},
        {"completion bash", "completion <bash>"},
    }));
    INFO(row.line);
    if (std::string_view{row.asked}.empty()) {
        CHECK_THROWS(asked(row.line));
    } else {
        CHECK(shown(asked(row.line)) == row.asked);
    }
}

TEST_CASE("options of every command come to the same values wherever they stand") {
    const auto line =
        GENERATE(as<std::string>{}, "--store s.db --wait 3 -o json -q --color never --no-input partner list",
                 "partner list --store x.db --store=s.db --wait=3 -qojson --color=never --no-input",
                 "partner -qo json --store s.db list --wait 5 --wait 3 --no-input --color never");
    INFO(line);
    const auto globals = asked(line).globals;
    CHECK(globals.store == "s.db");
    CHECK(globals.wait == std::chrono::seconds{3});
    CHECK(globals.output == cli::Format::json);
    CHECK(globals.color == cli::ColorMode::never);
    CHECK(globals.quiet);
    CHECK(globals.no_input);
    CHECK_FALSE(globals.dry_run);
}

TEST_CASE("what nobody said stays unsaid") {
    const auto what = asked("partner new --primary a.example");
    CHECK(what.given.options.size() == 1);
    CHECK_FALSE(what.globals.store);
    CHECK(what.globals.output == cli::Format::table);
    CHECK_FALSE(what.globals.wait);
    CHECK_FALSE(what.globals.color);
    CHECK(what.globals.message.empty());
    CHECK_FALSE(what.globals.strict);
}
