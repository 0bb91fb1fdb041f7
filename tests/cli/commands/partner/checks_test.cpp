// The commands that judge: validate and explain; and every combination of the negotiation matrix through all four that
// look at it.

#include <algorithm>

#include <fmt/format.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/support/test_world.hpp"

using namespace xmppfed;
using Catch::Matchers::Contains;
using core::Json;
using test::TestWorld;

namespace {

/// One row of tests/data/negotiation-matrix.json.
struct Combination {
    std::string tls;
    std::string sasl;
    bool dialback = false;
    Json methods;
    bool accepted = false;
    std::string rule;  ///< empty: none

    [[nodiscard]] std::string options(const std::string& prefix = "") const {
        return fmt::format("--{0}tls {1} --{0}sasl {2} --{0}dialback {3}", prefix, tls, sasl, dialback);
    }
    [[nodiscard]] std::string severity() const {
        if (!accepted) {
            return "error";
        }
        return rule == "tcp-dialback-only" ? "info" : "warning";
    }
};

const std::vector<Combination>& matrix() {
    static const auto rows = [] {
        const auto file = Json::parse(test::read_file(XMPPFED_SOURCE_DIR "/tests/data/negotiation-matrix.json"));
        std::vector<Combination> result;
        for (const auto& row : file.at("rows")) {
            result.push_back({row.at("tls"), row.at("sasl"), row.at("dialback"), row.at("methods"),
                              row.at("commit") == "accept", row.at("rule").is_null() ? "" : row.at("rule")});
        }
        return result;
    }();
    return rows;
}

/// The diagnostics of a document are exactly what the row says.
void check_diagnostics(const Json& diagnostics, const Combination& row) {
    REQUIRE(diagnostics.size() == (row.rule.empty() ? 0 : 1));
    for (const auto& diagnostic : diagnostics) {
        CHECK(diagnostic.at("rule") == row.rule);
        CHECK(diagnostic.at("severity") == row.severity());
    }
}

}  // namespace

TEST_CASE("the matrix has every combination once") {
    REQUIRE(matrix().size() == 18);
    std::vector<std::string> seen;
    for (const auto& row : matrix()) {
        seen.push_back(row.options());
    }
    std::ranges::sort(seen);
    CHECK(std::ranges::adjacent_find(seen) == seen.end());
}

TEST_CASE("a combination is committed or refused as the matrix says, by new") {
    for (const auto& row : matrix()) {
        INFO(row.options());
        TestWorld world;
        const auto result = world.run("partner new --primary a.example -o json " + row.options());
        CHECK(result.code == (row.accepted ? 0 : 3));
        check_diagnostics(result.json().at("diagnostics"), row);
        if (row.accepted) {
            CHECK(result.json().at("partner").at("methods") == row.methods);
            CHECK(world.partner("a.example").at("methods") == row.methods);
            CHECK(world.run("store check").code == 0);
        } else {
            CHECK(world.directory.names().empty());
        }
    }
}

TEST_CASE("a combination is committed or refused as the matrix says, by edit from any other") {
    for (const auto& from : matrix()) {
        if (!from.accepted) {
            continue;
        }
        TestWorld world;
        world.must("partner new --primary a.example " + from.options());
        for (const auto& row : matrix()) {
            INFO(from.options() << " to " << row.options());
            const auto before = world.partner("a.example");
            const auto result = world.run("partner edit a.example --dry-run -o json " + row.options());
            CHECK(result.code == (row.accepted ? 0 : 3));
            check_diagnostics(result.json().at("diagnostics"), row);
            CHECK(world.partner("a.example") == before);
        }
    }
}

TEST_CASE("a combination is committed by edit as the matrix says") {
    TestWorld world;
    world.must("partner new --primary a.example");
    for (const auto& row : matrix()) {
        INFO(row.options());
        const auto before = world.state();
        const auto result = world.run("partner edit a.example -o json " + row.options());
        CHECK(result.code == (row.accepted ? 0 : 3));
        CHECK((world.partner("a.example").at("methods") == row.methods) >= row.accepted);
        if (!row.accepted) {
            CHECK(world.state() == before);
        }
    }
}

