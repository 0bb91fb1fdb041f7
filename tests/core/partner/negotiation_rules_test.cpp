#include <catch2/catch.hpp>

#include "tests/core/rule_scene.hpp"

namespace xmppfed::core {

using Ids = std::vector<std::string_view>;
using enum Level;

TEST_CASE("the message of a negotiation rule repeats the settings") {
    CHECK(diagnostics_on({not_supported, required, false}).front().message ==
          "SASL is required and TLS is not-supported: SASL EXTERNAL needs TLS");
    CHECK(diagnostics_on({not_supported, optional, false}).front().message ==
          "SASL is optional and TLS is not-supported: SASL EXTERNAL needs TLS");
    CHECK(diagnostics_on({optional, required, false}).front().message ==
          "SASL is required but TLS only optional: negotiation may fail");
    CHECK(diagnostics_on({optional, not_supported, true}, PartnerType::federated).front().message ==
          "partner type federated gives trust that tcp-dialback cannot justify: the stream is not encrypted");
}

TEST_CASE("the hint for SASL without TLS says how to mend it") {
    CHECK(diagnostics_on({not_supported, required, false}).front().hint ==
          "use `--tls required` or `--tls optional`, or `--sasl not-supported --dialback true`; confirm with the "
          "partner what its service negotiates");
}

TEST_CASE("the hint for SASL with optional TLS leaves a method, whichever half of it is followed") {
    CHECK(diagnostics_on({optional, required, true}).front().hint == "use `--tls required`, or `--sasl not-supported`");
    CHECK(diagnostics_on({optional, required, false}).front().hint ==
          "use `--tls required`, or `--sasl not-supported --dialback true`");
}

TEST_CASE("trust is weighed against the weakest method that is offered") {
    using enum PartnerType;
    const Negotiation encrypted{required, optional, true};
    const Negotiation in_the_clear{not_supported, not_supported, true};
    CHECK(diagnostics_on(encrypted, federated).empty());
    CHECK(ids_of(diagnostics_on(in_the_clear, public_unverified)) == Ids{"tcp-dialback-only"});
    CHECK(ids_of(diagnostics_on(in_the_clear, federated)) == Ids{"trust-exceeds-authentication", "tcp-dialback-only"});
    CHECK(ids_of(diagnostics_on(in_the_clear, public_verified)) ==
          Ids{"trust-exceeds-authentication", "type-not-recommended", "tcp-dialback-only"});
}

}  // namespace xmppfed::core
