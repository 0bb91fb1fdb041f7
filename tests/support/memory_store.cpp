#include "tests/support/memory_store.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <nlohmann/json.hpp>

#include "core/store_audit.hpp"
#include "core/text/text.hpp"
#include "core/text/timestamp.hpp"
#include "store/copy.hpp"
#include "store/files/file.hpp"
#include "store/site.hpp"
#include "tests/support/memory_spool.hpp"
#include "tests/support/sites.hpp"

namespace xmppfed::test {

namespace {

using core::HistoryEntry;

template <class Key, class Value>
std::vector<Value> values_of(const std::map<Key, Value>& map) {
    std::vector<Value> values;
    for (const auto& [key, value] : map) {
        values.push_back(value);
    }
    return values;
}

/// What happened under a name, and to what bears it under the names that it had before, up to each renaming.
bool is_history_of(const Book& book, const std::string& name, std::int64_t until, const HistoryEntry& entry) {
    const auto is_about = [&](const HistoryEntry& each) {
        return each.subject == core::Subject::partner && each.name == name && each.sequence <= until;
    };
    return is_about(entry) || std::ranges::any_of(book.history, [&](const HistoryEntry& renaming) {
               return is_about(renaming) && renaming.former_name && *renaming.former_name != name &&
                      is_history_of(book, *renaming.former_name, renaming.sequence, entry);
           });
}

bool is_by(const std::string& name, const std::string& actor) {
    return actor == name || actor.starts_with(name + " (sudo by ") ||
           actor.find(" (sudo by " + name + ")") != std::string::npos;
}

bool meets_conditions(const store::HistoryQuery& query, const HistoryEntry& entry);

bool is_asked(const Book& book, const store::HistoryQuery& query, const HistoryEntry& entry) {
    if (!meets_conditions(query, entry)) {
        return false;
    }
    if (query.partner) {
        return is_history_of(book, *query.partner, book.history.back().sequence, entry) ||
               (entry.subject == core::Subject::partner && entry.former_name == query.partner);
    }
    return !query.request ||
           (entry.subject == core::Subject::cert_request && entry.name == std::to_string(*query.request));
}

bool meets_conditions(const store::HistoryQuery& query, const HistoryEntry& entry) {
    const auto agrees = [](const auto& wanted, const auto& actual) { return !wanted || *wanted == actual; };
    return (!query.actor || is_by(*query.actor, entry.actor)) && agrees(query.action, entry.action) &&
           agrees(query.commit, entry.store_revision) && (!query.since || entry.at >= *query.since) &&
           (!query.until || entry.at <= *query.until);
}

class MemoryReader : public virtual store::Reader {
  public:
    explicit MemoryReader(std::shared_ptr<const Book> book) : book_{std::move(book)} {}

    std::optional<core::CommittedPartner> partner(std::string_view primary_domain) override {
        const auto found = book().partners.find(std::string{primary_domain});
        return found == book().partners.end() ? std::nullopt : std::optional{found->second};
    }

    std::vector<core::Claim> claims_on(std::span<const std::string> domains) override {
        std::vector<core::Claim> claims;
        for (const auto& domain : std::set<std::string>(domains.begin(), domains.end())) {
            if (const auto found = book().claims.find(domain); found != book().claims.end()) {
                claims.push_back({domain, found->second});
            }
        }
        return claims;
    }

    std::vector<core::Claim> claims_beginning_with(std::string_view prefix, store::Domains domains,
                                                   std::size_t most) override {
        std::vector<core::Claim> claims;
        for (const auto& [domain, partner] : book().claims) {
            if (domain.starts_with(prefix) && (domains == store::Domains::all || domain == partner)) {
                claims.push_back({domain, partner});
            }
        }
        if (claims.size() > most) {
            claims.erase(claims.begin() + static_cast<std::ptrdiff_t>(most), claims.end() - 1);
        }
        return claims;
    }

    void visit_partners(const store::PartnerVisitor& visit) override {
        for (const auto& [name, partner] : book().partners) {
            if (!visit(partner)) {
                return;
            }
        }
    }

    void visit_partners_with_rivals(const store::RivalryVisitor& visit) override {
        visit_partners([&](const core::CommittedPartner& partner) {
            auto claims = claims_on(std::vector{partner.primary_domain});
            std::erase_if(claims, [&](const auto& claim) { return claim.partner == partner.primary_domain; });
            return visit(partner, claims);
        });
    }