TEST_CASE("a combination that got into the store is judged as the matrix says, by validate and store check") {
    TestWorld world;
    world.must("partner new --primary a.example");
    for (const auto& row : matrix()) {
        INFO(row.options());
        test::force_sql(world.store(), fmt::format("UPDATE partner SET tls = '{}', sasl = '{}', dialback = {}", row.tls,
                                                   row.sasl, row.dialback ? 1 : 0));
        const auto result = world.run("partner validate -o json");
        CHECK(result.code == (row.accepted ? 0 : 3));
        check_diagnostics(result.json().at("diagnostics"), row);
        CHECK(result.json().at("errors") == (row.accepted ? 0 : 1));
        CHECK(world.run("partner validate --strict").code == (row.rule.empty() || row.severity() == "info" ? 0 : 3));
        check_diagnostics(world.run("partner show a.example -o json").json().at("diagnostics"), row);
        const auto check = world.run("store check -o json");
        CHECK((check.out.find("CHECK constraint failed in partner") == std::string::npos) == row.accepted);
        CHECK((check.out.find('"' + row.rule + '"') == std::string::npos) == (row.accepted || row.rule.empty()));
    }
}

TEST_CASE("a combination is explained as the matrix says") {
    TestWorld world;
    for (const auto& row : matrix()) {
        INFO(row.options());
        const auto result = world.run("partner explain -o json " + row.options());
        CHECK(result.code == (row.accepted ? 0 : 3));
        const auto document = result.json();
        CHECK(document.at("kind") == "explanation");
        CHECK(document.at("methods") == row.methods);
        CHECK(document.at("local").at("methods") == row.methods);
        CHECK(document.at("local").at("tls") == row.tls);
        CHECK(document.at("local").at("sasl") == row.sasl);
        CHECK(document.at("local").at("dialback") == row.dialback);
        CHECK(document.at("peer").is_null());
        CHECK(document.at("chosen") == (row.accepted ? row.methods.at(0) : Json{}));
        CHECK(document.at("methods").size() + document.at("excluded").size() == 3);
        check_diagnostics(document.at("diagnostics"), row);
        CHECK(world.run("partner explain --strict " + row.options()).code ==
              (row.rule.empty() || row.severity() == "info" ? 0 : 3));
    }
    CHECK(world.directory.names().empty());
}

TEST_CASE("two sides use what both offer") {
    TestWorld world;
    world.environment.clear();  // explain needs no store
    for (const auto& local : matrix()) {
        for (const auto& peer : matrix()) {
            INFO(local.options() << " " << peer.options("peer-"));
            const auto result =
                world.run(fmt::format("partner explain -o json {} {}", local.options(), peer.options("peer-")));
            Json common = Json::array();
            for (const auto& method : local.methods) {
                if (std::ranges::count(peer.methods, method) > 0) {
                    common.push_back(method);
                }
            }
            const bool fine = local.accepted && !common.empty();
            CHECK(result.code == (fine ? 0 : 3));
            const auto document = result.json();
            CHECK(document.at("methods") == common);
            CHECK(document.at("local").at("methods") == local.methods);
            CHECK(document.at("peer").at("methods") == peer.methods);
            CHECK(document.at("chosen") == (fine ? common.at(0) : Json{}));
            const auto& diagnostics = document.at("diagnostics");
            const auto unmatched = std::ranges::count_if(
                diagnostics, [](const auto& diagnostic) { return diagnostic.at("rule") == "no-common-method"; });
            CHECK((unmatched == 1) == common.empty());
            CHECK(static_cast<std::ptrdiff_t>(diagnostics.size()) == unmatched + (local.rule.empty() ? 0 : 1));
        }
    }
}

TEST_CASE("explain needs a whole side, or a preset") {
    struct Row {
        const char* options;
        int code;
    };
    TestWorld world;
    for (const auto& [options, code] : std::vector<Row>{
             {"", 2},
             {"--tls required", 2},
             {"--tls required --sasl required", 2},
             {"--sasl required --dialback true", 2},
             {"--preset strict --peer-tls required", 2},
             {"--preset strict --peer-tls required --peer-sasl required", 2},
             {"--peer-tls required --peer-sasl required --peer-dialback true", 2},
             {"--preset strict", 0},
             {"--preset strict --dialback true", 0},
             {"--preset strict --tls not-supported", 3},
             {"--preset strict --peer-tls required --peer-sasl required --peer-dialback true", 0},
             {"--preset strict --peer-tls required --peer-sasl not-supported --peer-dialback true", 3},
         }) {
        INFO(options);
        CHECK(world.run(fmt::format("partner explain {}", options)).code == code);
    }
}

