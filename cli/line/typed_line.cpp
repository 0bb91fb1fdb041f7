#include "cli/line/typed_line.hpp"

#include "cli/line/line_reader.hpp"

namespace xmppfed::cli {

TypedLine read_typed(const std::vector<Option>& options, const std::vector<std::string>& words) {
    using Kind = LinePart::Kind;
    const auto parts = read_line(options, words);
    TypedLine line;
    line.awaiting = awaiting_at_end(parts);
    for (const auto& part : parts) {
        switch (part.kind) {
        case Kind::plain:
            line.plain.emplace_back(part.text);
            break;
        case Kind::option:
            line.given.try_emplace(part.option->name);
            break;
        case Kind::value:
            line.given[part.option->name].emplace_back(part.text);
            break;
        case Kind::stranger:
            break;
        case Kind::end:
            line.options_ended = true;
            break;
        }
    }
    return line;
}

}  // namespace xmppfed::cli
