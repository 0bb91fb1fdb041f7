#include "cli/terminal/editing/edited_terminal.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cwchar>
#include <utility>

#include "app/held_signals.hpp"
#include "cli/terminal/editing/editing_signals.hpp"
#include "cli/terminal/editing/libedit.hpp"
#include "cli/terminal/editing/utf8_locale.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli {

namespace {

// The terminal's modes, for EL_PREP_TERM.
constexpr int cooked = 0;
constexpr int raw = 1;

/// What libedit's own keys lack: word keys as terminals send them, and those of keyboards.
constexpr std::array<std::pair<const wchar_t*, const wchar_t*>, 15> bindings{{
    {L"^W", L"ed-delete-prev-word"},
    {L"^U", L"vi-kill-line-prev"},
    {L"^I", L"ed-insert"},  // a description may have one, and there is nothing to complete
    {L"\\e[1;5D", L"ed-prev-word"},
    {L"\\e[1;5C", L"em-next-word"},
    {L"\\e[1;3D", L"ed-prev-word"},
    {L"\\e[1;3C", L"em-next-word"},
    {L"\\e[1~", L"ed-move-to-beg"},
    {L"\\e[7~", L"ed-move-to-beg"},
    {L"\\e[4~", L"ed-move-to-end"},
    {L"\\e[8~", L"ed-move-to-end"},
    {L"\\e[3~", L"ed-delete-next-char"},
    // Commands of libedit's own, which could call for keys that start an editor: sudo may have allowed this program alone.
    {L"\\ex", L"ed-unassigned"},
    {L"\\eX", L"ed-unassigned"},
    {L"^R", L"ed-redisplay"},
}};

/// A stream of its own for a descriptor, which stays open when that is closed; null when there is none left.
EditedTerminal::File stream_of(int descriptor, const char* mode) {
    const int copy = ::fcntl(descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    EditedTerminal::File file{copy < 0 ? nullptr : ::fdopen(copy, mode)};
    if (!file && copy >= 0) {
        ::close(copy);
    }
    return file;
}

unsigned columns_of_terminal() {
    struct winsize size {};
    return ::ioctl(STDIN_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

std::wstring wide(std::string_view text) {
    const auto scalars = core::scalars(text);
    return {scalars.begin(), scalars.end()};
}

/// In the locale of UTF-8.
std::string narrow(std::wstring_view text) {
    std::string result;
    std::array<char, MB_LEN_MAX> bytes{};
    for (const wchar_t c : text) {
        std::mbstate_t state{};
        if (const auto count = std::wcrtomb(bytes.data(), c, &state); count != static_cast<std::size_t>(-1)) {
            result.append(bytes.data(), count);
        }
    }
    return result;
}

/// What makes the terminal do something, by its name in termcap; "" when it cannot.
std::string sequence(const Libedit& library, EditLine* editor, const char* name) {
    const char* found = nullptr;
    return library.get(editor, EL_GETTC, name, &found) == 0 && found != nullptr ? found : "";
}

}  // namespace

std::unique_ptr<EditedTerminal> EditedTerminal::begin() {
    const char* const terminal = std::getenv("TERM");  // NOLINT(concurrency-mt-unsafe): one thread
    const std::string_view name = terminal == nullptr ? "" : terminal;
    if (name.empty() || name == "dumb" || name == "emacs" || libedit() == nullptr) {
        return nullptr;
    }
    const Utf8Locale locale;
    std::unique_ptr<EditedTerminal> begun{new EditedTerminal{*libedit()}};
    return locale.is_there() && begun->set_up() ? std::move(begun) : nullptr;
}

bool EditedTerminal::set_up() {
    in_ = stream_of(STDIN_FILENO, "r");
    out_ = stream_of(STDERR_FILENO, "w");
    nowhere_ = File{std::fopen("/dev/null", "we")};  // what it would say of a terminal that it does not know
    if (!in_ || !out_ || !nowhere_) {
        return false;
    }
    editor_ = library_.init("xmppfed", in_.get(), out_.get(), nowhere_.get());
    if (editor_ == nullptr) {
        return false;
    }
    up_ = sequence(library_, editor_, "up");
    if (up_.empty() || sequence(library_, editor_, "ce").empty()) {  // what redrawing a line takes
        return false;
    }
    library_.set(editor_, EL_CLIENTDATA, this);
    library_.set(editor_, EL_EDITOR, L"emacs");
    library_.set(editor_, EL_PROMPT, shown_prompt);
    library_.set(editor_, EL_GETCFN, next_character);
    for (const auto& [key, command] : bindings) {
        library_.set(editor_, EL_BIND, key, command, static_cast<const wchar_t*>(nullptr));
    }
    return true;
}

EditedTerminal::~EditedTerminal() {
    if (editor_ != nullptr) {
        const Utf8Locale locale;
        library_.end(editor_);
    }
}

EditedTerminal& EditedTerminal::of(EditLine* editor) {
    void* data = nullptr;
    (void)libedit()->get(editor, EL_CLIENTDATA, &data);
    return *static_cast<EditedTerminal*>(data);
}

/// Draws the line anew, on a line of the terminal that this leads to the beginning of.
void EditedTerminal::redraw(const std::string& to_begin) {
    (void)std::fputs(to_begin.c_str(), out_.get());
    library_.resize(editor_);
    library_.set(editor_, EL_REFRESH);
}

EditedTerminal::Shown EditedTerminal::shown() const {
    const auto* const line = library_.line(editor_);
    Shown shown;
    shown.before_cursor = prompt_ + std::wstring{line->buffer, line->cursor};
    shown.whole = shown.before_cursor + std::wstring{line->cursor, line->lastchar};
    shown.width = core::display_width(narrow(shown.whole));
    return shown;
}

/// The terminal has another width: a line that it may have broken in two is left there, and drawn anew below.
void EditedTerminal::fit(unsigned columns) {
    const auto narrower = std::min(columns, std::exchange(columns_, columns));
    redraw(shown().width < narrower ? "\r" : "\r\n");
}

/// libedit keeps one character for each column, and so it drops what combines with the one before, once it draws a line
/// anew, and takes it for wide while it is typed. Such a line is drawn from its beginning after each key, and the text
/// once more over that, where one row holds it.
void EditedTerminal::show_combining() {
    const auto line = shown();
    const bool combines = std::ranges::any_of(line.whole, [](wchar_t c) { return ::wcwidth(c) == 0; });
    if (!std::exchange(has_combining_, combines) && !combines) {
        return;
    }
    const auto before_cursor = narrow(line.before_cursor);
    std::string to_begin = "\r";
    for (auto rows = core::display_width(before_cursor) / std::max(columns_, 1U); rows > 0; --rows) {
        to_begin += up_;
    }
    redraw(to_begin);
    const bool is_plain = std::ranges::all_of(line.whole, [](wchar_t c) { return ::wcwidth(c) >= 0; });
    if (is_plain && line.width < columns_) {
        const auto end = std::find_if(line.whole.begin() + static_cast<std::ptrdiff_t>(line.before_cursor.size()),
                                      line.whole.end(), [](wchar_t c) { return ::wcwidth(c) != 0; });
        const std::wstring left{line.whole.begin(), end};  // all of the character that the cursor stands in
        (void)std::fprintf(out_.get(), "\r%s\r%s", narrow(line.whole).c_str(), narrow(left).c_str());
        (void)std::fflush(out_.get());
    }
}

/// Waits until there is something to read; false when a signal wants the program to end.
bool EditedTerminal::wait_for_key() {
    for (pollfd input{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};;) {
        const int found = ::poll(&input, 1, look_around);
        if (signals_->wants_end() || app::HeldSignals::arrived()) {
            return false;
        }
        if (signals_->wants_stop()) {
            library_.set(editor_, EL_PREP_TERM, cooked);
            signals_->stop();
        }
        if (signals_->was_continued()) {
            library_.set(editor_, EL_PREP_TERM, cooked);
            library_.set(editor_, EL_PREP_TERM, raw);
            redraw("\r");
        }
        if (const auto columns = columns_of_terminal(); columns != columns_) {
            fit(columns);
        }
        if (found > 0) {
            return true;
        }
    }
}

wchar_t* EditedTerminal::shown_prompt(EditLine* editor) {
    return of(editor).prompt_.data();
}

/// As libedit wants it: 1 with a character, 0 at the end, -1 when there will be none. What is no UTF-8 is dropped.
int EditedTerminal::next_character(EditLine* editor, wchar_t* character) {
    auto& self = of(editor);
    self.show_combining();
    std::mbstate_t state{};
    bool is_begun = false;
    while (self.wait_for_key()) {
        char byte = 0;
        const auto count = ::read(STDIN_FILENO, &byte, 1);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            return 0;
        }
        constexpr auto invalid = static_cast<std::size_t>(-1);
        auto length = std::mbrtowc(character, &byte, 1, &state);
        if (length == invalid && is_begun) {  // it may begin another
            state = {};
            length = std::mbrtowc(character, &byte, 1, &state);
        }
        if (length <= 1) {
            return 1;
        }
        is_begun = length != invalid;
        if (!is_begun) {
            state = {};
        }
    }
    return -1;
}

std::optional<std::string> EditedTerminal::read(std::string_view prompt) {
    const app::HeldSignals held;  // they take effect when the terminal is as it was
    const EditingSignals signals;
    const Utf8Locale locale;
    signals_ = &signals;
    prompt_ = wide(prompt);
    columns_ = columns_of_terminal();
    has_combining_ = false;
    library_.resize(editor_);
    library_.set(editor_, EL_PREP_TERM, raw);  // it would do so behind the prompt: what is typed by then would be lost
    int count = 0;
    const wchar_t* const line = library_.gets(editor_, &count);
    (void)std::fflush(out_.get());
    signals_ = nullptr;
    if (line == nullptr || count <= 0) {
        return std::nullopt;
    }
    auto text = narrow({line, static_cast<std::size_t>(count)});
    if (text.ends_with('\n')) {
        text.pop_back();
    }
    return text;
}

}  // namespace xmppfed::cli
