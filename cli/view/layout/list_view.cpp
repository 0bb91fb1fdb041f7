#include "cli/view/layout/list_view.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/view/layout/display.hpp"
#include "cli/view/layout/json_writer.hpp"
#include "cli/view/layout/table_view.hpp"
#include "core/field/field.hpp"

namespace xmppfed::cli::view {

namespace {

using core::Json;
using core::JsonLayout;

/// One document, written as its items come.
class JsonView : public ListView {
  public:
    JsonView(Output& out, const ListShape& shape, bool dry_run) : writer_{out}, shape_{shape}, dry_run_{dry_run} {}

    void begin(const Json* head) override {
        writer_.begin_object();
        writer_.members(document_head(shape_.kind));
        if (dry_run_) {
            writer_.member("dry_run", true);
        }
        if (head != nullptr) {
            writer_.members(*head);
        }
        writer_.key(shape_.items);
        writer_.begin_array();
    }
    void item(const Json& item) override { writer_.value(item); }
    void item(const ListItem& item) override {
        writer_.object([&](core::ObjectText& object) { item.append(object); });
    }
    void end(const Json& trailer) override {
        writer_.end();
        writer_.members(trailer);
        writer_.end();
    }

  private:
    JsonWriter writer_;
    ListShape shape_;
    bool dry_run_;
};

class JsonLinesView : public ListView {
  public:
    explicit JsonLinesView(Output& out) : out_{out} {}
    void begin(const Json* /*head*/) override {}
    void item(const Json& item) override { out_.write(core::to_text(item, JsonLayout::compact) + "\n"); }
    void item(const ListItem& item) override {
        line_.clear();
        core::ObjectText object{line_, JsonLayout::compact};
        item.append(object);
        object.end();
        line_ += '\n';
        out_.write(line_);
    }
    void end(const Json& /*trailer*/) override {}

  private:
    Output& out_;
    std::string line_;  ///< its storage serves each item
};

/// What a spreadsheet may take for the beginning of a formula, as OWASP has it, with the full-width forms of the signs;
/// and the apostrophe that guards against it, so that whoever takes one away gets back what was there.
constexpr std::array<std::string_view, 12> guarded_beginnings{"=",      "+",      "-",  "@",  "\uFF1D", "\uFF0B",
                                                              "\uFF0D", "\uFF20", "\t", "\r", "\n",     "'"};

/// A cell of RFC 4180, with an apostrophe in front of what could be taken for a formula. RFC 4180 has no escapes: on a
/// terminal a cell is for the eye.
std::string csv_cell(std::string text, core::Medium medium) {
    if (std::ranges::any_of(guarded_beginnings, [&](auto beginning) { return text.starts_with(beginning); })) {
        text.insert(0, "'");
    }
    if (medium == core::Medium::terminal) {
        text = core::escape(text);
    }
    if (text.find_first_of("\",\r\n") == std::string::npos) {
        return text;
    }
    std::string quoted = "\"";
    for (const char c : text) {
        quoted += c;
        if (c == '"') {
            quoted += c;
        }
    }
    return quoted + "\"";
}

class CsvView : public ListView {
  public:
    using ListView::item;

    CsvView(Output& out, const ListShape& shape, core::Medium medium) : out_{out}, shape_{shape}, medium_{medium} {}

    void begin(const Json* /*head*/) override { end_line(fmt::to_string(fmt::join(shape_.csv_keys, ","))); }
    void item(const Json& item) override {
        std::string line;
        for (const auto key : shape_.csv_keys) {
            line += (line.empty() && key == shape_.csv_keys.front() ? "" : ",");
            line += csv_cell(core::plain_text(item.value(std::string{key}, Json{}), " "), medium_);
        }
        end_line(line.empty() ? "\"\"" : line);  // many readers take an empty line for no record
    }
    void end(const Json& /*trailer*/) override {}

  private:
    void end_line(const std::string& line) { out_.write(line + (medium_ == core::Medium::terminal ? "\n" : "\r\n")); }

    Output& out_;
    ListShape shape_;
    core::Medium medium_;
};

}  // namespace

void ListView::begin(const Json* /*head*/) {}

void ListView::item(const ListItem& item) {
    this->item(item.json());
}

std::unique_ptr<ListView> make_list_view(Output& out, const ListShape& shape, const ListOptions& options) {
    switch (options.format) {
    case Format::table:
        return std::make_unique<TableView>(out, shape, options);
    case Format::json:
        return std::make_unique<JsonView>(out, shape, options.dry_run);
    case Format::jsonl:
        return std::make_unique<JsonLinesView>(out);
    case Format::csv:
        return std::make_unique<CsvView>(out, shape, options.medium);
    }
    return nullptr;
}

}  // namespace xmppfed::cli::view
