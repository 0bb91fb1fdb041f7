#include "cli/view/report/report_formats.hpp"

#include <map>

#include <fmt/format.h>

#include "core/text/text.hpp"

namespace xmppfed::cli::view {

namespace {

using core::Diagnostic;
using core::Severity;

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

/// Text of XML 1.0. What XML cannot hold is written visibly: an unreadable report would hide every diagnostic.
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

std::string place_of(const Diagnostic& diagnostic) {
    return diagnostic.file.empty()
               ? std::string{}
               : fmt::format("{}:{}:{}: ", diagnostic.file, diagnostic.line.value_or(1), diagnostic.column.value_or(1));
}

/// A test case for each diagnostic that is not only information; those that refuse have failed. The counts stand before
/// the cases, so that these are kept until the end.
class JUnit : public Report {
  public:
    JUnit(Output& out, bool strict) : out_{out}, strict_{strict} {}

    void add(const core::Diagnostics& diagnostics) override {
        for (const auto& diagnostic : diagnostics) {
            if (diagnostic.severity == Severity::info) {
                continue;
            }
            const bool fails = diagnostic.severity == Severity::error || strict_;
            const auto text = xml_text(place_of(diagnostic) + full_text(diagnostic));
            ++tests_;
            failures_ += fails ? 1 : 0;
            cases_ += fmt::format("    <testcase classname=\"{}\" name=\"{}\">\n",
                                  xml_text(diagnostic.partner.empty() ? "xmppfed" : diagnostic.partner),
                                  xml_text(case_name(diagnostic)));
            cases_ += fails ? fmt::format("      <failure type=\"{0}\" message=\"{1}\">{1}</failure>\n",
                                          name(diagnostic.severity), text)
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
    std::string case_name(const Diagnostic& diagnostic) {
        auto name =
            fmt::format("{}{}{}", diagnostic.rule_id(), diagnostic.rule == nullptr ? "" : ": ", diagnostic.message);
        const auto count = ++names_[diagnostic.partner + '\n' + name];
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

std::unique_ptr<Report> make_junit_report(const Display& display) {
    return std::make_unique<JUnit>(display.out, display.strict);
}

}  // namespace xmppfed::cli::view
