#include "core/cert/files/file_host.hpp"

#include <catch2/catch.hpp>

#include "core/error.hpp"
#include "tests/core/caught.hpp"

using namespace xmppfed::core;
using Catch::Matchers::Contains;

namespace {

CertRequest request_on(const std::string& host, std::int64_t number = 1) {
    CertRequest request;
    request.number = number;
    request.key_file = "/k";
    request.host = host;
    return request;
}

}  // namespace

TEST_CASE("files are elsewhere when both hosts have names that differ") {
    CHECK(is_elsewhere("one", "two"));
    CHECK(is_elsewhere("one", "One"));
    CHECK_FALSE(is_elsewhere("one", "one"));
    CHECK_FALSE(is_elsewhere("", "one"));  // nobody knows
    CHECK_FALSE(is_elsewhere("one", ""));  // a copy in a file
    CHECK(has_files_elsewhere(request_on("one"), "two"));
    auto on_windows = request_on("one");
    on_windows.key_file.clear();
    CHECK_FALSE(has_files_elsewhere(on_windows, "two"));
    const auto here = with_files_here({request_on("one", 1), request_on("two", 2), request_on("", 3)}, "two");
    REQUIRE(here.size() == 2);
    CHECK(here[0].number == 2);
    CHECK(here[1].number == 3);
}

TEST_CASE("what needs files of another host is a conflict that names both") {
    CHECK_NOTHROW(refuse_files_elsewhere(request_on("one"), "one"));
    const auto error = caught([] { refuse_files_elsewhere(request_on("o\nne", 7), "two"); });
    CHECK(error.kind == ErrorKind::conflict);
    CHECK_THAT(error.message, Contains("certificate request 7") && Contains("'o\\nne'") && Contains("'two'"));
    CHECK_THAT(error.hints.front(), Contains("cert move 7"));
    CHECK_THAT(note_on_files_elsewhere(request_on("one", 7)), Contains("certificate request 7") && Contains("'one'"));
}
