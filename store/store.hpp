#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/cert/cert_request.hpp"
#include "core/diagnostic.hpp"
#include "core/edge/edge.hpp"
#include "core/gateway/gateway.hpp"
#include "core/history/history_entry.hpp"
#include "core/partner/partner.hpp"
#include "store/commit_outcome.hpp"
#include "store/spool.hpp"

namespace xmppfed::store {

/// Which entries of the history to visit, newest first: those that meet all conditions. Partner and request exclude each
/// other.
struct HistoryQuery {
    std::optional<std::string> partner = {};   ///< primary domain before or after the commit
    std::optional<std::int64_t> request = {};  ///< number of a certificate request
    std::optional<std::string> actor = {};     ///< a login name, also of who called by sudo; or as the history has it
    std::optional<std::string> action = {};
    std::optional<std::int64_t> commit = {};  ///< store revision
    std::optional<std::string> since = {};    ///< a time as `core::timestamp` writes it, itself included
    std::optional<std::string> until = {};
    std::optional<std::int64_t> limit = {};
};

/// What `store info` tells.
struct Summary {
    std::int64_t schema_version = 0;
    std::int64_t store_revision = 0;
    std::int64_t partners = 0;
    std::int64_t history_entries = 0;
    std::string created_at;
    std::optional<std::int64_t> size_bytes = {};  ///< where it is no file
};

/// An order of partners: by the value of a key of their JSON form, texts by their bytes and what is not set first; then by
/// primary domain.
struct PartnerOrder {
    std::string_view key;
    bool is_descending = false;  ///< by the key alone
};

/// Which of the claimed domains.
enum class Domains { all, primary };

/// Returns whether to go on.
using PartnerVisitor = std::function<bool(const core::CommittedPartner&)>;
using RivalryVisitor = std::function<bool(const core::CommittedPartner&, const std::vector<core::Claim>& rivals)>;
using HistoryVisitor = std::function<bool(const core::HistoryEntry&)>;

/// What a check does with each row that it could read: a partner, with what others claim of its domains, or a request.
/// Each may be empty. A store that is damaged may be looked at from the beginning again: what was done with rows so far is
/// to be forgotten then.
struct Readable {
    std::function<void(const core::CommittedPartner&, const std::vector<core::Claim>& rivals)> partner = {};
    std::function<void(const core::CertRequest&)> request = {};
    std::function<void()> forget = {};
};

/// A place where a key is about to be written: a key file that is made, or, with a slash at its end, a directory of
/// certificates.
struct KeyPlace {
    std::string path;
    std::string host;  ///< empty: the store is in a file

    auto operator<=>(const KeyPlace&) const = default;  // NOLINT(modernize-use-nullptr): of which there is none
};

/// A consistent view of the store, as long as it lives. Domains are canonical, compared and ordered by bytes. Every
/// method throws `core::Error` of kind failed (damaged, unreadable) or busy.
class Reader {
  public:
    Reader() = default;
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;
    virtual ~Reader() = default;

    /// The time at which this view began by the clock that commits go by, where the store has one of its own; none: they
    /// go by that of whoever commits.
    [[nodiscard]] virtual std::optional<std::string> now() { return std::nullopt; }

    /// The partner with that primary domain.
    [[nodiscard]] virtual std::optional<core::CommittedPartner> partner(std::string_view primary_domain) = 0;

    /// The claims on these domains, ordered by domain.
    [[nodiscard]] virtual std::vector<core::Claim> claims_on(std::span<const std::string> domains) = 0;

    /// The first `most` claims, ordered by domain, on domains that begin with `prefix`, which is ASCII. When there are
    /// more, the last of them follows: whatever these begin with, all of them begin with.
    [[nodiscard]] virtual std::vector<core::Claim> claims_beginning_with(std::string_view prefix, Domains domains,
                                                                         std::size_t most) = 0;

    /// Visits all partners in the order of their primary domains.
    virtual void visit_partners(const PartnerVisitor& visit) = 0;

    /// The same, with who else claims a partner's primary domain, which happens where the store is damaged: additional
    /// domains are what the partner holds.
    virtual void visit_partners_with_rivals(const RivalryVisitor& visit) = 0;

    /// Visits them in another order, however many there are. Precondition: the key is one of `core::partner_fields` or
    /// `core::kept_partner_keys`.
    virtual void visit_sorted_partners(const PartnerOrder& order, const PartnerVisitor& visit) = 0;

    /// Our own side; nothing in it is set when nothing was ever committed.
    [[nodiscard]] virtual core::Edge edge() = 0;

    /// The gateway's settings; the defaults when nothing was ever committed.
    [[nodiscard]] virtual core::Gateway gateway() = 0;

    /// All certificate requests, by number.
    [[nodiscard]] virtual std::vector<core::CertRequest> cert_requests() = 0;

    /// Those of them whose certificates were retired: few, where many requests may have thousands of names each.
    [[nodiscard]] virtual std::vector<core::CertRequest> retired_cert_requests() = 0;

    [[nodiscard]] virtual std::optional<core::CertRequest> cert_request(std::int64_t number) = 0;

    /// The number that the next new request gets.
    [[nodiscard]] virtual std::int64_t next_request_number() = 0;

