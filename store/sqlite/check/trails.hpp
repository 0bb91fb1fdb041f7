#pragma once

#include <bitset>
#include <cstddef>
#include <exception>
#include <optional>
#include <string>

#include <SQLiteCpp/SQLiteCpp.h>

#include "core/store_audit.hpp"

namespace xmppfed::store {

/// What kinds of entries the history has, so that nobody looks for others: each look reads all of it, where its indexes are
/// not known to be sound.
class HistoryContents {
  public:
    explicit HistoryContents(bool has_sound_indexes) : has_sound_indexes_{has_sound_indexes} {}

    void add(const core::HistoryEntry& entry);
    /// Every entry was added. Until then any kind may be there.
    void end() { is_whole_ = true; }

    [[nodiscard]] bool may_have(core::Subject subject) const { return !is_whole_ || there_.test(place_of(subject)); }
    [[nodiscard]] bool may_rename(core::Subject subject) const {
        return !is_whole_ || renamed_.test(place_of(subject));
    }

    [[nodiscard]] bool has_sound_indexes() const { return has_sound_indexes_; }

  private:
    [[nodiscard]] static std::size_t place_of(core::Subject subject) { return static_cast<std::size_t>(subject); }

    static constexpr std::size_t most_subjects = 8;
    std::bitset<most_subjects> there_;
    std::bitset<most_subjects> renamed_;
    bool is_whole_ = false;
    bool has_sound_indexes_;
};

/// The history of one kind of subject, sorted by the names that its entries are under, which an audit follows. Numbers are
/// sorted as such. A database that breaks ends it early: the audit knows, and `follow_all` throws what SQLite said.
class Trails {
  public:
    /// `audit` must outlive it.
    Trails(SQLite::Database& database, const HistoryContents& contents, core::Subject subject, core::StoreAudit& audit);

    /// Has the audit follow what is under names before this one, and under this one.
    void follow_to(const std::string& name);

    /// And the rest.
    void follow_all();

  private:
    void step();
    void break_off();
    [[nodiscard]] core::HistoryEntry entry();
    void follow();
    [[nodiscard]] bool is_before_or_at(const std::string& name) const;

    core::Subject subject_;
    core::StoreAudit& audit_;
    std::optional<SQLite::Statement> numbers_;
    std::optional<SQLite::Statement> entry_;  ///< the one with a number
    bool has_entry_ = false;
    std::string name_;
    std::exception_ptr failure_;
};

}  // namespace xmppfed::store
