#include "store/postgres/link/copy_text.hpp"

namespace xmppfed::store {

namespace {

constexpr char lead = '\x01';  // behind NUL the least: order and equality stay
constexpr char for_nul = '0';
constexpr char for_lead = '1';
constexpr std::string_view led{"\0\x01", 2};

void append_escaped(std::string& rows, std::string_view text) {
    for (const char c : text) {
        switch (c) {
        case '\\':
            rows += "\\\\";
            break;
        case '\n':
            rows += "\\n";
            break;
        case '\r':
            rows += "\\r";
            break;
        case '\t':
            rows += "\\t";
            break;
        default:
            rows += c;
        }
    }
}

}  // namespace

std::string to_copied(std::string_view text) {
    std::string copied;
    copied.reserve(text.size());
    for (const char c : text) {
        if (c == '\0' || c == lead) {
            copied += lead;
            copied += c == '\0' ? for_nul : for_lead;
        } else {
            copied += c;
        }
    }
    return copied;
}

std::string from_copied(std::string_view text) {
    std::string original;
    original.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool is_led = text[i] == lead && i + 1 < text.size();
        original += is_led ? (text[++i] == for_nul ? '\0' : lead) : text[i];
    }
    return original;
}

void append_copied(std::string& rows, std::span<const Value> row) {
    bool is_first = true;
    for (const auto& value : row) {
        rows += is_first ? "" : "\t";
        is_first = false;
        if (const auto* const text = value.text()) {
            append_escaped(rows, text->find_first_of(led) == std::string::npos ? *text : to_copied(*text));
        } else if (const auto* const integer = value.integer()) {
            rows += std::to_string(*integer);
        } else {
            rows += "\\N";
        }
    }
    rows += '\n';
}

}  // namespace xmppfed::store
