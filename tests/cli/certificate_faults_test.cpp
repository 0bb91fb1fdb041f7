// A failure of the store's files at every step of the commands that make files of their own: what belongs to a commit is
// there when the commit is, or may be, and is gone without it. With XMPPFED_LONG in the environment at every step.

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/cli/faults.hpp"
#include "tests/pki/authority.hpp"
#include "tests/support/faulty_vfs.hpp"
#include "tests/support/test_world.hpp"

using namespace xmppfed;
using test::FaultyVfs;
using test::TestWorld;
using test::ways_to_fail;

namespace fs = std::filesystem;

namespace {

struct Work {
    std::string line;
    std::vector<std::string> files;  ///< that belong to its commit; paths are the store's, so each has its place
    int fewest_points;               ///< fewer places to fail would mean that the test has lost its grip
};

/// A directory's content, brought back before each run: the store knows its paths.
class Snapshot {
  public:
    explicit Snapshot(std::string place) : place_{std::move(place)} { copy(place_, kept_.path()); }

    void restore() const {
        for (const auto& entry : fs::directory_iterator{place_}) {
            fs::remove_all(entry);
        }
        copy(kept_.path(), place_);
    }

  private:
    static void copy(const std::string& from, const std::string& to) {
        fs::copy(from, to, fs::copy_options::recursive | fs::copy_options::copy_symlinks);
    }

    std::string place_;
    test::TemporaryDirectory kept_;
};

/// Every file and link below, without the store's own and its journal.
std::set<std::string> files_of(const TestWorld& world) {
    std::set<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator{world.directory.path()}) {
        auto name = entry.path().lexically_relative(world.directory.path()).string();
        if ((entry.is_symlink() || !entry.is_directory()) && !name.starts_with("store.db")) {
            names.insert(std::move(name));
        }
    }
    return names;
}

/// What the store says, but not of which key: a request makes another one each time.
std::string outline(TestWorld& world) {
    return world.must("cert list -o csv").out + world.must("store info -o json").json().at("store_revision").dump();
}

void check_fault(TestWorld& world, const Work& work, FaultyVfs::Fault fault) {
    const Snapshot before{world.directory.path()};
    const auto old_state = outline(world);
    const auto old_files = files_of(world);
    world.must(work.line);
    const auto new_state = outline(world);
    auto new_files = old_files;
    new_files.insert(work.files.begin(), work.files.end());
    CHECK(files_of(world) == new_files);
    FaultyVfs faults;
    int operations = 0;
    for (bool untouched = false; !untouched; operations += test::stride()) {
        REQUIRE(operations < 500);
        before.restore();
        fault.operation = operations + 1;
        faults.arm(fault);
        const auto result = world.run(work.line);
        untouched = !faults.struck();
        INFO(work.line << ", " << faults.what() << ", way " << fault.code << fault.sticky
                       << static_cast<int>(fault.damage) << "\n"
                       << result.err);
        faults.disarm();
        const auto state = outline(world);
        if (result.code == 0) {
            CHECK(state == new_state);
        } else {
            CHECK_FALSE(untouched);
            test::check_failure(result, state, old_state, new_state);
        }
        const bool stays = state == new_state || test::tells_unknown(result);
        CHECK(files_of(world) == (stays ? new_files : old_files));
        if (stays == (state == new_state)) {  // else files wait for somebody to look
            world.must("store check");
        }
    }
    CHECK(operations > work.fewest_points);
}

/// An edge, and a key of its own for a request.
struct CertificateWorld : TestWorld {
    CertificateWorld() {
        must("edge set --access-edge sip.contoso.com --sip-domain contoso.com --organization Contoso --country US");
    }

    void request() {
        test::write_file(directory / "edge.key", key.to_pem({}).text());
        fs::permissions(directory / "edge.key", fs::perms::owner_read | fs::perms::owner_write);
        must("cert request --key " + (directory / "edge.key") + " --out edge.csr -q");
    }

    void import() {
        const auto authority = pki::self_signed({.name = "Authority", .is_ca = true});
        const auto certificate =
            pki::certified({.name = "sip.contoso.com",
                            .extensions = {{NID_subject_alt_name, "DNS:sip.contoso.com,DNS:contoso.com"},
                                           {NID_key_usage, "critical,digitalSignature"},
                                           {NID_ext_key_usage, "serverAuth,clientAuth"}}},
                           key, authority);
        test::write_file(directory / "edge.crt", pki::to_pem(certificate.get()) + authority.pem());
    }

    pki::KeyPair key = pki::KeyPair::generate(pki::quick_key);
};

FaultyVfs::Fault any_way() {
    return ways_to_fail()[GENERATE(range(std::size_t{0}, ways_to_fail().size()))];
}

}  // namespace

TEST_CASE("a failing write takes a new key and its request along, or neither") {
    CertificateWorld world;
    check_fault(world, {"cert request --curve P-256 --out new.csr --key-out new.key -q", {"new.csr", "new.key"}, 10},
                any_way());
}

TEST_CASE("a failing write leaves a certificate on record or not, and files alone") {
    CertificateWorld world;
    world.request();
    world.import();
    check_fault(world, {"cert import " + (world.directory / "edge.crt") + " -q", {}, 10}, any_way());
}

TEST_CASE("a failing write takes the files of an assigned certificate along") {
    CertificateWorld world;
    world.request();
    world.import();
    world.must("cert import " + (world.directory / "edge.crt") + " -q");
    check_fault(
        world, {"cert assign 1 --to live --yes -q", {"live/current", "live/1/fullchain.pem", "live/1/privkey.pem"}, 10},
        any_way());
}
