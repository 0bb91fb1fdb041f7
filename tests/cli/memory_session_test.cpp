#include <array>
#include <filesystem>
#include <fstream>

#include <catch2/catch.hpp>

#include "tests/support/memory_site.hpp"
#include "tests/support/test_world.hpp"

using namespace xmppfed;

namespace {

/// What an administrator types in a day, refusals included.
constexpr std::array session{
    "partner list -o json",
    "partner new --primary fabrikam.com --preset strict -m 'the first'",
    "partner new --primary fabrikam.com",
    "partner new --primary tailspin.example --sasl required --tls not-supported",
    "partner new --primary contoso.com --additional im.contoso.com --type federated -o json",
    "partner edit contoso.com --add-domain fabrikam.com",
    "partner edit contoso.com --description Renamed --connection-limit 7",
    "partner edit contoso.com --primary contoso.example",
    "edge set --access-edge sip.adatum.com --sip-domain adatum.com --organization Adatum --country DE",
    "edge show -o json",
    "apply --file manifest.jsonl --dry-run",
    "apply --file manifest.jsonl -o json",
    "apply --file manifest.jsonl",
    "plan --file manifest.jsonl --prune -o json",
    "export",
    "partner show im.contoso.com -o json",
    "partner list --match '*.example' -o csv",
    "partner remove fabrikam.com --yes",
    "partner revert fabrikam.com --to-entry 1",
    "partner validate -o json",
    "history -o jsonl",
    "store check -o json",
};

void write_manifest(const test::TestWorld& world) {
    std::ofstream{world.directory / "manifest.jsonl"}
        << R"({"primary_domain":"contoso.example","additional_domains":["im.contoso.com"],"keepalive":false})"
        << "\n"
        << R"({"primary_domain":"woodgrove.example","description":"a bank"})"
        << "\n";
}

}  // namespace

TEST_CASE("commands work on a store in memory as they do on a file") {
    test::TestWorld on_file;
    test::TestWorld in_memory;
    in_memory.keep_in_memory();
    write_manifest(on_file);
    write_manifest(in_memory);
    for (const std::string line : session) {
        INFO(line);
        const auto expected = on_file.run(line);
        const auto result = in_memory.run(line);
        CHECK(result.code == expected.code);
        if (!line.starts_with("store ")) {  // these tell of the file
            CHECK(result.out == expected.out);
        }
        CHECK(result.err == expected.err);
    }
    CHECK(std::filesystem::exists(on_file.store()));
    CHECK_FALSE(std::filesystem::exists(in_memory.store()));
}
