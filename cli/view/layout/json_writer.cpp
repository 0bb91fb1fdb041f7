#include "cli/view/layout/json_writer.hpp"

#include <string>

#include <nlohmann/json.hpp>

namespace xmppfed::cli::view {

void JsonWriter::begin_line() {
    auto& level = levels_.back();
    out_.write(std::string{level.is_empty ? "\n" : ",\n"} + std::string(levels_.size() * 2, ' '));
    level.is_empty = false;
}

/// An item stands in a line of its own, a member's value behind its key.
void JsonWriter::begin_value() {
    if (!levels_.empty() && !after_key_) {
        begin_line();
    }
    after_key_ = false;
}

void JsonWriter::begin(char bracket, char closing) {
    begin_value();
    out_.write(std::string_view{&bracket, 1});
    levels_.push_back({closing});
}

void JsonWriter::value(const core::Json& value) {
    begin_value();
    out_.write(core::to_text(value, core::JsonLayout::indented, static_cast<int>(levels_.size())));
}

void JsonWriter::object(const std::function<void(core::ObjectText&)>& append) {
    begin_value();
    text_.clear();
    core::ObjectText object{text_, core::JsonLayout::indented, static_cast<int>(levels_.size())};
    append(object);
    object.end();
    out_.write(text_);
}

void JsonWriter::key(std::string_view key) {
    begin_line();
    std::string text;
    core::append_text(text, key);
    out_.write(text + ": ");
    after_key_ = true;
}

void JsonWriter::member(std::string_view name, const core::Json& its_value) {
    key(name);
    value(its_value);
}

void JsonWriter::members(const core::Json& object) {
    for (const auto& [name, its_value] : object.items()) {
        member(name, its_value);
    }
}

void JsonWriter::end() {
    const auto level = levels_.back();
    levels_.pop_back();
    std::string text = level.is_empty ? "" : "\n" + std::string(levels_.size() * 2, ' ');
    text += level.bracket;
    out_.write(levels_.empty() ? text + "\n" : text);
}

}  // namespace xmppfed::cli::view
