#include "store/sqlite/trails.hpp"

#include <tuple>

#include <fmt/format.h>

#include "store/sqlite/rows.hpp"

namespace xmppfed::store {

namespace {

/// No index, for that may be what is damaged.
constexpr const char* entries_by_name = R"(
    SELECT {0}, trail FROM (
        SELECT {0}, name AS trail FROM history NOT INDEXED WHERE subject = ?1
        UNION ALL
        SELECT {0}, former_name FROM history NOT INDEXED WHERE subject = ?1 AND former_name <> name
    ) ORDER BY {1}, sequence
)";

constexpr bool is_numbered(core::Subject subject) {
    return subject == core::Subject::cert_request;
}

}  // namespace

Trails::Trails(SQLite::Database& database, core::Subject subject, core::StoreAudit& audit)
    : subject_{subject}, audit_{audit} {
    try {
        entries_.emplace(database, fmt::format(entries_by_name, names_of(history_columns()),
                                               is_numbered(subject) ? "length(trail), trail" : "trail"));
        entries_->bind(1, std::string{core::name_of(subject)});
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
        has_entry_ = entries_->executeStep();
    } catch (const SQLite::Exception&) {
        break_off();
        return;
    }
    if (has_entry_) {
        name_ = text_in(*entries_, static_cast<int>(history_columns().size()));
    }
}

void Trails::follow() {
    audit_.follow(read_row(*entries_, history_columns()), name_);
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
