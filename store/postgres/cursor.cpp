#include "store/postgres/cursor.hpp"

#include <fmt/format.h>

namespace xmppfed::store {

namespace {

constexpr int at_once = 1000;

std::string next_cursor_name() {
    static int count = 0;
    return fmt::format("rows_{}", ++count);
}

}  // namespace

PostgresCursor::PostgresCursor(PostgresConnection& connection, const std::string& select,
                               std::span<const Value> parameters)
    : connection_{connection}, name_{next_cursor_name()} {
    connection_.run(fmt::format("DECLARE {} NO SCROLL CURSOR FOR {}", name_, select), parameters);
}

PostgresCursor::~PostgresCursor() {
    try {
        if (connection_.has_transaction() && !connection_.has_failed()) {
            connection_.run_script("CLOSE " + name_);
        }
    } catch (const PostgresFailure&) {  // NOLINT(bugprone-empty-catch): it goes with its transaction at the latest
    }
}

bool PostgresCursor::next() {
    if (rows_ && ++row_ < rows_->rows()) {
        return true;
    }
    if (rows_ && rows_->rows() < at_once) {
        return false;
    }
    row_ = 0;
    rows_.reset();
    rows_.emplace(connection_.run_script(fmt::format("FETCH {} FROM {}", at_once, name_)));
    return rows_->rows() > 0;
}

}  // namespace xmppfed::store