    /// The places of keys that were announced and never forgotten, by path and host.
    [[nodiscard]] virtual std::vector<KeyPlace> unfinished_keys() = 0;

    /// Whom the database let in, which the history has of each commit; none for a store in a file.
    [[nodiscard]] virtual std::optional<std::string> db_user() { return std::nullopt; }

    virtual void visit_history(const HistoryQuery& query, const HistoryVisitor& visit) = 0;

    /// How many entries `visit_history` would visit without a limit.
    [[nodiscard]] virtual std::int64_t count_history(const HistoryQuery& query) = 0;

    /// Visits what one commit recorded, oldest first.
    virtual void visit_commit(std::int64_t store_revision, const HistoryVisitor& visit) = 0;

    /// How many commits there were.
    [[nodiscard]] virtual std::int64_t store_revision() = 0;

    /// The store revision of the commit that has this id, 0 when it recorded nothing; none when there is no such commit.
    /// Only stores whose commits may get lost on their way give ids.
    [[nodiscard]] virtual std::optional<std::int64_t> revision_of(const std::string& /*commit_id*/) {
        return std::nullopt;
    }

    /// Compares this view with a spool of a store of the same kind. One at a time for each spool. With `unnamed_go`
    /// partners that the spool does not name are about to be removed, and their claims count no more.
    [[nodiscard]] virtual std::unique_ptr<Comparison> compare(Spool& spool, bool unnamed_go) = 0;

    [[nodiscard]] virtual Summary summary() = 0;

    /// Looks for what must not be there: damage, another schema, texts that are not UTF-8, claims without partners and
    /// partners without claims, rows that break the constraints or differ from their checksum, and whatever differs from
    /// what the history says. Nothing stops it. What can be read goes to `readable`, for rules are the caller's.
    [[nodiscard]] virtual core::Diagnostics check(const Readable& readable) = 0;
};

/// A unit of work: everything that is put, removed and recorded is committed together or not at all. Destroying it
/// without a commit undoes it. No other writer works meanwhile.
class Writer : public virtual Reader {
  public:
    /// Removes partners with all their claims. Partners that do not exist are ignored.
    virtual void remove_partners(std::span<const std::string> primary_domains) = 0;

    /// Inserts or replaces partners. All stale claims go before any new one is made, so that partners of one call can
    /// exchange domains. Precondition: no other partner claims one of the domains.
    virtual void put_partners(std::span<const core::CommittedPartner> partners) = 0;

    virtual void put_edge(const core::Edge& edge) = 0;
    virtual void put_gateway(const core::Gateway& gateway) = 0;

    /// Inserts or replaces the request with its number.
    virtual void put_cert_request(const core::CertRequest& request) = 0;

    /// Announces a place where a key is about to be written, and forgets it again once what the key is for is recorded,
    /// or the key is gone.
    virtual void announce_key(const KeyPlace& place, std::string_view at) = 0;
    virtual void forget_key(const KeyPlace& place) = 0;

    /// Inserts or replaces the partners that were chosen in a comparison by this writer, all stale claims before any new
    /// one. Precondition: no other partner claims one of their domains.
    virtual void put_chosen(Comparison& comparison) = 0;

    /// Adds entries to the history under one new store revision, the same for all calls before the commit; `sequence`
    /// and `store_revision` of each are given here. Returns that revision.
    virtual std::int64_t record(std::span<const core::HistoryEntry> entries) = 0;

    /// Takes over what another store has: entries of the history with the numbers that they have there, its revision, and
    /// when it was made. Precondition: nothing was ever committed to this one.
    virtual void take_over(std::span<const core::HistoryEntry> entries) = 0;
    virtual void take_over(std::int64_t store_revision, const std::string& created_at) = 0;

    /// Tries to make the changes durable, once, and tells what became of them; where that reports an error, the store is
    /// looked at again before anything is said.
    [[nodiscard]] virtual CommitOutcome try_commit() = 0;

    /// The same for whom only durable changes are any: throws the error otherwise.
    void commit() {
        if (auto outcome = try_commit(); outcome.error) {
            throw std::move(*outcome.error);
        }
    }
};

/// A partner book somewhere.
class Store {
  public:
    Store() = default;
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;
    virtual ~Store() = default;

    /// An empty spool. It holds no lock, and needs neither the store to be there nor this to outlive it.
    [[nodiscard]] virtual std::unique_ptr<Spool> spool() = 0;

    [[nodiscard]] virtual std::unique_ptr<Reader> read() = 0;
    [[nodiscard]] virtual std::unique_ptr<Writer> write() = 0;

    /// Waits until no commit is under way that was before: whoever reads then sees it, or it never will be. Takes no right
    /// but to read. Throws busy, and failed where that cannot be found out.
    virtual void wait_for_commits() {}

    /// Copies a consistent state to a new file with mode 0600. Throws a conflict when the file exists.
    virtual void backup(const std::string& file) = 0;

    /// Throws what `backup` would for this store's own sake, however long that takes to find out; writes nothing.
    virtual void refuse_backup() { static_cast<void>(read()); }
};

}  // namespace xmppfed::store
