#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/text/json/json_source.hpp"

namespace xmppfed::core {

/// A cell of CSV: its text without the quotation marks around it, and where it stands.
struct CsvCell {
    std::string text;
    Place place;
};

/// Why reading ended early.
struct CsvProblem {
    std::string message;
    std::string hint;
    Place place;
};

/// Reads CSV (RFC 4180) record by record, as spreadsheets write it: lines end with LF or CR LF, and an end of line inside
/// quotation marks is LF. The first comma, semicolon or tab that stands outside of them separates cells. Blanks around
/// quotation marks say nothing; others belong to the cell.
class CsvReader {
  public:
    explicit CsvReader(JsonSource& source) : source_{source} {}

    /// Reads the next record. False at the end, and where the text is no CSV any more. An empty line has one empty cell.
    [[nodiscard]] bool next(std::vector<CsvCell>& cells);

    /// Why there is no next record; none at the end.
    [[nodiscard]] const std::optional<CsvProblem>& problem() const { return problem_; }

    static constexpr std::size_t longest_cell = std::size_t{1024} * 1024;  ///< octets
    static constexpr std::size_t most_cells = 1000;                        ///< of one record

  private:
    [[nodiscard]] bool is_at(char c);
    [[nodiscard]] bool is_at_end() { return source_.begin() == source_.end(); }
    [[nodiscard]] bool is_at_separator();
    [[nodiscard]] bool is_at_end_of_cell();
    char take();
    std::string take_blanks();
    CsvCell cell();
    void quoted(CsvCell& cell);
    void plain(CsvCell& cell);
    void end_line();
    void fail(const char* message, const char* hint, const Place& place);

    JsonSource& source_;
    std::optional<char> separator_;
    std::optional<CsvProblem> problem_;
};

}  // namespace xmppfed::core
