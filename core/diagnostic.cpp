#include "core/diagnostic.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

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

Json text_or_null(std::string_view text) {
    return text.empty() ? Json{} : Json(text);
}

Json number_or_null(const std::optional<std::int64_t>& number) {
    return number ? Json(*number) : Json{};
}

}  // namespace

Json to_json(const Diagnostic& diagnostic) {
    Json json = Json::object();
    json["rule"] = text_or_null(diagnostic.rule);
    json["severity"] = name(diagnostic.severity);
    json["partner"] = text_or_null(diagnostic.partner);
    json["field"] = text_or_null(diagnostic.field);
    json["message"] = diagnostic.message;
    json["hint"] = text_or_null(diagnostic.hint);
    json["file"] = text_or_null(diagnostic.file);
    json["line"] = number_or_null(diagnostic.line);
    json["column"] = number_or_null(diagnostic.column);
    return json;
}

Json to_json(const Diagnostics& diagnostics) {
    Json json = Json::array();
    for (const auto& diagnostic : diagnostics) {
        json.push_back(to_json(diagnostic));
    }
    return json;
}

std::int64_t count(const Diagnostics& diagnostics, Severity severity) {
    return std::ranges::count(diagnostics, severity, &Diagnostic::severity);
}

}  // namespace xmppfed::core
