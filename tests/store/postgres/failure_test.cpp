#include "store/postgres/failure.hpp"

#include <catch2/catch.hpp>

using namespace xmppfed;
using core::ErrorKind;
using store::Right;

namespace {

core::Error error_for(const std::string& state, Right right = Right::viewer, std::string_view doing = "read") {
    return store::error_of({.state = state, .text = "what the server says", .is_lost = state.empty()},
                           {.doing = doing, .store = "'postgresql://db/x'", .role = "alice", .right = right});
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
    const auto names = [](Right right, std::string_view word) {
        const auto error = error_for("42501", right);
        INFO(error.message);
        CHECK(error.message.find("'alice'") != std::string::npos);
        CHECK(error.message.find(word) != std::string::npos);
        CHECK(error.hints.size() == 1);
    };
    names(Right::viewer, "right viewer");
    names(Right::operator_, "right operator");
    names(Right::admin, "right admin");
    names(Right::owner, "owner");
}

TEST_CASE("a lost connection is told apart from one that never was") {
    CHECK(error_for("").message == "the connection to the store 'postgresql://db/x' was lost");
    CHECK(error_for("", Right::viewer, "reach").message == "cannot reach the store 'postgresql://db/x'");
}
