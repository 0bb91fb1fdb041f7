#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/cert/cert_request.hpp"
#include "core/edge/edge.hpp"
#include "core/gateway/gateway.hpp"
#include "core/partner/partner.hpp"
#include "core/text/json/json.hpp"

namespace xmppfed::core {

/// What a history entry is about.
enum class Subject { partner, edge, cert_request, gateway };

/// Who commits, when, and why: the same for every entry of a commit.
struct Commit {
    std::string at;     ///< UTC, RFC 3339
    std::string actor;  ///< login name, with the caller of sudo
    std::string message;
};

/// One entry of the history: what one commit did to one subject. The objects are texts, for the store keeps them so.
struct HistoryEntry {
    std::int64_t sequence = 0;        ///< given by the store
    std::int64_t store_revision = 0;  ///< the commit; given by the store
    std::string at;
    std::string actor;
    std::string message;
    std::string action;  ///< partner.create, partner.update, …
    Subject subject = Subject::partner;
    std::string name;                        ///< primary domain after the commit, or before it when removed
    std::optional<std::string> former_name;  ///< primary domain before a rename
    std::optional<std::string> before;       ///< JSON object, or none
    std::optional<std::string> after;
    std::optional<std::string> db_user = {};  ///< whom a shared store let in; given by the store

    bool operator==(const HistoryEntry&) const = default;
};

template <>
std::span<const EnumValue> values_of<Subject>();

/// What an entry may say was done.
[[nodiscard]] std::span<const EnumValue> history_actions();

/// The entry for a partner's change; `before` and `after` are not both null.
[[nodiscard]] HistoryEntry partner_entry(const Commit& commit, const CommittedPartner* before,
                                         const CommittedPartner* after);

/// The entry for a change of the edge; an edge in which nothing is set is none.
[[nodiscard]] HistoryEntry edge_entry(const Commit& commit, const Edge& before, const Edge& after);

/// The entry for a change of the gateway, which always has settings: those that nobody set are the defaults.
[[nodiscard]] HistoryEntry gateway_entry(const Commit& commit, const Gateway& before, const Gateway& after);

/// The entry for a certificate request that is new (`before` is null) or has changed its state.
[[nodiscard]] HistoryEntry request_entry(const Commit& commit, const CertRequest* before, const CertRequest& after);

/// What an entry has stored of its subject, or null. Throws when that is no JSON object, which only damage can do.
[[nodiscard]] Json stored_object(const std::optional<std::string>& text);

/// As `history` shows it. Throws when what is stored of its subject cannot be read.
[[nodiscard]] Json to_json(const HistoryEntry& entry);

}  // namespace xmppfed::core
