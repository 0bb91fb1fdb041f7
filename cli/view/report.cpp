#include "cli/view/report.hpp"

#include <array>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/rules.hpp"
#include "core/text/text.hpp"
#include "xmppfed_version.hpp"

namespace xmppfed::cli::view {

namespace {

using core::Diagnostic;
using core::Json;
using core::JsonLayout;
using core::Severity;

constexpr std::array format_values{
    core::EnumValue{"sarif", "SARIF 2.1.0, which code scanning services read"},
    core::EnumValue{"github", "workflow commands of GitHub Actions"},
    core::EnumValue{"junit", "JUnit XML, which Jenkins and GitLab read"},
};

/// What a message and its hint say together.
std::string full_text(const Diagnostic& finding) {
    return finding.hint.empty() ? finding.message : fmt::format("{}\nhint: {}", finding.message, finding.hint);
}

/// Writes each octet that `is_plain` refuses as `%XX`.
template <class Predicate>
std::string percent_encoded(std::string_view text, Predicate is_plain) {
    std::string encoded;
    for (const char c : text) {
        encoded += is_plain(c) ? std::string{c} : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return encoded;
}

// --- SARIF -------------------------------------------------------------------------------------------

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
    for (const auto& rule : core::rules()) {
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

Json sarif_location(const Diagnostic& finding) {
    Json location = Json::object();
    if (!finding.file.empty()) {
        auto& physical = location["physicalLocation"];
        physical["artifactLocation"]["uri"] = uri_of(finding.file);
        if (finding.line) {
            physical["region"]["startLine"] = *finding.line;
            physical["region"]["startColumn"] = finding.column.value_or(1);
        }
    }
    if (!finding.partner.empty()) {
        auto name = Json::object();
        name["fullyQualifiedName"] =
            finding.field.empty() ? finding.partner : fmt::format("{}/{}", finding.partner, finding.field);
        location["logicalLocations"] = Json::array({std::move(name)});
    }
    return location;
}

class Sarif : public Report {
  public:
    explicit Sarif(Output& out) : out_{out} {}

    void begin() override {
        constexpr int depth = 3;
        out_.write(
            fmt::format("{{\n"
                        "  \"$schema\": \"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
                        "sarif-schema-2.1.0.json\",\n"
                        "  \"version\": \"2.1.0\",\n"
                        "  \"runs\": [\n"
                        "    {{\n"
                        "      \"tool\": {},\n"
                        "      \"columnKind\": \"unicodeCodePoints\",\n"
                        "      \"results\": [",
                        core::to_text(sarif_driver(), JsonLayout::indented, depth)));
    }
    void add(const core::Diagnostics& findings) override {
        constexpr int depth = 4;
        for (const auto& finding : findings) {
            Json result = Json::object();
            if (!finding.rule.empty()) {
                result["ruleId"] = finding.rule;
            }
            result["level"] = sarif_level(finding.severity);
            result["message"]["text"] = sarif_text(full_text(finding));
            if (auto location = sarif_location(finding); !location.empty()) {
                result["locations"] = Json::array({std::move(location)});
            }
            out_.write(
                fmt::format("{}\n        {}", first_ ? "" : ",", core::to_text(result, JsonLayout::indented, depth)));
            first_ = false;
        }
    }
    void end(std::int64_t /*checked*/) override {
        out_.write(fmt::format("{}]\n    }}\n  ]\n}}\n", first_ ? "" : "\n      "));
    }

  private:
    Output& out_;
    bool first_ = true;
};

// --- GitHub ------------------------------------------------------------------------------------------

/// What follows the two colons, and what stands in a property before them.
std::string command_data(std::string_view text) {
    return percent_encoded(text, [](char c) { return std::string_view{"%\r\n"}.find(c) == std::string_view::npos; });
}
std::string command_property(std::string_view text) {
    return percent_encoded(text, [](char c) { return std::string_view{"%\r\n:,"}.find(c) == std::string_view::npos; });
}

class GitHub : public Report {
  public:
    GitHub(Output& out, core::Medium medium) : out_{out}, medium_{medium} {}

    void add(const core::Diagnostics& findings) override {
        for (const auto& finding : findings) {
            auto properties = finding.rule.empty() ? std::string{} : fmt::format("title={}", finding.rule);
            if (!finding.file.empty()) {
                properties =
                    fmt::format("file={},line={},col={}{}{}", command_property(finding.file), finding.line.value_or(1),
                                finding.column.value_or(1), properties.empty() ? "" : ",", properties);
            }
            const auto command = finding.severity == Severity::info ? "notice" : name(finding.severity);
            const auto text = finding.partner.empty() ? full_text(finding)
                                                      : fmt::format("{}: {}", finding.partner, full_text(finding));
            out_.write(core::lines_for(medium_, fmt::format("::{}{}{}::{}\n", command, properties.empty() ? "" : " ",
                                                            properties, command_data(text))));
        }
    }
    void end(std::int64_t /*checked*/) override {}

  private:
    Output& out_;
    core::Medium medium_;
};

// --- JUnit -------------------------------------------------------------------------------------------

/// What an octet of ASCII becomes in XML 1.0, in an attribute too.
std::string xml_octet(char c) {
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\t':
    case '\n':
    case '\r':
        return fmt::format("&#{};", static_cast<int>(c));
    default:
        return c >= ' ' ? std::string{c} : fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    }
}

/// Text of XML 1.0. What XML cannot hold is written visibly: an unreadable report would hide every finding.
std::string xml_text(std::string_view text) {
    constexpr char32_t last_of_two = 0xFFFF;  // that are no characters
    std::string result;
    for (const auto& character : core::characters(text)) {
        const bool is_missing = (character.scalar | 1U) == last_of_two;
        if (character.bytes.size() == 1) {
            result += xml_octet(character.bytes.front());
        } else {
            const auto number = static_cast<std::uint32_t>(character.scalar);
            result += is_missing                   ? fmt::format("\\u{{{:x}}}", number)
                      : core::is_unsafe(character) ? fmt::format("&#x{:x};", number)
                                                   : std::string{character.bytes};
        }
    }
    return result;
}

std::string place_of(const Diagnostic& finding) {
    return finding.file.empty()
               ? std::string{}
               : fmt::format("{}:{}:{}: ", finding.file, finding.line.value_or(1), finding.column.value_or(1));
}

/// A test case for each finding that is not only information; those that refuse have failed. The counts stand before
/// the cases, so that these are kept until the end.
class JUnit : public Report {
  public:
    JUnit(Output& out, bool strict) : out_{out}, strict_{strict} {}

    void add(const core::Diagnostics& findings) override {
        for (const auto& finding : findings) {
            if (finding.severity == Severity::info) {
                continue;
            }
            const bool fails = finding.severity == Severity::error || strict_;
            const auto text = xml_text(place_of(finding) + full_text(finding));
            ++tests_;
            failures_ += fails ? 1 : 0;
            cases_ += fmt::format("    <testcase classname=\"{}\" name=\"{}\">\n",
                                  xml_text(finding.partner.empty() ? "xmppfed" : finding.partner),
                                  xml_text(case_name(finding)));
            cases_ += fails ? fmt::format("      <failure type=\"{0}\" message=\"{1}\">{1}</failure>\n",
                                          name(finding.severity), text)
                            : fmt::format("      <system-out>{}</system-out>\n", text);
            cases_ += "    </testcase>\n";
        }
    }
    void end(std::int64_t checked) override {
        const auto all = fmt::format("{} checked", core::counted(static_cast<std::size_t>(checked), "partner"));
        out_.write(
            fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        "<testsuites>\n"
                        "  <testsuite name=\"xmppfed partner validate\" tests=\"{}\" failures=\"{}\" errors=\"0\">\n"
                        "{}"
                        "    <testcase classname=\"xmppfed\" name=\"{}\"/>\n"
                        "  </testsuite>\n"
                        "</testsuites>\n",
                        tests_ + 1, failures_, cases_, all));
    }

  private:
    /// Rule and message. Readers know a case by its name, and drop all but the first of one name.
    std::string case_name(const Diagnostic& finding) {
        auto name = fmt::format("{}{}{}", finding.rule, finding.rule.empty() ? "" : ": ", finding.message);
        const auto count = ++names_[finding.partner + '\n' + name];
        return count == 1 ? name : fmt::format("{} ({})", name, count);
    }

    Output& out_;
    bool strict_;
    std::map<std::string, int> names_;
    std::int64_t tests_ = 0;
    std::int64_t failures_ = 0;
    std::string cases_;
};

}  // namespace

std::unique_ptr<Report> make_report(Context& context, ReportFormat format) {
    switch (format) {
    case ReportFormat::sarif:
        return std::make_unique<Sarif>(context.out());
    case ReportFormat::github:
        return std::make_unique<GitHub>(context.out(), context.medium());
    case ReportFormat::junit:
        return std::make_unique<JUnit>(context.out(), context.globals().strict);
    }
    return nullptr;
}

}  // namespace xmppfed::cli::view

template <>
std::span<const xmppfed::core::EnumValue> xmppfed::core::values_of<xmppfed::cli::view::ReportFormat>() {
    return xmppfed::cli::view::format_values;
}
