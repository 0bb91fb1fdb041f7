#include "core/history/past_book.hpp"

#include "core/partner/partner_fields.hpp"

namespace xmppfed::core {

void PastBook::settle(const std::string& name, const std::optional<std::string>& state) {
    if (settled_.insert(name).second && state) {
        partners_.emplace(name, *state);
    }
}

/// After the other entries of their commit, for another partner may take the name in the same one.
void PastBook::settle_former_names() {
    for (const auto& name : former_names_) {
        settle(name, {});
    }
    former_names_.clear();
}

void PastBook::add(const HistoryEntry& entry) {
    if (commit_ != entry.store_revision) {
        settle_former_names();
        commit_ = entry.store_revision;
    }
    switch (entry.subject) {
    case Subject::partner:
        settle(entry.name, entry.after);
        if (entry.former_name) {
            former_names_.push_back(*entry.former_name);
        }
        break;
    case Subject::edge:
        if (!edge_) {
            edge_ = entry.after;
        }
        break;
    case Subject::gateway:
        if (!gateway_) {
            gateway_ = entry.after;
        }
        break;
    case Subject::cert_request:
        break;
    }
}

void PastBook::visit_partners(const std::function<bool(const CommittedPartner&)>& visit) {
    settle_former_names();
    for (const auto& [name, text] : partners_) {
        CommittedPartner partner;
        static_cast<Partner&>(partner) = partner_from_text(text);
        if (!visit(partner)) {
            return;
        }
    }
}

Edge PastBook::edge() const {
    return edge_ && *edge_ ? edge_from_text(**edge_) : Edge{};
}

Gateway PastBook::gateway() const {
    return gateway_ && *gateway_ ? gateway_from_text(**gateway_) : Gateway{};
}

}  // namespace xmppfed::core
