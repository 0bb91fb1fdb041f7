#include "cli/view/report/report_formats.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/view/layout/json_writer.hpp"
#include "core/rule/rules.hpp"
#include "xmppfed_version.hpp"

namespace xmppfed::cli::view {

namespace {

using core::Diagnostic;
using core::Json;
using core::Severity;

/// A path as a reference of RFC 3986: relative to where the command ran, or a file URI.
std::string uri_of(std::string_view path) {
    const auto encoded = percent_encoded(path, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view{"-._~/"}.find(c) != std::string_view::npos;
    });
    return path.starts_with('/') ? "file://" + encoded : encoded;
}

/// A message text: braces are for placeholders there, and stand for themselves when they are doubled (3.11.5).
std::string sarif_text(std::string_view text) {
    std::string result;
    for (const char c : text) {
        result.append(c == '{' || c == '}' ? 2 : 1, c);
    }
    return result;
}

std::string_view sarif_level(Severity severity) {
    return severity == Severity::info ? "note" : name(severity);
}

Json sarif_driver() {
    Json rules = Json::array();
    for (const auto& rule : core::rule::table) {
        Json item = Json::object();
        item["id"] = rule.id;
        item["shortDescription"]["text"] = sarif_text(rule.when);
        item["defaultConfiguration"]["level"] = sarif_level(rule.severity);
        rules.push_back(std::move(item));
    }
    Json driver = Json::object();
    driver["driver"]["name"] = "xmppfed";
    driver["driver"]["version"] = XMPPFED_VERSION;
    driver["driver"]["rules"] = std::move(rules);
    return driver;
}

Json sarif_location(const Diagnostic& diagnostic) {
    Json location = Json::object();
    if (!diagnostic.file.empty()) {
        auto& physical = location["physicalLocation"];
        physical["artifactLocation"]["uri"] = uri_of(diagnostic.file);
        if (diagnostic.line) {
            physical["region"]["startLine"] = *diagnostic.line;
            physical["region"]["startColumn"] = diagnostic.column.value_or(1);
        }
    }
    if (!diagnostic.partner.empty()) {
        auto name = Json::object();
        name["fullyQualifiedName"] =
            diagnostic.field.empty() ? diagnostic.partner : fmt::format("{}/{}", diagnostic.partner, diagnostic.field);
        location["logicalLocations"] = Json::array({std::move(name)});
    }
    return location;
}

class Sarif : public Report {
  public:
    explicit Sarif(Output& out) : writer_{out} {}

    void begin() override {
        writer_.begin_object();
        writer_.member("$schema", schema);
        writer_.member("version", "2.1.0");
        writer_.key("runs");
        writer_.begin_array();
        writer_.begin_object();
        writer_.member("tool", sarif_driver());
        writer_.member("columnKind", "unicodeCodePoints");
        writer_.key("results");
        writer_.begin_array();
    }
    void add(const core::Diagnostics& diagnostics) override {
        for (const auto& diagnostic : diagnostics) {
            Json result = Json::object();
            if (diagnostic.rule != nullptr) {
                result["ruleId"] = diagnostic.rule_id();
            }
            result["level"] = sarif_level(diagnostic.severity);
            result["message"]["text"] = sarif_text(full_text(diagnostic));
            if (auto location = sarif_location(diagnostic); !location.empty()) {
                result["locations"] = Json::array({std::move(location)});
            }
            writer_.value(result);
        }
    }
    void end(std::int64_t /*checked*/) override {
        writer_.end();  // the results
        writer_.end();  // the run
        writer_.end();  // the runs
        writer_.end();
    }

  private:
    static constexpr const char* schema =
        "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    JsonWriter writer_;
};

}  // namespace

std::unique_ptr<Report> make_sarif_report(const Display& display) {
    return std::make_unique<Sarif>(display.out);
}

}  // namespace xmppfed::cli::view
