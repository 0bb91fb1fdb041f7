#include "tests/support/partners.hpp"

#include "store/site.hpp"
#include "tests/support/sites.hpp"

namespace xmppfed::test {

core::CommittedPartner partner(const std::string& primary, std::vector<std::string> additional) {
    core::CommittedPartner result;
    result.primary_domain = primary;
    result.additional_domains = std::move(additional);
    result.revision = 1;
    result.created_at = "2026-03-15T00:00:00Z";
    result.updated_at = result.created_at;
    return result;
}

std::unique_ptr<store::Store> open_at_once(const std::string& path) {
    return open_store({.path = path, .wait = std::chrono::milliseconds{0}, .now = some_time});
}

void commit(store::Store& store, const std::vector<core::CommittedPartner>& partners) {
    const core::Commit commit{.at = "2026-03-15T00:00:00Z", .actor = "tester", .message = "because"};
    const auto writer = store.write();
    std::vector<core::HistoryEntry> entries;
    for (const auto& after : partners) {
        const auto before = writer->partner(after.primary_domain);
        entries.push_back(core::partner_entry(commit, before ? &*before : nullptr, &after));
    }
    writer->put_partners(partners);
    writer->record(entries);
    writer->commit();
}

std::vector<core::CommittedPartner> all_partners(store::Store& store) {
    std::vector<core::CommittedPartner> partners;
    store.read()->visit_partners([&](const core::CommittedPartner& each) {
        partners.push_back(each);
        return true;
    });
    return partners;
}

std::vector<core::HistoryEntry> all_history(store::Store& store, const store::HistoryQuery& query) {
    std::vector<core::HistoryEntry> entries;
    store.read()->visit_history(query, [&](const core::HistoryEntry& entry) {
        entries.push_back(entry);
        return true;
    });
    return entries;
}

}  // namespace xmppfed::test