TEST_CASE("explain says it in words") {
    TestWorld world;
    const auto result = world.run(
        "partner explain --tls required --sasl optional --dialback false --peer-tls optional --peer-sasl not-supported "
        "--peer-dialback true");
    CHECK(result.code == 3);
    CHECK_THAT(result.out, Contains("Our side\n") && Contains("The partner's side\n") && Contains("  none\n") &&
                               Contains("\nExcluded\n") && Contains("Chosen: none") && Contains("[no-common-method]"));
}

TEST_CASE("validate runs every rule on the stored partners") {
    TestWorld world;
    world.must("partner new --primary a.example --dialback true --additional x.a.example");
    world.must("partner new --primary b.example --type public-verified");
    world.must("partner new --primary c.example");

    const auto all = world.must("partner validate -o json").json();
    CHECK(all.at("kind") == "validation");
    CHECK(all.at("checked") == 3);
    CHECK(all.at("errors") == 0);
    CHECK(all.at("warnings") == 1);
    REQUIRE(all.at("diagnostics").size() == 2);
    CHECK(all.at("diagnostics").at(0).at("partner") == "a.example");
    CHECK(all.at("diagnostics").at(1).at("severity") == "info");
    CHECK_THAT(world.must("partner validate").out, Contains("3 partners checked: 0 errors, 1 warning\n") &&
                                                       Contains("[dialback-unused]") &&
                                                       Contains("[type-not-recommended]"));
    CHECK(world.must("partner validate -q").out == world.must("partner validate").out);  // it was asked for
    CHECK(world.run("partner validate --strict -o json").code == 3);
    CHECK(world.run("partner validate --strict -o json").json().at("kind") == "validation");

    CHECK(world.must("partner validate x.a.example C.example -o json").json().at("checked") == 2);
    CHECK(world.must("partner validate c.example b.example --strict").code == 0);
    CHECK(world.run("partner validate a.example --strict").code == 3);
    CHECK(world.run("partner validate a.example nobody.example").code == 4);
    CHECK(world.run("partner validate a..b").code == 3);

    const auto lines = world.must("partner validate -o jsonl").out;
    CHECK(std::ranges::count(lines, '\n') == 2);
    CHECK_THAT(world.must("partner validate -o csv").out,
               Catch::Matchers::StartsWith("rule,severity,partner,field,message,hint,file,line,column,accepted\r\n"));
}

TEST_CASE("validating a store that is missing warns, for its path was probably mistyped") {
    TestWorld world;
    const auto result = world.must("partner validate -o json").json();
    CHECK(result.at("checked") == 0);
    CHECK(result.at("warnings") == 1);
    CHECK_THAT(result.at("diagnostics").at(0).at("message").get<std::string>(), Contains(world.store()));
    CHECK(world.run("partner validate --strict").code == 3);
    CHECK(world.run("partner validate a.example").code == 4);
    CHECK(world.directory.names().empty());
}

TEST_CASE("validate gives a terminal the first hundred findings, and a pipe all") {
    TestWorld world;
    std::string lines;
    for (int i = 0; i < 102; ++i) {
        lines += fmt::format("{{\"primary_domain\": \"p{}.example\", \"tls\": \"optional\"}}\n", i);
    }
    lines += "{\"primary_domain\": \"last.example\", \"tls\": \"not-supported\"}\n";
    test::write_file(world.directory / "partners.jsonl", lines);
    const auto command = fmt::format("partner validate --file {}/partners.jsonl", world.directory.path());
    const auto warnings_in = [](const test::Result& result) {
        std::size_t number = 0;
        for (auto at = result.out.find("[sasl-with-"); at != std::string::npos;
             at = result.out.find("[sasl-with-", at + 1)) {
            ++number;
        }
        return number;
    };
    const auto piped = world.run(command);
    CHECK(warnings_in(piped) == 102);
    CHECK_THAT(piped.err, !Contains("not shown"));
    world.terminal.stdout_is_one = true;
    const auto shown = world.run(command);
    CHECK(warnings_in(shown) == 100);
    CHECK_THAT(shown.out, Contains("[sasl-requires-tls]") && Contains("103 partners checked: 1 error, 102 warnings"));
    CHECK_THAT(shown.err, Contains("note: findings that are not shown: 2 more"));
    CHECK(shown.code == piped.code);
    CHECK(world.run(command + " -o json").json().at("diagnostics").size() == 103);
}
