// The key files of requests, after they were made: looked at, renewed, deleted.

#include <sys/stat.h>

#include <filesystem>

#include <fmt/format.h>
#include <catch2/catch.hpp>

#include "tests/support/test_world.hpp"

using Catch::Matchers::Contains;
using xmppfed::test::TestWorld;
using xmppfed::test::write_file;

namespace {

enum class Encrypted { no, yes };

/// A world with a pending request, whose key is edge.key.
struct WithKey : TestWorld {
    explicit WithKey(Encrypted encrypted = Encrypted::no) {
        must("edge set --access-edge sip.contoso.com --sip-domain contoso.com -q");
        write_file(directory / "passphrase", "secret\n");
        must(fmt::format("cert request --curve P-256 --key-out edge.key --out edge.csr -q {}",
                         encrypted == Encrypted::yes ? passphrase() : ""));
    }

    /// The option that names the file of the passphrase.
    [[nodiscard]] std::string passphrase() { return "--key-passphrase-file " + (directory / "passphrase"); }

    [[nodiscard]] bool has_key() { return std::filesystem::exists(std::string{directory / "edge.key"}); }
};

}  // namespace

TEST_CASE("store check names a key that is missing, damaged or another") {
    WithKey world;
    CHECK_THAT(world.must("store check --strict").out, Contains("warnings:         0"));
    world.must("cert request --curve P-256 --key-out other.key --out other.csr -q");
    const auto finds = [&](std::string_view problem) {
        const auto result = world.run("store check");
        CHECK(result.code == 0);
        CHECK_THAT(result.out, Contains(fmt::format("edge.key' of certificate request 1 {}", problem)));
        CHECK_THAT(result.out, Contains("warnings:         1"));
        CHECK(world.run("store check --strict").code == 3);
    };
    std::filesystem::copy_file(world.directory / "other.key", world.directory / "edge.key",
                               std::filesystem::copy_options::overwrite_existing);
    finds("holds another key");
    write_file(world.directory / "edge.key", "-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n");
    finds("is damaged");
    std::filesystem::remove(world.directory / "edge.key");
    finds("is missing");
    REQUIRE(::mkfifo((world.directory / "edge.key").c_str(), 0600) == 0);
    finds("is damaged");
    std::filesystem::remove(world.directory / "edge.key");
    world.must("cert cancel 1 -q");
    CHECK_THAT(world.must("store check").out, Contains("warnings:         0"));
}

TEST_CASE("store check takes an encrypted key for the right one") {
    WithKey world{Encrypted::yes};
    CHECK_THAT(world.must("store check --strict").out, Contains("warnings:         0"));
}

TEST_CASE("a renewal says that its key is not encrypted when that of the request before was") {
    WithKey world{Encrypted::yes};
    const std::string_view note = "the key of request 1 is encrypted, and the new one is not";
    CHECK_THAT(world.must("cert request --renew 1 --dry-run").err, Contains(std::string{note}));
    CHECK_THAT(world.must("cert request --renew 1").err, Contains(std::string{note}));
    CHECK_THAT(world.must("cert request --renew 1 " + world.passphrase()).err, !Contains("encrypted"));
    CHECK_THAT(world.must("cert request --renew 1 --reuse-key " + world.passphrase()).err, !Contains("encrypted"));
    CHECK_THAT(world.must("cert request --renew 2").err, !Contains("encrypted"));
}

TEST_CASE("cancelling tells what becomes of the key") {
    WithKey world;
    CHECK_THAT(world.must("cert cancel 1 --dry-run").err, Contains("edge.key' stays"));
    CHECK_THAT(world.must("cert cancel 1 --dry-run --delete-key").err, Contains("edge.key' would be deleted"));
    CHECK(world.has_key());
    CHECK_THAT(world.must("cert cancel 1 --delete-key").err, Contains("edge.key' is deleted"));
    CHECK_FALSE(world.has_key());
}

TEST_CASE("a key that another request has is not deleted, however its path is spelt") {
    WithKey world;
    const auto at = [&](std::string_view name) { return std::string{world.directory / name}; };
    std::filesystem::create_symlink(at("edge.key"), at("link.key"));
    std::filesystem::create_hard_link(at("edge.key"), at("hard.key"));
    for (const auto* name : {"./edge.key", "hard.key"}) {
        world.must(fmt::format("cert request --key {} --out {}.csr -q", at(name), at(name)));
    }
    world.must(fmt::format("cert request --key {} --out {} -q", at("link.key"), at("four.csr")));
    for (const auto* line : {"cert cancel 1 --delete-key", "cert cancel 2 --delete-key", "cert cancel 3 --delete-key",
                             "cert cancel 4 --delete-key", "cert cancel 2 --delete-key --dry-run"}) {
        INFO(line);
        CHECK(world.run(line).code == 5);
        CHECK(world.has_key());
    }
    CHECK_THAT(world.run("cert cancel 4 --delete-key").err, Contains("is a symbolic link"));
    for (const auto* line : {"cert cancel 1", "cert cancel 3", "cert cancel 4", "cert cancel 2 --delete-key"}) {
        world.must(line);
    }
    CHECK_FALSE(world.has_key());
}

TEST_CASE("a key is deleted in a directory that others may write when somebody agrees") {
    WithKey world;
    REQUIRE(::chmod(world.directory.path().c_str(), 0777) == 0);
    world.terminal = {.stdin_is_one = true, .stderr_is_one = true, .columns = {}, .message_columns = {}};
    world.input = {"n"};
    const auto declined = world.run("cert cancel 1 --delete-key -q");
    CHECK(declined.code == 1);
    CHECK_THAT(declined.err, Contains("everybody may write it. Delete the key file") && Contains("[y/N]"));
    CHECK(world.has_key());
    CHECK_THAT(world.must("cert list -o csv").out, Contains("pending"));
    world.input = {"y"};
    world.must("cert cancel 1 --delete-key -q");
    CHECK_FALSE(world.has_key());
}

TEST_CASE("a format that a command's own option names excludes --output") {
    WithKey world;
    for (const auto* line : {"cert show 1 --pem -o json", "cert show 1 --pem -o csv", "cert show 1 --pem -o jsonl",
                             "dns records --format zone -o json", "dns records --format json -o csv",
                             "dns records --format nsupdate -o json"}) {
        INFO(line);
        const auto result = world.run(line);
        CHECK(result.code == 2);
        CHECK_THAT(result.err, Contains("--output") || Contains("no output format"));
    }
    CHECK(world.must("dns records --format json -o json").out == world.must("dns records --format json").out);
    const auto refused = world.run("dns records --format json --store none.db");
    CHECK(refused.code == 3);
    CHECK_THAT(refused.out, Contains(R"("kind": "error")"));
}
