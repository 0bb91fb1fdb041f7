#include "cli/terminal/manual_text.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "cli/terminal/wrapping.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli {

namespace {

constexpr std::size_t indentation = 4;  // that lists and examples are indented by
constexpr std::string_view closing = ".,;:)";

bool is_macro_of_words(std::string_view word) {
    constexpr std::string_view macros[]{"Ar", "Cm", "Em", "Ev", "Fl", "Li", "Nm", "Op", "Pa"};
    return std::ranges::find(macros, word) != std::end(macros);
}

/// The text of a macro line, without its dot: `Fl o , Fl -output Ar FORMAT` is `-o, --output FORMAT`.
std::string inline_text(std::string_view line) {
    std::string text;
    std::string before;  // the dash of an option
    for (const auto& word : core::split(line, ' ')) {
        if (word == "Fl") {
            before = "-";
        } else if (!is_macro_of_words(word)) {
            const bool is_closing = word.size() == 1 && closing.find(word) != std::string_view::npos;
            text += text.empty() || is_closing ? "" : " ";
            text += before;
            text += word;
            before.clear();
        }
    }
    return text;
}

/// `Xr xmppfed-edge 7 .` is `xmppfed-edge(7).`
std::string reference(std::string_view line) {
    const auto words = core::split(line, ' ');
    return words.size() < 3 ? std::string{}
                            : fmt::format("{}({}){}", words[1], words[2], words.size() > 3 ? words[3] : "");
}

/// Lays a page out line by line.
class Layout {
  public:
    Layout(const Style& style, std::size_t width) : style_{style}, width_{width} {}

    void line(std::string_view line);
    [[nodiscard]] std::string take() &&;

  private:
    struct List {
        std::string_view kind;  ///< "-tag", "-bullet", "-enum"
        std::size_t items = 0;
    };

    [[nodiscard]] std::size_t indent() const { return indentation * lists_.size(); }
    void macro(std::string_view name, std::string_view arguments, std::string_view whole);
    void heading(std::string_view title);
    void item(std::string_view arguments);
    void end_paragraph();
    void blank() { has_gap_ = true; }
    void put(std::string_view text, std::size_t indent);

    const Style& style_;
    std::size_t width_;
    std::string text_;
    std::string paragraph_;
    std::string mark_;  ///< of the item that the paragraph begins
    std::vector<List> lists_;
    bool is_literal_ = false;
    bool has_gap_ = false;  ///< before what comes next
};

void Layout::put(std::string_view text, std::size_t indent) {
    text_ += has_gap_ && !text_.empty() ? "\n" : "";
    has_gap_ = false;
    text_ += text.empty() ? "\n" : fmt::format("{}{}\n", std::string(indent, ' '), text);
}

void Layout::end_paragraph() {
    if (paragraph_.empty()) {
        return;
    }
    const auto room = width_ > indent() + indentation ? width_ - indent() : indentation;
    const auto first = mark_.empty() ? indent() : indent() - mark_.size();
    put(mark_ + wrapped(paragraph_, room, indent()), first);
    paragraph_.clear();
    mark_.clear();
}

void Layout::heading(std::string_view title) {
    end_paragraph();
    blank();
    put(style_.bold(title), 0);
}

void Layout::item(std::string_view arguments) {
    end_paragraph();
    auto& list = lists_.back();
    ++list.items;
    if (list.kind == "-tag") {
        put(style_.bold(inline_text(arguments)), indent() - indentation);
    } else {
        mark_ = list.kind == "-enum" ? fmt::format("{:<4}", fmt::format("{}.", list.items)) : "-   ";
        paragraph_ = arguments;
    }
}

void Layout::macro(std::string_view name, std::string_view arguments, std::string_view whole) {
    if (name == "Sh" || name == "Ss") {
        heading(arguments);
    } else if (name == "Bd") {
        end_paragraph();
        blank();
        is_literal_ = true;
    } else if (name == "Bl") {
        end_paragraph();
        lists_.push_back({arguments.substr(0, arguments.find(' '))});
    } else if (name == "El" && !lists_.empty()) {
        end_paragraph();
        lists_.pop_back();
        blank();
    } else if (name == "It" && !lists_.empty()) {
        item(arguments);
    } else if (name == "Pp") {
        end_paragraph();
        blank();
    } else if (name == "Xr" || is_macro_of_words(name)) {
        line(name == "Xr" ? reference(whole) : inline_text(whole));
    }
}

void Layout::line(std::string_view line) {
    if (is_literal_) {
        is_literal_ = line != ".Ed";
        if (is_literal_) {
            put(line, indent() + indentation);
        } else {
            blank();
        }
    } else if (line.empty()) {
        end_paragraph();
        blank();
    } else if (line.starts_with('.')) {
        const auto whole = line.substr(1);
        const auto end = std::min(whole.find(' '), whole.size());
        macro(whole.substr(0, end), whole.substr(std::min(end + 1, whole.size())), whole);
    } else {
        paragraph_ += (paragraph_.empty() ? "" : " ") + std::string{line};
    }
}

std::string Layout::take() && {
    end_paragraph();
    return std::move(text_);
}

}  // namespace

std::string_view manual_section(std::string_view source, std::string_view heading) {
    constexpr std::string_view higher = "\n.Sh ";
    const auto marked = fmt::format("\n{}\n", heading);
    const auto found = source.find(marked);
    if (found == std::string_view::npos) {
        return {};
    }
    auto rest = source.substr(found + marked.size() - 1);  // with the newline before what may be the next heading
    const auto same = fmt::format("\n{} ", heading.substr(0, heading.find(' ')));
    rest = rest.substr(0, std::min(rest.find(higher), rest.find(same)));
    rest.remove_prefix(rest.empty() ? 0 : 1);
    return rest;
}

std::string manual_text(std::string_view source, const Style& style, std::size_t width) {
    Layout layout{style, width};
    for (const auto& line : core::split(source, '\n')) {
        layout.line(line);
    }
    return std::move(layout).take();
}

}  // namespace xmppfed::cli
