#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/history/history_entry.hpp"

namespace xmppfed::core {

/// How far back a report looks.
inline constexpr std::chrono::days report_window{30};

/// How often somebody committed, and when.
class Activity {
  public:
    /// Days are those of UTC, up to that of `now`.
    explicit Activity(std::chrono::sys_seconds now);

    /// Takes an entry; those of one commit come one after another.
    void add(const HistoryEntry& entry);

    [[nodiscard]] std::int64_t commits() const { return commits_; }

    /// Commits of each day, the oldest first. The window begins and ends within a day, so there is one more than its days.
    [[nodiscard]] const std::vector<std::int64_t>& days() const { return days_; }
    [[nodiscard]] std::chrono::sys_days first_day() const { return first_day_; }

    /// Who committed how often, the most active first.
    [[nodiscard]] std::vector<std::pair<std::string, std::int64_t>> actors() const;

  private:
    std::chrono::sys_days first_day_;
    std::vector<std::int64_t> days_;
    std::map<std::string, std::int64_t> by_actor_;
    std::int64_t commits_ = 0;
    std::int64_t last_commit_ = 0;
};

/// What a commit did to one subject, for people.
struct ReportedChange {
    std::string action;  ///< partner.create, as in the history
    Subject subject = Subject::partner;
    std::string name;
    std::string what;  ///< which fields became what; empty where all is new or gone
};

/// One commit.
struct ReportedCommit {
    std::int64_t number = 0;
    std::string at;
    std::string actor;
    std::string message;
    std::int64_t entries = 0;
    std::deque<ReportedChange> first;  ///< few of them, in the order in which they were recorded
};

/// Puts entries, which come newest first, together to commits.
class CommitGrouping {
  public:
    static constexpr std::size_t most_changes = 10;

    explicit CommitGrouping(std::function<void(const ReportedCommit&)> visit) : visit_{std::move(visit)} {}

    void add(const HistoryEntry& entry);

    /// There are no more entries.
    void end();

  private:
    std::function<void(const ReportedCommit&)> visit_;
    ReportedCommit commit_;
    std::deque<HistoryEntry> last_;  ///< of the commit, the oldest first: those that are told
};

/// What an entry changed, as a report tells it. What cannot be read is told as such, for a report is made of any store.
[[nodiscard]] ReportedChange reported(const HistoryEntry& entry);

}  // namespace xmppfed::core
