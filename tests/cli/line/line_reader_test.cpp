#include "cli/line/line_reader.hpp"

#include <fmt/format.h>
#include <catch2/catch.hpp>

#include "tests/support/test_world.hpp"

using namespace xmppfed;
using cli::LinePart;

namespace {

std::vector<cli::Option> some_options() {
    std::vector<cli::Option> options;
    options.push_back({.name = "quiet", .letter = 'q'});
    options.push_back({.name = "yes"});
    options.push_back({.name = "output", .letter = 'o', .value_name = "FORMAT"});
    options.push_back({.name = "message", .letter = 'm', .value_name = "TEXT"});
    return options;
}

/// The parts as text: `word:option=value`, `?` before a stranger, `.` before a plain word, `+` for a joined value.
std::string shown(const std::vector<std::string>& words) {
    const auto options = some_options();
    const auto parts = cli::read_line(options, words);
    std::string text;
    for (const auto& part : parts) {
        text += text.empty() ? "" : " ";
        switch (part.kind) {
        case LinePart::Kind::plain:
            text += fmt::format("{}.{}", part.word, part.text);
            break;
        case LinePart::Kind::option:
            text += fmt::format("{}:{}", part.word, part.option->name);
            break;
        case LinePart::Kind::value:
            text += fmt::format("{}{}{}={}", part.word, part.is_joined ? "+" : ":", part.option->name, part.text);
            break;
        case LinePart::Kind::stranger:
            text += fmt::format("{}?{}", part.word, part.text);
            break;
        case LinePart::Kind::end:
            text += fmt::format("{}|", part.word);
            break;
        }
    }
    const auto* const awaiting = cli::awaiting_at_end(parts);
    return awaiting == nullptr ? text : text + " >" + awaiting->name;
}

}  // namespace

TEST_CASE("each word of a line is one thing") {
    struct Row {
        const char* line;
        const char* parts;
    };
    const auto row = GENERATE(values<Row>({
        {"partner new", "0.partner 1.new"},
        {"-q list --yes", "0:quiet 1.list 2:yes"},
        {"-o json list", "0:output 1:output=json 2.list"},
        {"--output=json -ojson --output json", "0:output 0+output=json 1:output 1+output=json 2:output 3:output=json"},
        {"-o=json", "0:output 0+output=json"},
        {"--output= ''", "0:output 0+output= 1."},
        {"-qojson -qo json", "0:quiet 0:output 0+output=json 1:quiet 1:output 2:output=json"},
        {"-qo=json -qo=", "0:quiet 0:output 0+output=json 1:quiet 1:output 1+output="},
        {"-qz -zq --zone=a -", "0?z 1?-zq 2?--zone=a 3.-"},
        {"--yes=no", "0:yes 0+yes=no"},
        // what is no option here is a value, also with a hyphen before it
        {"-m -1 -m -x -m --zone -m -qz",
         "0:message 1:message=-1 2:message 3:message=-x 4:message 5:message=--zone "
         "6:message 7:message=-qz"},
        // an option is none
        {"-m --yes x", "0:message 1:yes 2.x"},
        {"-m -q -m -qo json -m -ojson",
         "0:message 1:quiet 2:message 3:quiet 3:output 4:output=json 5:message 6:message=-ojson"},
        {"-m --output=json", "0:message 1:output 1+output=json"},
        {"-m=--yes", "0:message 0+message=--yes"},
        // behind the end everything is plain
        {"a -- -q -- --output", "0.a 1| 2.-q 3.-- 4.--output"},
        {"-m -- x", "0:message 1| 2.x"},
        // what would come next
        {"a -m", "0.a 1:message >message"},
        {"-qo", "0:quiet 0:output >output"},
        {"--output=", "0:output 0+output="},
        {"-m x", "0:message 1:message=x"},
        {"", ""},
    }));
    INFO(row.line);
    CHECK(shown(test::split_words(row.line)) == row.parts);
}
