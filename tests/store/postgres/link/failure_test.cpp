#include "store/postgres/link/failure.hpp"

#include <catch2/catch.hpp>

#include "store/missing_right.hpp"

using namespace xmppfed;
using core::ErrorKind;
using store::Right;

namespace {

core::Error error_for(const std::string& state, Right right = Right::viewer, std::string_view doing = "read") {
    try {
        store::fail({.state = state, .text = "what the server says", .is_lost = state.empty()},
                    {.doing = doing, .store = "'postgresql://db/x'", .role = "alice", .right = right});
    } catch (const core::Error& error) {
        return error;
    }
}

}  // namespace

TEST_CASE("what PostgreSQL says has a kind") {
    for (const auto* const state : {"55P03", "40001", "40P01", "53300", "57P03"}) {
        CHECK(error_for(state).kind == ErrorKind::busy);
    }
    CHECK(error_for("23505").kind == ErrorKind::conflict);
    CHECK(error_for("3D000").kind == ErrorKind::not_found);
    for (const auto* const state : {"42501", "28P01", "25006", "53100", "57P01", "XX001", "08006", "42601", ""}) {
        CHECK(error_for(state).kind == ErrorKind::failed);
    }
    for (const auto* const state : {"55P03", "23505", "3D000", "28P01", "25006", "XX001", ""}) {
        INFO(state);
        CHECK(error_for(state).message.find("'postgresql://db/x'") != std::string::npos);
    }
}

TEST_CASE("a refusal names the right that is missing, and the role") {
    const auto names = [](Right right, std::string_view word, std::string_view way_out) {
        const auto error = error_for("42501", right);
        INFO(error.message);
        CHECK(error.message.find("'alice'") != std::string::npos);
        CHECK(error.message.find(word) != std::string::npos);
        REQUIRE(error.hints.size() == 1);
        CHECK(error.hints.front().find(way_out) != std::string::npos);
    };
    names(Right::viewer, "has not the right viewer in", "`xmppfed store init --grant alice=viewer`");
    names(Right::operator_, "has neither the right operator nor the right admin in",
          "--grant alice=operator`: admin for");
    names(Right::admin, "has not the right admin in", "`xmppfed store init --grant alice=admin`");
    names(Right::owner, "is not the owner of", "have the role run `xmppfed store init` that made it");
}

TEST_CASE("a right that the change turned out to take is named instead") {
    const store::MissingRight missing{"'postgresql://db/x'", "alice", Right::operator_, "permission denied"};
    const auto other = missing.instead(Right::admin);
    CHECK(other.message == "the role 'alice' has not the right admin in the store 'postgresql://db/x'");
    CHECK(other.cause == "permission denied");
    CHECK(other.hints == std::vector<std::string>{"its owner gives it with `xmppfed store init --grant alice=admin`"});
    CHECK(store::MissingRight{"'x'", "", Right::admin, ""}.message ==
          "this role has not the right admin in the store 'x'");
}

TEST_CASE("a lost connection is told apart from one that never was") {
    CHECK(error_for("").message == "the connection to the store 'postgresql://db/x' was lost");
    CHECK(error_for("", Right::viewer, "reach").message == "cannot reach the store 'postgresql://db/x'");
}
