// What may stand at the cursor: commands, options, values and files.

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <catch2/catch.hpp>

#include "cli/line/command.hpp"
#include "core/text/text.hpp"
#include "tests/support/completions.hpp"

using namespace xmppfed;
using test::TestWorld;

TEST_CASE("nouns and verbs are completed where commands are named") {
    test::check_offers({
        {"", "partner", true},
        {"", "history", true},
        {"", "completion", true},
        {"par", "partner", true},
        {"par", "store", false},
        {"", "new", false},
        {"", "__complete", false},
        {"-o json ", "partner", true},
        {"-- ", "partner", false},
        {"partner", "partner", true},
        {"partner ", "new", true},
        {"partner n", "new", true},
        {"partner n", "edit", false},
        {"partner ", "partner", false},
        {"partner ", "history", false},
        {"partner ", "request", false},
        {"--store x partner -q ", "new", true},
        {"--store ", "partner", false},
        {"partner -- ", "new", false},
        {"partner list ", "new", false},
        {"history ", "partner", false},
        {"help ", "cert", true},
        {"help cert ", "request", true},
        {"help cert ", "new", false},
        {"help cert request ", "request", false},
        {"frobnicate ", "new", false},
        {"partner frobnicate ", "--help", false},
    });
}

TEST_CASE("options are completed where they may stand") {
    test::check_offers({
        {"partner new --", "--primary", true},
        {"partner new -", "--primary", true},
        {"partner new --pri", "--primary", true},
        {"partner new --pri", "--preset", false},
        {"partner new ", "--primary", false},
        {"partner new --", "--yes", false},
        {"partner list --", "--dry-run", false},
        {"partner remove --", "--dry-run", true},
        {"--", "--store", true},
        {"--", "--version", true},
        {"--", "--primary", false},
        {"partner --", "--store", true},
        {"partner --", "--version", false},
        // what was given already
        {"partner new --primary x --", "--primary", false},
        {"partner new --primary=x --", "--primary", false},
        {"partner new --additional x --", "--additional", true},
        {"partner list -q --", "--quiet", false},
        {"partner list -qojson --", "--output", false},
        {"partner list -qojson --", "--quiet", false},
        {"partner list -o json --", "--output", false},
        // what is a value is no option, and what is an option no value
        {"partner new --description --zone --", "--primary", true},
        {"partner new --description --primary x --", "--primary", false},
        {"partner new --description --", "--primary", false},
        {"partner show -- --", "--store", false},
    });
}

TEST_CASE("values of enumerations are completed") {
    test::check_offers({
        {"partner new --tls ", "required", true},
        {"partner new --tls r", "required", true},
        {"partner new --tls r", "optional", false},
        {"partner new --tls=", "--tls=required", true},
        {"partner new --tls=r", "--tls=required", true},
        {"partner new --tls=r", "--tls=optional", false},
        {"partner new --tls=r", "required", false},
        {"partner new --tls required ", "required", false},
        {"partner new --tls ", "federated", false},
        {"partner new --type ", "federated", true},
        {"partner new --dialback ", "true", true},
        {"partner new --description ", "true", false},
        {"partner new --description=", "true", false},
        {"partner list --quiet=", "true", false},
        {"partner new -- --tls ", "required", false},
        {"partner new --preset ", "flexible", true},
        {"partner explain --preset f", "flexible", true},
        {"partner explain --peer-tls ", "flexible", false},
        {"partner list --preset ", "flexible", false},
        {"partner list -o ", "csv", true},
        {"partner list -o=", "-o=csv", true},
        {"partner list -qo ", "csv", true},
        {"-o ", "csv", true},
        {"store info -o ", "json", true},
        {"store info -o ", "csv", false},
        {"plan -o ", "jsonl", true},
        {"plan -o ", "csv", false},
        {"completion bash -o ", "table", true},
        {"completion bash -o ", "json", false},
        {"completion ", "zsh", true},
        {"completion zsh ", "bash", false},
        {"dns records --format ", "zone", true},
        {"cert request --curve ", "P-256", true},
    });
}

TEST_CASE("fields are completed for --sort") {
    test::check_offers({
        {"partner list --sort ", "updated_at", true},
        {"partner list --sort ", "primary_domain", true},
        {"partner list --sort ", "-primary_domain", false},
        {"partner list --sort -", "-primary_domain", true},
        {"partner list --sort -", "--type", false},
        {"partner list --sort=-", "--sort=-revision", true},
        {"partner list --sort ", "methods", false},
        {"partner list --match ", "primary_domain", false},
    });
}

TEST_CASE("files are left to the shell") {
    test::check_offers({
        {"--store ", ":files", true},
        {"--store=", ":files", true},
        {"--store ./postgresql:/", ":files", true},
        {"--store postgresql:/", ":files", true},
        {"--store postgresql://", ":files", false},
        {"--store service=bo", ":files", false},
        {"cert import ", ":files", true},
        {"cert import x ", ":files", false},
        {"cert request --out ", ":files", true},
        {"cert request --out=x", ":files", true},
        {"cert request --template ", ":files", false},
        {"store backup ", ":files", true},
        {"partner show ", ":files", false},
        {"partner new --description ", ":files", false},
        {"cert import -- ", ":files", true},
    });
}

TEST_CASE("candidates are described") {
    TestWorld world;
    test::fill(world);
    const auto has = [&](std::string_view line, std::string_view wanted) {
        const auto all = test::completion_answer(world, line);
        INFO(fmt::format("`{}` gives {}", line, core::join(all, " | ")));
        CHECK(std::ranges::count(all, wanted) == 1);
    };
    has("st", "store\tThe file that keeps it all");
    has("partner n", "new\tCommit a new partner");
    has("partner new --tls r", "required\ta stream without it is closed");
    has("partner new --pri", "--primary\tthe domain that identifies the partner");
    has("partner show corp", "corp.fabrikam.com\ta domain of fabrikam.com");
    has("partner show fab", "fabrikam.com\t");
    has("cert show 1", "1\tThe: 'first', pending");
}

TEST_CASE("every command completes its options") {
    TestWorld world;
    for (const auto* command : cli::commands()) {
        const auto all = test::offered(world, command->name() + " --");
        INFO(command->name());
        CHECK(std::ranges::count(all, "--help") == 1);
        CHECK(std::ranges::count(all, "--store") == 1);
    }
}

TEST_CASE("the scripts are printed as they are installed") {
    TestWorld world;
    for (const auto& [shell, file] : std::vector<std::pair<std::string, std::string>>{
             {"bash", "xmppfed.bash"}, {"zsh", "_xmppfed"}, {"fish", "xmppfed.fish"}}) {
        CHECK(world.must("completion " + shell).out == test::read_file(XMPPFED_SOURCE_DIR "/completions/" + file));
    }
    CHECK(world.run("completion tcsh").code == 2);
    CHECK(world.run("completion").code == 2);
    CHECK(world.run("completion bash -o json").code == 2);
}
