#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/terminal/output.hpp"
#include "core/text/json/json.hpp"
#include "core/text/json/object_text.hpp"

namespace xmppfed::cli::view {

/// Writes one JSON document piece by piece, so that its length does not matter. The text is the same as `core::to_text`
/// gives for the whole, indented.
class JsonWriter {
  public:
    explicit JsonWriter(Output& out) : out_{out} {}

    /// The value that comes next: the document, an item, or that of the key before it.
    void begin_object() { begin('{', '}'); }
    void begin_array() { begin('[', ']'); }
    void value(const core::Json& value);

    /// The same for an object whose members `append` appends.
    void object(const std::function<void(core::ObjectText&)>& append);

    /// Of the object that was begun last.
    void key(std::string_view key);
    void member(std::string_view name, const core::Json& its_value);
    void members(const core::Json& object);

    /// Ends what was begun last; the document with a line feed.
    void end();

  private:
    struct Level {
        char bracket = '\0';  ///< that ends it
        bool is_empty = true;
    };

    void begin(char bracket, char closing);
    void begin_value();
    void begin_line();

    Output& out_;
    std::vector<Level> levels_;
    std::string text_;  ///< of an object: its storage serves each
    bool after_key_ = false;
};

}  // namespace xmppfed::cli::view
