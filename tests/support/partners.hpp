#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/history/history_entry.hpp"
#include "core/partner/partner.hpp"
#include "store/store.hpp"

namespace xmppfed::test {

inline constexpr std::chrono::sys_seconds some_time = std::chrono::sys_days{std::chrono::year{2026} / 3 / 15};

/// A committed partner; everything that is not named has its default.
[[nodiscard]] core::CommittedPartner partner(const std::string& primary, std::vector<std::string> additional = {});

/// A store that does not wait for other processes.
[[nodiscard]] std::unique_ptr<store::Store> open_at_once(const std::string& path);

/// Commits partners with the history that belongs to them: what is there already is updated.
void commit(store::Store& store, const std::vector<core::CommittedPartner>& partners);

[[nodiscard]] std::vector<core::CommittedPartner> all_partners(store::Store& store);
[[nodiscard]] std::vector<core::HistoryEntry> all_history(store::Store& store, const store::HistoryQuery& query = {});

/// The error that an action throws; one of kind usage with an empty message when it throws none.
[[nodiscard]] core::Error error_of(const auto& action) {
    try {
        action();
    } catch (const core::Error& error) {
        return error;
    }
    return {core::ErrorKind::usage, ""};
}

}  // namespace xmppfed::test
