#include <fmt/format.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <fstream>
#include <optional>

#include "net/stream/endpoint_probe.hpp"
#include "net/stream/stream_reader.hpp"
#include "tests/pki/authority.hpp"
#include "tests/support/fake_xmpp.hpp"

// What Prosody 0.12 and ejabberd 23.01 said, word by word, to whoever tried each of them out: tests/data/streams.json.

namespace xmppfed::net::recorded {

namespace {

using core::Json;
using test::FakeStep;
using test::FakeXmpp;
using test::FakeXmppScript;

Json conversations() {
    std::ifstream file{XMPPFED_SOURCE_DIR "/tests/data/streams.json"};
    return Json::parse(file);
}

FakeStep step_of(const Json& step) {
    using enum FakeStep::Kind;
    const auto kind = step.at(0).get<std::string>();
    const auto text = step.size() > 1 ? step.at(1).get<std::string>() : std::string{};
    if (kind == "hears") {
        const std::string mark = text == "header" ? "<stream:stream" : text == "end" ? "</stream:stream>" : "<" + text;
        return {hears, mark};
    }
    return {kind == "says" ? says : kind == "tls" ? tls : kind == "closes" ? closes : resets, text};
}

const pki::Holder& ca() {
    static const pki::Holder made = pki::self_signed({.name = "Test root", .is_ca = true});
    return made;
}

/// A server that plays it.
FakeXmppScript server_of(const Json& conversation) {
    static const pki::Holder server = pki::issued_by(ca(), {.name = "fabrikam.com"});
    FakeXmppScript script{.chain = server.pem() + ca().pem(),
                          .key = std::string{server.key.to_pem({}).text()},
                          .requests_certificate = true};
    for (const auto& step : conversation.at("steps")) {
        script.steps.push_back(step_of(step));
    }
    return script;
}

struct Look {
    core::EndpointFacts facts;
    std::string said;
};

Look look_at(const FakeXmppScript& script, bool authenticates) {
    static const pki::Holder client = pki::issued_by(ca(), {.name = "contoso.com"});
    static const TlsIdentity own{client.pem() + ca().pem(),
                                 pki::Secret::copy_of(std::string{client.key.to_pem({}).text()})};
    const bool direct = script.steps.front().kind == FakeStep::Kind::tls;
    FakeXmpp server{script};
    Loop loop;
    Look look;
    EndpointPlan plan{.service = direct ? core::Service::xmpps_server : core::Service::xmpp_server,
                      .target = "xmpp.fabrikam.com",
                      .address = Address::read("127.0.0.1", server.port()).value(),
                      .from = "contoso.com",
                      .to = "fabrikam.com",
                      .server_name = "fabrikam.com",
                      .timeout = Milliseconds{10'000},
                      .deadline = Clock::now() + std::chrono::minutes{1},
                      .authenticate = authenticates ? Authenticate::yes : Authenticate::no};
    loop.start(std::make_shared<EndpointProbe>(std::move(plan), own,
                                               [&](core::EndpointFacts facts) { look.facts = std::move(facts); }));
    loop.run([] { return false; });
    look.said = server.heard().at(0);
    return look;
}

Json features_json(const std::optional<core::StreamFeatures>& features) {
    return features ? Json::object({{"starttls", core::name_of(features->starttls)},
                                    {"mechanisms", features->mechanisms},
                                    {"dialback", features->dialback},
                                    {"dialback_errors", features->dialback_errors}})
                    : Json{};
}

Json seen_json(const core::EndpointFacts& facts) {
    const auto authentication = facts.authentication == core::Authentication::accepted  ? "accepted"
                                : facts.authentication == core::Authentication::refused ? "refused"
                                                                                        : "not-tried";
    return Json::object({{"outcome", core::name_of(facts.outcome)},
                         {"step", core::name_of(facts.step)},
                         {"plain", features_json(facts.plain)},
                         {"secured", features_json(facts.secured)},
                         {"condition", facts.fault ? Json(facts.fault->condition) : Json{}},
                         {"text", facts.fault ? Json(facts.fault->text) : Json{}},
                         {"authentication", authentication},
                         {"reason", facts.authentication_reason}});
}

/// What nobody may be asked who has not offered it, or not at all: it makes third servers act, or looks like an attack.
void check_politeness(const Json& conversation, const Look& look) {
    const auto says = [&](std::string_view text) { return look.said.find(text) != std::string::npos; };
    const auto& expected = conversation.at("expected");
    const auto offers = [&](const char* stream, const char* key) {
        return expected.at(stream).is_object() && !expected.at(stream).at(key).empty();
    };
    CHECK_FALSE(says("<db:"));
    CHECK_FALSE(says("<message"));
    CHECK((!says("<starttls") || expected.at("plain").at("starttls") != "none"));
    CHECK((!says("<auth") || offers("secured", "mechanisms")));
    CHECK((!says(" from=") || says(" from='contoso.com'")));
}

void play_group(const std::string& group, std::size_t least, std::size_t piece) {
    std::size_t played = 0;
    for (const auto& conversation : conversations()) {
        if (conversation.at("group") != group) {
            continue;
        }
        ++played;
        DYNAMIC_SECTION(conversation.at("names").dump() << ", in pieces of " << piece) {
            auto script = server_of(conversation);
            script.piece = piece;
            const bool authenticates = conversation.at("authenticates").get<bool>();
            const auto look = look_at(script, authenticates);
            CHECK(seen_json(look.facts) == conversation.at("expected"));
            check_politeness(conversation, look);
            if (authenticates) {  // who does not ask for it sends none
                CHECK(look_at(script, false).said.find("<auth") == std::string::npos);
            }
        }
    }
    CHECK(played >= least);
}

}  // namespace

TEST_CASE("features of each kind of server, before and behind TLS, are seen as they were sent") {
    play_group("features", 11, GENERATE(0U, 1U));
}

TEST_CASE("what servers say to each kind of certificate is seen as it was sent") {
    play_group("certificates", 4, GENERATE(0U, 1U));
}

TEST_CASE("what servers say to each kind of address in the header is seen as it was sent") {
    play_group("addresses", 12, GENERATE(0U, 1U));
}

TEST_CASE("what servers say to SASL EXTERNAL is seen as it was sent, and it is said where it is offered") {
    play_group("authentication", 20, GENERATE(0U, 1U));
}

TEST_CASE("servers are looked at without the dialback that others tried there") {
    play_group("dialback", 20, GENERATE(0U, 1U));
}

TEST_CASE("direct TLS, and a port for it that a plain stream comes to") {
    play_group("direct TLS", 4, GENERATE(0U, 1U));
}

TEST_CASE("a server that denies us says so by its first word on a message, which is never sent") {
    play_group("denied", 1, GENERATE(0U, 1U));
}

TEST_CASE("every text of a server is read the same, wherever it is split") {
    std::size_t texts = 0;
    for (const auto& conversation : conversations()) {
        for (const auto& step : conversation.at("steps")) {
            const auto text = step.size() > 1 ? step.at(1).get<std::string>() : std::string{};
            if (step.at(0) != "says" || !text.starts_with("<?xml")) {
                continue;
            }
            ++texts;
            StreamReader whole;
            whole.read(text);
            const auto features = features_json(whole.heard().features);
            for (std::size_t at = 1; at < text.size(); ++at) {
                StreamReader split;
                split.read(std::string_view{text}.substr(0, at));
                split.read(std::string_view{text}.substr(at));
                const auto& heard = split.heard();
                const bool is_same =
                    features_json(heard.features) == features && heard.has_features == whole.heard().has_features &&
                    heard.has_ended == whole.heard().has_ended &&
                    heard.fault.has_value() == whole.heard().fault.has_value() &&
                    (!heard.fault || heard.fault->text == whole.heard().fault->text) && heard.problem.empty();
                if (!is_same) {
                    FAIL(fmt::format("split at {}: {}", at, text));
                }
            }
        }
    }
    CHECK(texts > 100);
}

}  // namespace xmppfed::net::recorded
