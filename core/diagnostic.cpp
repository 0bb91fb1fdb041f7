#include "core/diagnostic.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/rule/rule.hpp"

namespace xmppfed::core {

std::string_view name(Severity severity) {
    switch (severity) {
    case Severity::error:
        return "error";
    case Severity::warning:
        return "warning";
    case Severity::info:
        return "info";
    }
    return {};
}

namespace {

Json number_or_null(const std::optional<std::int64_t>& number) {
    return number ? Json(*number) : Json{};
}

}  // namespace

std::string_view Diagnostic::rule_id() const {
    return rule == nullptr ? std::string_view{} : rule->id;
}

Json to_json(const Diagnostic& diagnostic) {
    Json json = Json::object();
    json["rule"] = or_null(diagnostic.rule_id());
    json["severity"] = name(diagnostic.severity);
    json["partner"] = or_null(diagnostic.partner);
    json["field"] = or_null(diagnostic.field);
    json["message"] = diagnostic.message;
    json["hint"] = or_null(diagnostic.hint);
    json["file"] = or_null(diagnostic.file);
    json["line"] = number_or_null(diagnostic.line);
    json["column"] = number_or_null(diagnostic.column);
    if (diagnostic.is_accepted) {
        json["accepted"] = true;
    }
    return json;
}

Json to_json(const Diagnostics& diagnostics) {
    Json json = Json::array();
    for (const auto& diagnostic : diagnostics) {
        json.push_back(to_json(diagnostic));
    }
    return json;
}

std::int64_t count_accepted(const Diagnostics& diagnostics) {
    return std::ranges::count(diagnostics, true, &Diagnostic::is_accepted);
}

std::int64_t count(const Diagnostics& diagnostics, Severity severity) {
    return std::ranges::count(diagnostics, severity, &Diagnostic::severity);
}

}  // namespace xmppfed::core