    void visit_sorted_partners(const store::PartnerOrder& order, const store::PartnerVisitor& visit) override {
        auto partners = values_of(book().partners);
        const auto key = [&](const core::CommittedPartner& partner) { return core::to_json(partner).at(order.key); };
        std::ranges::stable_sort(partners, [&](const auto& a, const auto& b) {
            return order.is_descending ? key(b) < key(a) : key(a) < key(b);
        });
        for (const auto& partner : partners) {
            if (!visit(partner)) {
                return;
            }
        }
    }

    core::Edge edge() override { return book().edge; }
    core::Gateway gateway() override { return book().gateway; }

    std::vector<core::CertRequest> cert_requests() override { return values_of(book().requests); }

    std::vector<core::CertRequest> retired_cert_requests() override {
        auto requests = cert_requests();
        std::erase_if(requests, [](const auto& request) { return request.state != core::RequestState::retired; });
        return requests;
    }

    std::optional<core::CertRequest> cert_request(std::int64_t number) override {
        const auto found = book().requests.find(number);
        return found == book().requests.end() ? std::nullopt : std::optional{found->second};
    }

    std::int64_t next_request_number() override {
        return book().requests.empty() ? 1 : book().requests.rbegin()->first + 1;
    }

    std::vector<store::KeyPlace> unfinished_keys() override {
        std::vector<store::KeyPlace> places;
        for (const auto& [place, at] : book().unfinished_keys) {
            places.push_back(place);
        }
        return places;
    }

    void visit_history(const store::HistoryQuery& query, const store::HistoryVisitor& visit) override {
        auto left = query.limit.value_or(std::ssize(book().history));
        for (auto entry = book().history.rbegin(); entry != book().history.rend(); ++entry) {
            if (is_asked(book(), query, *entry) && (left-- <= 0 || !visit(*entry))) {
                return;
            }
        }
    }

    std::int64_t count_history(const store::HistoryQuery& query) override {
        return std::ranges::count_if(book().history, [&](const auto& entry) { return is_asked(book(), query, entry); });
    }

    void visit_commit(std::int64_t store_revision, const store::HistoryVisitor& visit) override {
        for (const auto& entry : book().history) {
            if (entry.store_revision == store_revision && !visit(entry)) {
                return;
            }
        }
    }

    std::int64_t store_revision() override { return book().revision; }

    std::unique_ptr<store::Comparison> compare(store::Spool& spool, bool unnamed_go) override {
        return std::make_unique<MemoryComparison>(book(), dynamic_cast<MemorySpool&>(spool), unnamed_go);
    }

    store::Summary summary() override {
        return {.schema_version = 1,
                .store_revision = book().revision,
                .partners = std::ssize(book().partners),
                .history_entries = std::ssize(book().history),
                .created_at = book().created_at};
    }

    core::Diagnostics check(const store::Readable& readable) override {
        core::StoreAudit audit;
        std::ranges::for_each(book().history, [&](const auto& entry) { audit.add(entry); });
        const auto& partners = book().partners;
        auto names = names_of(core::Subject::partner);
        for (const auto& [name, partner] : partners) {
            names.insert(name);
        }
        for (const auto& name : names) {
            follow(audit, core::Subject::partner, name);
            if (const auto found = partners.find(name); found != partners.end()) {
                audit.compare(found->second);
                if (readable.partner) {
                    readable.partner(found->second, {});
                }
            }
        }
        follow(audit, core::Subject::edge, "edge");
        audit.compare(book().edge);
        audit.compare(book().gateway);
        for (const auto& [number, request] : book().requests) {
            follow(audit, core::Subject::cert_request, std::to_string(number));
            audit.compare(request);
            if (readable.request) {
                readable.request(request);
            }
        }
        return audit.finish(book().revision);
    }

  protected:
    [[nodiscard]] const Book& book() const { return *book_; }

  private:
    /// What is there, or was at some time.
    [[nodiscard]] std::set<std::string> names_of(core::Subject subject) const {
        std::set<std::string> names;
        for (const auto& entry : book().history) {
            if (entry.subject == subject) {
                names.insert({entry.name, entry.former_name.value_or(entry.name)});
            }
        }
        return names;
    }

    void follow(core::StoreAudit& audit, core::Subject subject, const std::string& name) const {
        for (const auto& entry : book().history) {
            if (entry.subject == subject && (entry.name == name || entry.former_name == name)) {
                audit.follow(entry, name);
            }
        }
    }

