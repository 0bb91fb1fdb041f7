// Files of a certificate request that were moved by hand: what is recorded, and what is not.

#include <filesystem>

#include <fmt/format.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/support/test_world.hpp"

using Catch::Matchers::Contains;
using namespace xmppfed;
namespace fs = std::filesystem;

namespace {

/// A certificate in use, with all its files.
struct MovingWorld : test::TestWorld {
    MovingWorld() {
        for (const std::string name : {"edge.key", "edge.crt", "intermediate.crt", "root.crt"}) {
            const auto content = test::read_file(XMPPFED_SOURCE_DIR "/tests/golden/" + name);
            test::write_file(directory / name, content);
            fs::permissions(directory / name, fs::perms::owner_read | fs::perms::owner_write);
        }
        must(
            "edge set --access-edge sip.contoso.com --web-conferencing webcon.contoso.com "
            "--sip-domain contoso.com,fabrikam.com --organization Contoso -q");
        must(fmt::format("cert request --key {} --out {} -q", directory / "edge.key", directory / "edge.csr"));
        must(fmt::format("cert import {} --chain {} --ca-file {} -q", directory / "edge.crt",
                         directory / "intermediate.crt", directory / "root.crt"));
        must(fmt::format("cert assign 1 --to {} -q", directory / "live"));
    }

    [[nodiscard]] core::Json request() { return must("cert show 1 -o json").json().at("request"); }
    test::Result move(const std::string& option, const std::string& name) {
        return run(fmt::format("cert move 1 {} {}", option, directory / name));
    }
};

}  // namespace

TEST_CASE_METHOD(MovingWorld, "files that were moved are recorded where they are") {
    fs::rename(directory / "edge.key", directory / "new.key");
    fs::rename(directory / "edge.csr", directory / "new.csr");
    fs::rename(directory / "live", directory / "moved");
    CHECK(run("cert status").code == 3);
    const auto line = fmt::format("cert move 1 --key {} --csr {} --to {}/", directory / "new.key",
                                  directory / "new.csr", directory / "moved");
    const auto before = state();
    must(line + " --dry-run");
    CHECK(state() == before);
    must(line + " -m moved");
    const auto moved = request();
    CHECK(moved.at("key_file") == directory / "new.key");
    CHECK(moved.at("csr_file") == directory / "new.csr");
    CHECK(moved.at("directory") == directory / "moved/1");
    CHECK(moved.at("state") == "assigned");
    CHECK(must("cert status").code == 0);
    CHECK(must("store check").code == 0);
    CHECK(must("history -o json --limit 1").json().at("entries").at(0).at("action") == "cert.move");
    CHECK_THAT(must(line).err, Contains("nothing changed"));
}

TEST_CASE_METHOD(MovingWorld, "what is another's, or not there, is not recorded") {
    const auto before = state();
    CHECK(run("cert move 1").code == 2);
    CHECK(run("cert move 1 --key ''").code == 2);
    CHECK(run(fmt::format("cert move 2 --key {}", directory / "edge.key")).code == 4);
    CHECK(move("--key", "none.key").code == 4);
    const auto other = move("--key", "edge.crt");
    CHECK(other.code == 3);
    CHECK_THAT(other.err, Contains("[cert-key-mismatch]"));
    CHECK(move("--csr", "none.csr").code == 4);
    CHECK(move("--csr", "edge.crt").code == 3);
    const auto nowhere = move("--to", "none");
    CHECK(nowhere.code == 4);
    CHECK_THAT(nowhere.err, Contains("there is no directory"));
    test::write_file(directory / "file", "");
    CHECK(move("--to", "file").code == 4);
    fs::create_directory(directory / "empty");
    const auto elsewhere = move("--to", "empty");
    CHECK(elsewhere.code == 3);
    CHECK_THAT(elsewhere.err, Contains("[cert-files-differ]"));
    CHECK(state() == before);
}

TEST_CASE_METHOD(MovingWorld, "a directory without the files that servers read is not recorded") {
    fs::copy(directory / "live", directory / "copy", fs::copy_options::recursive | fs::copy_options::copy_symlinks);
    SECTION("whole") {
        CHECK(move("--to", "copy").code == 0);
    }
    SECTION("another chain") {
        test::write_file(directory / "copy/1/fullchain.pem", "x");
        CHECK(move("--to", "copy").code == 3);
    }
    SECTION("another key") {
        test::write_file(directory / "copy/1/privkey.pem", "x");
        CHECK(move("--to", "copy").code == 3);
    }
    SECTION("no link that leads there") {
        fs::remove(directory / "copy/current");
        CHECK(move("--to", "copy").code == 3);
    }
}

TEST_CASE_METHOD(MovingWorld, "an encrypted key is opened before it is recorded") {
    must(fmt::format("cert request --renew 1 --curve P-256 --out - --key-out {} --key-passphrase-file {} -q",
                     directory / "closed.key", [&] {
                         test::write_file(directory / "word", "geheim\n");
                         return directory / "word";
                     }()));
    fs::rename(directory / "closed.key", directory / "new.key");
    const auto line = fmt::format("cert move 2 --key {}", directory / "new.key");
    CHECK(run(line).code == 2);
    test::write_file(directory / "wrong", "falsch\n");
    CHECK(run(fmt::format("{} --key-passphrase-file {}", line, directory / "wrong")).code != 0);
    must(fmt::format("{} --key-passphrase-file {}", line, directory / "word"));
    CHECK(must("cert show 2 -o json").json().at("request").at("key_file") == directory / "new.key");
}

TEST_CASE_METHOD(MovingWorld, "a path that is not UTF-8 gets into no store") {
    const std::string name = "odd\xFF";
    fs::copy_file(directory / "edge.key", directory / name);
    const auto before = state();
    for (const std::string line : {"cert request --curve P-256 --key-out new.key --out ", "cert request --key-out ",
                                   "cert request --out new.csr --key ", "cert move 1 --key ", "cert move 1 --csr ",
                                   "cert move 1 --to ", "cert assign 1 --to "}) {
        CAPTURE(line);
        for (const std::string option : {"", " --dry-run"}) {
            const auto result = run(line + (directory / name) + option);
            CHECK(result.code == 2);
            CHECK_THAT(result.err, Contains("/odd\\xff' is not valid UTF-8"));
        }
    }
    CHECK(state() == before);
    CHECK_FALSE(fs::exists(std::string{directory / "new.key"}));
    CHECK(must("store check").code == 0);
}
