#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "core/text/text.hpp"
#include "store/sqlite/check/check.hpp"
#include "store/sqlite/comparison.hpp"
#include "store/sqlite/partner_rows.hpp"
#include "store/sqlite/rows.hpp"
#include "store/sqlite/transaction.hpp"

namespace xmppfed::store {

namespace {

/// The additional domains of a partner, behind its columns: with the least character between them they compare as lists
/// do, and none of them is NULL.
constexpr const char* joined_domains_sql = R"((
    SELECT group_concat(domain, char(0))
    FROM (SELECT domain FROM claim WHERE partner = primary_domain AND domain <> partner ORDER BY domain)
))";

std::vector<core::CertRequest> requests_where(SQLite::Database& database, std::string_view condition) {
    SQLite::Statement select{database, fmt::format("SELECT {} FROM cert_request WHERE {} ORDER BY number",
                                                   names_of(request_columns()), condition)};
    std::vector<core::CertRequest> requests;
    while (select.executeStep()) {
        requests.push_back(read_row(select, request_columns()));
    }
    return requests;
}

}  // namespace

SqliteReader::SqliteReader(SqliteConnection& connection, const char* begin, std::string_view doing)
    : connection_{connection}, transaction_{connection.guard(doing, [&] {
          return std::make_unique<Transaction>(database(), begin);
      })} {
    connection_.guard("read", [&] { connection_.verify_identity(); });
}

std::optional<core::CommittedPartner> SqliteReader::partner(std::string_view primary_domain) {
    return connection_.guard("read", [&]() -> std::optional<core::CommittedPartner> {
        SQLite::Statement select{
            database(), fmt::format("SELECT {} FROM partner WHERE primary_domain = ?", names_of(partner_columns()))};
        select.bind(1, std::string{primary_domain});
        if (!select.executeStep()) {
            return std::nullopt;
        }
        auto partner = read_row(select, partner_columns());
        SQLite::Statement additional{database(), additional_domains_sql};
        read_additional_domains(additional, partner);
        return partner;
    });
}

std::vector<core::Claim> SqliteReader::claims_on(std::span<const std::string> domains) {
    return connection_.guard("read", [&] {
        if (!claim_on_) {
            claim_on_.emplace(database(), "SELECT domain, partner FROM claim WHERE domain = ?");
        }
        // One by one: a set in SQL becomes a table of its own each time, and that costs more than the look-ups.
        std::vector<std::string> wanted{domains.begin(), domains.end()};
        std::ranges::sort(wanted);
        wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
        std::vector<core::Claim> claims;
        for (const auto& domain : wanted) {
            std::ranges::move(claims_in(*claim_on_, domain), std::back_inserter(claims));
        }
        return claims;
    });
}

void SqliteReader::visit_partners(const PartnerVisitor& visit) {
    connection_.guard("read", [&] {
        PartnerRows rows{database()};
        while (rows.next() && visit(rows.read())) {
        }
    });
}

void SqliteReader::visit_partners_with_rivals(const RivalryVisitor& visit) {
    connection_.guard("read", [&] {
        PartnerRows rows{database()};
        UnclaimedPartners unclaimed{database()};
        SQLite::Statement rivals{database(), rivals_sql};
        const std::vector<core::Claim> nobody;
        while (rows.next()) {
            const auto partner = rows.read();
            const auto& name = partner.primary_domain;
            if (!visit(partner, unclaimed.has(name) ? claims_in(rivals, name) : nobody)) {
                return;
            }
        }
    });
}

void SqliteReader::visit_sorted_partners(const PartnerOrder& order, const PartnerVisitor& visit) {
    connection_.guard("read", [&] {
        sort_on_disk(database());
        const auto columns = partner_columns();
        const auto place = std::ranges::find(columns, order.key, &PartnerColumn::name) - columns.begin();
        SQLite::Statement rows{
            database(), fmt::format("SELECT {}, {} FROM partner ORDER BY {} {}, primary_domain", names_of(columns),
                                    joined_domains_sql, place + 1, order.is_descending ? "DESC" : "ASC")};
        while (rows.executeStep()) {
            auto partner = read_row(rows, columns);
            if (const auto joined = rows.getColumn(static_cast<int>(columns.size())); !joined.isNull()) {
                partner.additional_domains = core::split(joined.getString(), '\0');
            }
            if (!visit(partner)) {
                return;
            }
        }
    });
}