    std::shared_ptr<const Book> book_;
};

/// Works on a copy, which a commit puts in the place of the book.
class MemoryWriter : public MemoryReader, public store::Writer {
  public:
    MemoryWriter(std::shared_ptr<MemoryStore::Shared> shared, std::shared_ptr<Book> copy)
        : MemoryReader{copy}, shared_{std::move(shared)}, copy_{std::move(copy)} {
        shared_->has_writer = true;
    }
    MemoryWriter(const MemoryWriter&) = delete;
    MemoryWriter& operator=(const MemoryWriter&) = delete;
    ~MemoryWriter() override { end(); }

    void remove_partners(std::span<const std::string> primary_domains) override {
        for (const auto& name : primary_domains) {
            release(name);
            copy_->partners.erase(name);
        }
    }

    void put_partners(std::span<const core::CommittedPartner> partners) override {
        for (const auto& partner : partners) {
            release(partner.primary_domain);
        }
        for (const auto& partner : partners) {
            for (const auto& domain : core::claimed_domains(partner)) {
                const auto claim = copy_->claims.emplace(domain, partner.primary_domain).first;
                if (claim->second != partner.primary_domain) {
                    throw core::Error{core::ErrorKind::failed, "another partner claims " + core::quote(domain)};
                }
            }
            copy_->partners[partner.primary_domain] = partner;
        }
    }

    void put_edge(const core::Edge& edge) override { copy_->edge = edge; }
    void put_gateway(const core::Gateway& gateway) override { copy_->gateway = gateway; }
    void put_cert_request(const core::CertRequest& request) override { copy_->requests[request.number] = request; }
    void announce_key(const store::KeyPlace& place, std::string_view at) override {
        copy_->unfinished_keys[place] = at;
    }
    void forget_key(const store::KeyPlace& place) override { copy_->unfinished_keys.erase(place); }
    void put_chosen(store::Comparison& comparison) override {
        put_partners(dynamic_cast<MemoryComparison&>(comparison).chosen());
    }

    std::int64_t record(std::span<const HistoryEntry> entries) override {
        copy_->revision += has_recorded_ ? 0 : 1;
        has_recorded_ = true;
        for (const auto& entry : entries) {
            auto& recorded = copy_->history.emplace_back(entry);
            recorded.sequence = std::ssize(copy_->history);
            recorded.store_revision = copy_->revision;
        }
        return copy_->revision;
    }

    void take_over(std::span<const HistoryEntry> entries) override {
        copy_->history.insert(copy_->history.end(), entries.begin(), entries.end());
        std::ranges::sort(copy_->history, {}, &HistoryEntry::sequence);
    }
    void take_over(std::int64_t store_revision, const std::string& created_at) override {
        copy_->revision = store_revision;
        copy_->created_at = created_at;
    }

    store::CommitOutcome try_commit() override {
        shared_->book = std::make_shared<const Book>(*copy_);
        end();
        return {};
    }

  private:
    void release(const std::string& primary_domain) {
        std::erase_if(copy_->claims, [&](const auto& claim) { return claim.second == primary_domain; });
    }

    void end() {
        if (!has_ended_) {
            shared_->has_writer = false;
            has_ended_ = true;
        }
    }

    std::shared_ptr<MemoryStore::Shared> shared_;
    std::shared_ptr<Book> copy_;
    bool has_recorded_ = false;
    bool has_ended_ = false;
};

}  // namespace

MemoryStore::MemoryStore(std::chrono::sys_seconds now) : now_{now} {
    Book empty;
    empty.created_at = core::timestamp(now);
    shared_->book = std::make_shared<const Book>(std::move(empty));
}

std::unique_ptr<store::Store> MemoryStore::another() const {
    auto store = std::make_unique<MemoryStore>(now_);
    store->shared_ = shared_;
    return store;
}

void MemoryStore::backup(const std::string& file) {
    if (store::is_taken(file)) {
        throw core::Error{core::ErrorKind::conflict, core::quote(file) + " exists already"};
    }
    create_store(file);
    const auto copy = open_store({.path = file, .now = now_});
    const auto writer = copy->write();
    store::copy_store(*read(), *writer, core::timestamp(now_));
    writer->commit();
}

std::unique_ptr<store::Spool> MemoryStore::spool() {
    return std::make_unique<MemorySpool>();
}

std::unique_ptr<store::Reader> MemoryStore::read() {
    return std::make_unique<MemoryReader>(shared_->book);
}

std::unique_ptr<store::Writer> MemoryStore::write() {
    if (shared_->has_writer) {
        throw core::Error{core::ErrorKind::busy, "the store in memory is being written to"};
    }
    return std::make_unique<MemoryWriter>(shared_, std::make_shared<Book>(*shared_->book));
}

}  // namespace xmppfed::test
