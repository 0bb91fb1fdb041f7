#pragma once

#include <cstddef>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "cli/terminal/editing/editing_signals.hpp"
#include "cli/terminal/editing/libedit.hpp"

namespace xmppfed::cli {

/// Lines that somebody types on standard input, edited by libedit; prompts go to standard error, which is the same
/// terminal. No file of the user's is read: what a key does is the same for everybody.
class EditedTerminal {
  public:
    struct Close {
        void operator()(std::FILE* file) const { (void)std::fclose(file); }
    };
    using File = std::unique_ptr<std::FILE, Close>;

    /// Null where lines cannot be edited: libedit is missing, or the terminal cannot move its cursor.
    [[nodiscard]] static std::unique_ptr<EditedTerminal> begin();

    EditedTerminal(const EditedTerminal&) = delete;
    EditedTerminal& operator=(const EditedTerminal&) = delete;
    ~EditedTerminal();

    /// The line behind a prompt, which stands at the beginning of a line of the terminal. See `LineEditor::read`.
    [[nodiscard]] std::optional<std::string> read(std::string_view prompt);

  private:
    /// The prompt and what is typed behind it.
    struct Shown {
        std::wstring before_cursor;
        std::wstring whole;
        std::size_t width = 0;
    };

    explicit EditedTerminal(const Libedit& library) : library_{library} {}
    bool set_up();
    static EditedTerminal& of(EditLine* editor);
    static wchar_t* shown_prompt(EditLine* editor);
    static int next_character(EditLine* editor, wchar_t* character);
    bool wait_for_key();
    void redraw(const std::string& to_begin);
    void fit(unsigned columns);
    void show_combining();
    [[nodiscard]] Shown shown() const;

    const Libedit& library_;
    File in_, out_, nowhere_;
    EditLine* editor_ = nullptr;
    std::wstring prompt_;
    std::string up_;  ///< what moves the terminal's cursor a row up
    bool has_combining_ = false;
    unsigned columns_ = 0;  ///< of the terminal, as the line is drawn
    const EditingSignals* signals_ = nullptr;
};

}  // namespace xmppfed::cli
