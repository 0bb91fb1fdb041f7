/// What a look at a whole book costs at least without xmppfed: SQLite reads the same rows in the same order, and no rule,
/// no escape and no form is applied to them. bench/run compiles this.
///
///     rows_floor STORE (print | read | read-history)
///
/// `print` writes the columns of each partner and its domains, with a comma behind each and a newline behind the last;
/// `read` looks at them alone, and `read-history` at all columns of the history too.

#include <sqlite3.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

namespace {

void require(bool condition, const std::string& what) {
    if (!condition) {
        std::fprintf(stderr, "rows_floor: %s failed\n", what.c_str());
        std::exit(1);
    }
}

/// A statement that is read once.
class Rows {
  public:
    Rows(sqlite3* database, const char* sql) {
        require(sqlite3_prepare_v2(database, sql, -1, &statement_, nullptr) == SQLITE_OK, sql);
        step();
    }
    Rows(const Rows&) = delete;
    Rows& operator=(const Rows&) = delete;
    ~Rows() { sqlite3_finalize(statement_); }

    [[nodiscard]] bool has_row() const { return has_row_; }
    [[nodiscard]] int columns() const { return sqlite3_column_count(statement_); }

    void step() {
        const int code = sqlite3_step(statement_);
        require(code == SQLITE_ROW || code == SQLITE_DONE, "sqlite3_step");
        has_row_ = code == SQLITE_ROW;
    }

    /// Valid until the next step.
    [[nodiscard]] std::string_view text(int column) const {
        const auto* const octets = sqlite3_column_blob(statement_, column);
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
        return octets == nullptr ? std::string_view{} : std::string_view{static_cast<const char*>(octets), size};
    }

  private:
    sqlite3_stmt* statement_ = nullptr;
    bool has_row_ = false;
};

/// What becomes of the values.
class Sink {
  public:
    explicit Sink(bool prints) : prints_{prints} {}

    void take(std::string_view value) {
        octets_ += value.size();
        if (prints_) {
            std::fwrite(value.data(), 1, value.size(), stdout);
            std::fputc(',', stdout);
        }
    }
    void end_row() {
        if (prints_) {
            std::fputc('\n', stdout);
        }
    }
    [[nodiscard]] std::size_t octets() const { return octets_; }

  private:
    bool prints_;
    std::size_t octets_ = 0;  ///< so that the reading is not for nothing
};

void take_row(const Rows& rows, Sink& sink) {
    for (int column = 0; column < rows.columns(); ++column) {
        sink.take(rows.text(column));
    }
}

/// Partners and claims side by side, both ordered by the partner's name.
void take_partners(sqlite3* database, Sink& sink) {
    Rows claims{database, "SELECT partner, domain FROM claim INDEXED BY claim_by_partner ORDER BY partner, domain"};
    for (Rows partners{database, "SELECT * FROM partner ORDER BY primary_domain"}; partners.has_row();
         partners.step()) {
        take_row(partners, sink);
        for (; claims.has_row() && claims.text(0) == partners.text(0); claims.step()) {
            sink.take(claims.text(1));
        }
        sink.end_row();
    }
}

void take_history(sqlite3* database, Sink& sink) {
    for (Rows entries{database, "SELECT * FROM history ORDER BY sequence"}; entries.has_row(); entries.step()) {
        take_row(entries, sink);
        sink.end_row();
    }
}

}  // namespace

int main(int count, char** arguments) {
    require(count == 3, "reading the arguments");
    const std::string_view mode = arguments[2];
    require(mode == "print" || mode == "read" || mode == "read-history", "reading the mode");
    sqlite3* database = nullptr;
    require(sqlite3_open_v2(arguments[1], &database, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK, arguments[1]);
    Sink sink{mode == "print"};
    take_partners(database, sink);
    if (mode == "read-history") {
        take_history(database, sink);
    }
    sqlite3_close(database);
    return sink.octets() > 0 && std::fflush(stdout) == 0 ? 0 : 1;
}