std::vector<core::Claim> SqliteReader::claims_beginning_with(std::string_view prefix, Domains domains,
                                                             std::size_t most) {
    return connection_.guard("read", [&] {
        const bool all = domains == Domains::all;
        std::vector<core::Claim> claims;
        const auto select = [&](const char* order, std::size_t limit) {
            SQLite::Statement statement{
                database(),
                fmt::format("SELECT {0}, {1} FROM {2} WHERE {0} >= ?1 AND {0} < ?2 ORDER BY {0} {3} LIMIT ?3",
                            all ? "domain" : "primary_domain", all ? "partner" : "primary_domain",
                            all ? "claim" : "partner", order)};
            statement.bind(1, std::string{prefix});
            statement.bind(2, std::string{prefix} + '\x7F');  // behind every character of a domain
            statement.bind(3, static_cast<std::int64_t>(limit));
            while (statement.executeStep()) {
                claims.push_back({std::string{text_in(statement, 0)}, std::string{text_in(statement, 1)}});
            }
        };
        select("ASC", most + 1);
        if (claims.size() > most) {
            claims.pop_back();
            select("DESC", 1);
        }
        return claims;
    });
}

core::Edge SqliteReader::edge() {
    return connection_.guard("read", [&] {
        SQLite::Statement select{database(), fmt::format("SELECT {} FROM edge", names_of(edge_columns()))};
        if (!select.executeStep()) {
            return core::Edge{};
        }
        auto edge = read_row(select, edge_columns());
        SQLite::Statement domains{database(), "SELECT role, domain FROM edge_domain ORDER BY role, position"};
        std::vector<std::string> xmpp_domains;
        while (domains.executeStep()) {
            auto& list = domains.getColumn(0).getString() == "sip" ? edge.sip_domains : xmpp_domains;
            list.push_back(domains.getColumn(1).getString());
        }
        if (edge.xmpp_domains) {
            edge.xmpp_domains = std::move(xmpp_domains);
        }
        return edge;
    });
}

core::Gateway SqliteReader::gateway() {
    return connection_.guard("read", [&] {
        SQLite::Statement select{database(), fmt::format("SELECT {} FROM gateway", names_of(gateway_columns()))};
        return select.executeStep() ? read_row(select, gateway_columns()) : core::Gateway{};
    });
}

std::vector<core::CertRequest> SqliteReader::cert_requests() {
    return connection_.guard("read", [&] { return requests_where(database(), "true"); });
}

std::vector<core::CertRequest> SqliteReader::retired_cert_requests() {
    return connection_.guard("read", [&] { return requests_where(database(), "state = 'retired'"); });
}

std::optional<core::CertRequest> SqliteReader::cert_request(std::int64_t number) {
    return connection_.guard("read", [&]() -> std::optional<core::CertRequest> {
        SQLite::Statement select{
            database(), fmt::format("SELECT {} FROM cert_request WHERE number = ?", names_of(request_columns()))};
        select.bind(1, number);
        return select.executeStep() ? std::optional{read_row(select, request_columns())} : std::nullopt;
    });
}

std::int64_t SqliteReader::next_request_number() {
    return connection_.guard("read", [&] {
        return database().execAndGet("SELECT coalesce(max(number), 0) + 1 FROM cert_request").getInt64();
    });
}

std::vector<KeyPlace> SqliteReader::unfinished_keys() {
    return connection_.guard("read", [&] {
        SQLite::Statement select{database(), "SELECT key_file, host FROM unfinished_key ORDER BY key_file, host"};
        std::vector<KeyPlace> places;
        while (select.executeStep()) {
            places.push_back({select.getColumn(0).getString(), select.getColumn(1).getString()});
        }
        return places;
    });
}

std::int64_t SqliteReader::store_revision() {
    return connection_.guard("read", [&] { return database().execAndGet("SELECT revision FROM store").getInt64(); });
}

Summary SqliteReader::summary() {
    return connection_.guard("read", [&] {
        const auto count = [&](const char* table) {
            return database().execAndGet(fmt::format("SELECT count(*) FROM {}", table)).getInt64();
        };
        Summary summary;
        summary.schema_version = connection_.schema_version();
        summary.store_revision = store_revision();
        summary.partners = count("partner");
        summary.history_entries = count("history");
        summary.created_at = database().execAndGet("SELECT created_at FROM store").getString();
        return summary;
    });
}

core::Diagnostics SqliteReader::check(const Readable& readable) {
    return connection_.guard("check", [&] { return check_database(*this, connection_, readable); });
}

std::unique_ptr<Comparison> SqliteReader::compare(Spool& spool, bool unnamed_go) {
    return std::make_unique<SqliteComparison>(connection_, dynamic_cast<SqliteSpool&>(spool), unnamed_go);
}

}  // namespace xmppfed::store
