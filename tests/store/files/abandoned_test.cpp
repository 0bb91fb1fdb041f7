#include "store/files/abandoned.hpp"

#include <sys/wait.h>
#include <unistd.h>
#include <catch2/catch.hpp>
#include <filesystem>

#include <fmt/format.h>

#include "store/files/file.hpp"
#include "tests/support/files.hpp"

using namespace xmppfed;
using test::TemporaryDirectory;

namespace {

/// The number of a process that has ended and been waited for.
pid_t gone() {
    const pid_t child = ::fork();
    if (child == 0) {
        ::_exit(0);
    }
    REQUIRE(::waitpid(child, nullptr, 0) == child);
    return child;
}

std::vector<std::string> abandoned_names(const std::string& directory, uid_t owner = ::geteuid()) {
    std::vector<std::string> names;
    for (const auto& each : store::abandoned_in(store::OpenDirectory::at(directory).value(), {owner})) {
        names.push_back(each.name);
    }
    return names;
}

}  // namespace

TEST_CASE("a partial name tells what it was to become, and whose it is") {
    const auto read = store::read_partial_name("edge.key.partial-17");
    REQUIRE(read);
    CHECK(read->whole == "edge.key");
    CHECK(read->process == 17);
    CHECK(store::read_partial_name("1.partial-17-2").value().process == 17);
    CHECK(store::read_partial_name("a.partial-1.partial-2").value().whole == "a.partial-1");
    for (const auto* other :
         {"edge.key", ".partial-17", "edge.partial-", "edge.partial-x", "edge.partial-17x", "edge.partial-17-",
          "edge.partial-17-x", "edge.partial--17", "edge.partial-0", "edge.partial-99999999999999999999"}) {
        INFO(other);
        CHECK_FALSE(store::read_partial_name(other));
    }
}

TEST_CASE("what the program names in the making is read again") {
    const auto name = store::partial_name("/nowhere/edge.key");
    const auto read = store::read_partial_name(name);
    REQUIRE(read);
    CHECK(read->whole == "/nowhere/edge.key");
    CHECK(read->process == ::getpid());
}

TEST_CASE("only what a process that is gone left to its owner is abandoned") {
    const TemporaryDirectory directory;
    const auto left = fmt::format("edge.key.partial-{}", gone());
    test::write_file(directory / left, "half");
    test::write_file(directory / fmt::format("edge.key.partial-{}", ::getppid()), "somebody works on it");
    test::write_file(directory / "edge.key", "whole");
    CHECK(abandoned_names(directory.path()) == std::vector{left});
    CHECK(abandoned_names(directory.path(), ::geteuid() + 1).empty());
}

TEST_CASE("the abandoned forms of one file are taken away, and no link is followed") {
    const TemporaryDirectory directory;
    const auto process = gone();
    const auto left = directory / fmt::format("edge.key.partial-{}", process);
    const auto link = directory / fmt::format("edge.key.partial-{}-2", process);
    const auto other = directory / fmt::format("other.key.partial-{}", process);
    const auto folder = directory / fmt::format("edge.key.partial-{}-3", process);
    test::write_file(left, "half");
    test::write_file(other, "half");
    test::write_file(directory / "precious", "whole");
    std::filesystem::create_symlink(directory / "precious", link);
    std::filesystem::create_directory(folder);
    store::remove_abandoned(directory / "edge.key");
    CHECK_FALSE(store::is_taken(left));
    CHECK_FALSE(store::is_taken(link));
    CHECK(store::is_taken(other));
    CHECK(store::is_taken(folder));
    CHECK(test::read_file(directory / "precious") == "whole");
    store::remove_abandoned("/nowhere/at/all");
}
