#include "store/sqlite/check/trails.hpp"

#include <tuple>
#include <utility>

#include <fmt/format.h>
#include <sqlite3.h>

#include "store/sqlite/rows.hpp"

namespace xmppfed::store {

namespace {

constexpr bool is_numbered(core::Subject subject) {
    return subject == core::Subject::cert_request;
}

/// Numbers alone in the order of names, which an index has: entries are long, and mostly stand in that order as they are,
/// a book having come by one commit.
constexpr const char* numbers_by_name = R"(
    SELECT sequence, trail FROM (
        SELECT sequence, name AS trail FROM history {0} WHERE subject = ?1
        {1}
    ) ORDER BY {2}, sequence
)";
constexpr const char* under_former_names = R"(
        UNION ALL
        SELECT sequence, former_name FROM history {0} WHERE subject = ?1 AND former_name <> name
)";

std::string numbers_sql(const HistoryContents& contents, core::Subject subject) {
    const auto* const by = contents.has_sound_indexes() ? "" : "NOT INDEXED";
    return fmt::format(numbers_by_name, by, contents.may_rename(subject) ? fmt::format(under_former_names, by) : "",
                       is_numbered(subject) ? "length(trail), trail" : "trail");
}

}  // namespace

void HistoryContents::add(const core::HistoryEntry& entry) {
    there_.set(place_of(entry.subject));
    if (entry.former_name) {
        renamed_.set(place_of(entry.subject));
    }
}

Trails::Trails(SQLite::Database& database, const HistoryContents& contents, core::Subject subject,
               core::StoreAudit& audit)
    : subject_{subject}, audit_{audit} {
    if (!contents.may_have(subject)) {
        return;
    }
    try {
        numbers_.emplace(database, numbers_sql(contents, subject));
        numbers_->bind(1, std::string{core::name_of(subject)});
        entry_.emplace(database, fmt::format("SELECT {} FROM history NOT INDEXED WHERE sequence = ?",
                                             names_of(history_columns())));
    } catch (const SQLite::Exception&) {
        break_off();
        return;
    }
    step();
}

/// Inside a handler of what SQLite throws.
void Trails::break_off() {
    has_entry_ = false;
    failure_ = std::current_exception();
    audit_.break_off();
}

void Trails::step() {
    try {
        has_entry_ = numbers_->executeStep();
    } catch (const SQLite::Exception&) {
        break_off();
        return;
    }
    if (has_entry_) {
        name_ = text_in(*numbers_, 1);
    }
}

core::HistoryEntry Trails::entry() {
    entry_->reset();
    entry_->bind(1, numbers_->getColumn(0).getInt64());
    if (!entry_->executeStep()) {
        throw SQLite::Exception("an entry of the history is not where its number belongs", SQLITE_CORRUPT);
    }
    return read_row(*entry_, history_columns());
}

void Trails::follow() {
    try {
        audit_.follow(entry(), std::move(name_));
    } catch (const SQLite::Exception&) {
        break_off();
        return;
    }
    step();
}

bool Trails::is_before_or_at(const std::string& name) const {
    return is_numbered(subject_) ? std::tuple{name_.size(), name_} <= std::tuple{name.size(), name} : name_ <= name;
}

void Trails::follow_to(const std::string& name) {
    while (has_entry_ && is_before_or_at(name)) {
        follow();
    }
}

void Trails::follow_all() {
    while (has_entry_) {
        follow();
    }
    if (failure_) {
        std::rethrow_exception(failure_);
    }
}

}  // namespace xmppfed::store
