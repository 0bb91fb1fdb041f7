#include "core/probe/baseline.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"

namespace xmppfed::core {

namespace {

constexpr int deepest = 32;

Error no_baseline(std::string cause) {
    return Error{ErrorKind::failed, "the baseline is no document of kind probe"}
        .because(std::move(cause))
        .hint("give what `xmppfed partner probe --output json` printed");
}

/// What stands for a state, not for the moment in which somebody looked.
Json lasting(Json value) {
    if (value.is_object()) {
        value.erase("days_left");
        value.erase("message");  // it may name the days
    }
    if (value.is_structured()) {
        for (auto& each : value) {
            each = lasting(std::move(each));
        }
    }
    if (value.is_array()) {
        std::sort(value.begin(), value.end(),
                  [](const Json& one, const Json& other) { return one.dump() < other.dump(); });
    }
    return value;
}

}  // namespace

Baseline::Baseline(std::string_view text) {
    Json document;
    try {
        document = Json::parse(text, [](int depth, Json::parse_event_t /*event*/, Json& /*parsed*/) {
            if (depth > deepest) {
                throw no_baseline("it is nested too deeply");
            }
            return true;
        });
    } catch (const Json::parse_error& error) {
        throw no_baseline(fmt::format("it is no JSON: octet {} does not fit", error.byte));
    }
    if (!document.is_object() || document.value("kind", Json{}) != "probe" ||
        !document.value("partners", Json{}).is_array()) {
        throw no_baseline("it has another kind");
    }
    const auto version = document.value("format_version", Json{});
    if (!version.is_string() || !version.get<std::string>().starts_with("1.")) {
        throw no_baseline("it is of another format_version");
    }
    for (const auto& partner : document.at("partners")) {
        if (partner.is_object() && partner.value("domain", Json{}).is_string()) {
            lasting_.emplace(partner.at("domain").get<std::string>(), lasting(partner).dump());
        }
    }
}

bool Baseline::differs(const Json& partner) const {
    const auto before = lasting_.find(partner.at("domain").get<std::string>());
    return before == lasting_.end() || before->second != lasting(partner).dump();
}

}  // namespace xmppfed::core
