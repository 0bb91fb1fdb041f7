#include "core/text/csv.hpp"

#include <string_view>

#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

constexpr std::string_view separators = ",;\t";

}  // namespace

bool CsvReader::is_at(char c) {
    return !is_at_end() && *source_.begin() == c;
}

bool CsvReader::is_at_separator() {
    return separator_ ? is_at(*separator_)
                      : !is_at_end() && separators.find(*source_.begin()) != std::string_view::npos;
}

bool CsvReader::is_at_end_of_cell() {
    return is_at_end() || is_at('\n') || is_at('\r') || is_at_separator();
}

char CsvReader::take() {
    auto next = source_.begin();
    const char c = *next;
    ++next;
    return c;
}

std::string CsvReader::take_blanks() {
    std::string blanks;
    while (is_at(' ') || (is_at('\t') && !is_at_separator())) {
        blanks += take();
    }
    return blanks;
}

void CsvReader::fail(const char* message, const char* hint, const Place& place) {
    if (!problem_) {
        problem_ = {message, hint, place};
    }
}

void CsvReader::quoted(CsvCell& cell) {
    take();
    for (;;) {
        if (is_at_end() || cell.text.size() > longest_cell) {
            fail("the quotation mark that begins the cell is never closed", "double each one inside of a cell",
                 cell.place);
            return;
        }
        const char c = take();
        if (c == '"') {
            if (!is_at('"')) {
                break;
            }
            take();
        }
        if (c != '\r' || !is_at('\n')) {
            cell.text += c;
        }
    }
    take_blanks();
    if (!is_at_end_of_cell()) {
        fail("something follows the quotation mark that ends the cell", "double each one inside of a cell",
             source_.next());
    }
}

void CsvReader::plain(CsvCell& cell) {
    while (!is_at_end_of_cell()) {
        if (is_at('"')) {
            fail("a quotation mark stands in a cell that does not begin with one",
                 "put the cell between quotation marks, and double those in it", source_.next());
            return;
        }
        if (cell.text.size() > longest_cell) {
            fail("the cell is too long", "a cell has at most 1 MiB", cell.place);
            return;
        }
        cell.text += take();
    }
}

CsvCell CsvReader::cell() {
    CsvCell cell{.text = {}, .place = source_.next()};
    auto blanks = take_blanks();
    if (is_at('"')) {
        cell.place = source_.next();
        quoted(cell);
    } else {
        cell.text = std::move(blanks);
        plain(cell);
    }
    if (!is_utf8(cell.text)) {
        fail("the cell is not UTF-8", "save the file in UTF-8: Excel calls it `CSV UTF-8`", cell.place);
    }
    return cell;
}

void CsvReader::end_line() {
    const auto place = source_.next();
    const bool has_return = is_at('\r');
    if (has_return) {
        take();
    }
    if (is_at('\n')) {
        take();
    } else if (has_return && !is_at_end()) {
        fail("a line ends with CR alone", "save the file with lines that end with LF, or with CR LF", place);
    }
}

bool CsvReader::next(std::vector<CsvCell>& cells) {
    cells.clear();
    if (problem_ || is_at_end()) {
        return false;
    }
    for (;;) {
        cells.push_back(cell());
        if (problem_) {
            return false;
        }
        if (!is_at_separator()) {
            break;
        }
        if (cells.size() == most_cells) {
            fail("a line has more than 1,000 cells", "write the file as `xmppfed partner list -o csv` does",
                 source_.next());
            return false;
        }
        separator_ = take();
    }
    separator_ = separator_.value_or(separators.front());
    end_line();
    return true;
}

}  // namespace xmppfed::core
