#include "cli/settings/settings_text.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/field/enumeration.hpp"
#include "core/text/json/placed_json.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli {

namespace {

using core::PlacedJson;
using JsonKind = PlacedJson::Kind;

/// Reads one file.
class SettingsReader {
  public:
    explicit SettingsReader(std::string file) : file_{std::move(file)} {}

    void read(std::string_view text);
    [[nodiscard]] SettingTexts take() &&;

  private:
    void whole(const PlacedJson& value);
    void member(const PlacedJson::Member& member);
    void value(const SettingRow& row, const PlacedJson& value, std::vector<std::string>& texts);
    void refuse(std::string message, std::string hint, const core::Place& place, std::string_view key = {});

    std::string file_;
    SettingTexts texts_;
    core::Diagnostics problems_;
};

void SettingsReader::refuse(std::string message, std::string hint, const core::Place& place, std::string_view key) {
    core::Diagnostic problem;
    problem.field = key;
    problem.message = std::move(message);
    problem.hint = std::move(hint);
    problem.file = core::escape(file_);
    problem.line = place.line;
    problem.column = place.column;
    problems_.push_back(std::move(problem));
}

void SettingsReader::value(const SettingRow& row, const PlacedJson& value, std::vector<std::string>& texts) {
    const auto wanted = row.kind == SettingKind::number ? JsonKind::integer : JsonKind::text;
    if (value.kind == wanted && row.accepts(value.text)) {
        texts.push_back(value.text);
        return;
    }
    const auto found = value.kind == wanted ? std::string{} : fmt::format(", not {}", core::name_of(value.kind));
    refuse(fmt::format("{} must be {}{}", row.name, row.takes, found), fmt::format("write it as in `{}`", row.example),
           value.place, row.name);
}

void SettingsReader::member(const PlacedJson::Member& member) {
    const auto rows = setting_rows();
    const auto row = std::ranges::find(rows, std::string_view{member.name}, &SettingRow::name);
    if (row == rows.end()) {
        std::vector<std::string_view> names;
        std::ranges::transform(rows, std::back_inserter(names), &SettingRow::name);
        const auto near = core::nearest(member.name, names);
        refuse(fmt::format("the key {} is unknown here", core::quote(member.name)),
               near.empty() ? fmt::format("the keys are {}", fmt::join(names, ", "))
                            : fmt::format("did you mean `{}`?", near),
               member.place);
        return;
    }
    auto& texts = texts_.at(static_cast<std::size_t>(std::distance(rows.begin(), row)));
    if (texts) {
        refuse(fmt::format("the key {} is repeated", core::quote(member.name)), "name it once", member.place,
               row->name);
        return;
    }
    texts.emplace();
    if (row->kind == SettingKind::list && member.value.kind == JsonKind::array) {
        for (const auto& element : member.value.elements) {
            value(*row, element, *texts);
        }
    } else {
        value(*row, member.value, *texts);
    }
}

void SettingsReader::whole(const PlacedJson& value) {
    if (value.kind != JsonKind::object) {
        refuse(fmt::format("settings are an object, not {}", core::name_of(value.kind)),
               R"(begin with `{` and end with `}`)", value.place);
        return;
    }
    std::ranges::for_each(value.members, [this](const auto& each) { member(each); });
}

void SettingsReader::read(std::string_view text) {
    core::JsonSource source{[rest = text]() mutable { return std::exchange(rest, std::string_view{}); }};
    if (source.encoding() != core::Encoding::utf8) {
        refuse(fmt::format("the file is {}, not UTF-8", core::name_of(source.encoding())), "save it as UTF-8", {1, 1});
        return;
    }
    constexpr std::string_view nothing_is_streamed;
    const auto problem = core::read_placed(
        source, nothing_is_streamed, [](PlacedJson&&) {}, [this](const PlacedJson& value) { whole(value); });
    if (problem) {
        refuse(problem->message, "mend the file, or move it away", problem->place);
    } else if (source.skip_blanks()) {
        refuse("something follows the settings", "leave one object in the file", source.next());
    }
}

/// The first of them is the message.
core::Error refusal_of(core::Diagnostics problems) {
    const auto& first = problems.front();
    core::Error error{core::ErrorKind::usage, fmt::format("{}:{}:{}: {}", first.file, first.line.value_or(1),
                                                          first.column.value_or(1), first.message)};
    error.diagnostics = std::move(problems);
    return error;
}

SettingTexts SettingsReader::take() && {
    if (problems_.empty()) {
        return std::move(texts_);
    }
    throw refusal_of(std::move(problems_));
}

}  // namespace

SettingTexts read_settings(std::string_view text, const std::string& file) {
    SettingsReader reader{file};
    reader.read(text);
    return std::move(reader).take();
}

}  // namespace xmppfed::cli
