#include "core/report/activity.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/manifest/change_text.hpp"
#include "core/text/timestamp.hpp"

namespace xmppfed::core {

Activity::Activity(std::chrono::sys_seconds now)
    : first_day_{std::chrono::floor<std::chrono::days>(now) - report_window},
      days_(static_cast<std::size_t>(report_window.count()) + 1) {}

void Activity::add(const HistoryEntry& entry) {
    if (entry.store_revision == last_commit_) {
        return;
    }
    last_commit_ = entry.store_revision;
    ++commits_;
    ++by_actor_[entry.actor];
    const auto time = read_timestamp(entry.at);
    const auto day = time ? std::chrono::floor<std::chrono::days>(*time) : std::chrono::sys_days::min();
    const auto place = day < first_day_ ? days_.size() : static_cast<std::size_t>((day - first_day_).count());
    if (place < days_.size()) {  // else somebody has changed the clock, or the store
        ++days_[place];
    }
}

std::vector<std::pair<std::string, std::int64_t>> Activity::actors() const {
    std::vector<std::pair<std::string, std::int64_t>> actors{by_actor_.begin(), by_actor_.end()};
    std::ranges::stable_sort(actors, std::ranges::greater{}, [](const auto& actor) { return actor.second; });
    return actors;
}

void CommitGrouping::add(const HistoryEntry& entry) {
    if (commit_.entries > 0 && commit_.number != entry.store_revision) {
        end();
    }
    if (commit_.entries == 0) {
        commit_ = {.number = entry.store_revision,
                   .at = entry.at,
                   .actor = entry.actor,
                   .message = entry.message,
                   .entries = 0,
                   .first = {}};
    }
    ++commit_.entries;
    last_.push_front(entry);
    if (last_.size() > most_changes) {
        last_.pop_back();
    }
}

void CommitGrouping::end() {
    if (commit_.entries == 0) {
        return;
    }
    std::ranges::transform(last_, std::back_inserter(commit_.first), reported);
    visit_(commit_);
    commit_ = {};
    last_.clear();
}

ReportedChange reported(const HistoryEntry& entry) {
    ReportedChange change{.action = entry.action, .subject = entry.subject, .name = entry.name, .what = {}};
    try {
        change.what = changes_line(change_of(entry));
    } catch (const Error&) {
        change.what = "(cannot be read)";
    } catch (const Json::exception&) {
        change.what = "(cannot be read)";
    }
    return change;
}

}  // namespace xmppfed::core
