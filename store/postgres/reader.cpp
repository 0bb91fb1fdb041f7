#include "store/postgres/reader.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "store/postgres/check.hpp"
#include "store/postgres/comparison.hpp"
#include "store/postgres/migrations.hpp"
#include "store/postgres/rows.hpp"

namespace xmppfed::store {

namespace {

/// One parameter is a set.
constexpr std::string_view in_list = "= ANY (ARRAY(SELECT json_array_elements_text($1::json)))";

std::vector<core::CertRequest> request_rows_where(PostgresConnection& connection, std::string_view condition) {
    PostgresCursor rows{connection, fmt::format("SELECT {} FROM cert_request WHERE {} ORDER BY number",
                                                names_of(request_columns()), condition)};
    std::vector<core::CertRequest> requests;
    while (rows.next()) {
        requests.push_back(rows.read(request_columns()));
    }
    return requests;
}

}  // namespace

std::optional<core::CommittedPartner> PostgresReader::partner(std::string_view primary_domain) {
    return read([&]() -> std::optional<core::CommittedPartner> {
        const auto found =
            connection().ask(select_partners() + " WHERE primary_domain = $1", std::string{primary_domain});
        return found.rows() == 0 ? std::nullopt : std::optional{read_partner(found, 0)};
    });
}

std::vector<core::Claim> PostgresReader::claims_on(std::span<const std::string> domains) {
    return read([&] {
        return claims_in(
            connection().ask(fmt::format("SELECT domain, partner FROM claim WHERE domain {} ORDER BY domain", in_list),
                             json_list(domains)));
    });
}

void PostgresReader::visit(const std::string& select, std::span<const Value> parameters, const PartnerVisitor& visit) {
    read([&] {
        PostgresCursor rows{connection(), select, parameters};
        while (rows.next() && visit(read_partner(rows.rows(), rows.row()))) {
        }
    });
}

void PostgresReader::visit_partners(const PartnerVisitor& visit) {
    this->visit(select_partners() + " ORDER BY primary_domain", {}, visit);
}

void PostgresReader::visit_partners_with_rivals(const RivalryVisitor& visit) {
    read([&] {
        PostgresCursor rows{connection(), select_partners_and_rival()};
        while (rows.next() &&
               visit(read_partner(rows.rows(), rows.row()), rivals_of_partner(rows.rows(), rows.row()))) {
        }
    });
}

void PostgresReader::visit_sorted_partners(const PartnerOrder& order, const PartnerVisitor& visit) {
    const auto columns = partner_columns();
    const auto is_column = std::ranges::find(columns, order.key, &PartnerColumn::name) != columns.end();
    this->visit(fmt::format("{} ORDER BY {} {}, primary_domain", select_partners(),
                            is_column ? order.key : std::string_view{additional_domains_of_row},
                            order.is_descending ? "DESC NULLS LAST" : "ASC NULLS FIRST"),
                {}, visit);
}

std::vector<core::Claim> PostgresReader::claims_beginning_with(std::string_view prefix, Domains domains,
                                                               std::size_t most) {
    return read([&] {
        const bool all = domains == Domains::all;
        const auto select = [&](const char* order, std::size_t limit) {
            return claims_in(connection().ask(
                fmt::format("SELECT {0}, {1} FROM {2} WHERE {0} >= $1 AND {0} < $2 ORDER BY {0} {3} LIMIT $3",
                            all ? "domain" : "primary_domain", all ? "partner" : "primary_domain",
                            all ? "claim" : "partner", order),
                std::string{prefix}, std::string{prefix} + '\x7F',  // behind every character of a domain
                static_cast<std::int64_t>(limit)));
        };
        auto claims = select("ASC", most + 1);
        if (claims.size() > most) {
            claims.pop_back();
            claims.push_back(select("DESC", 1).front());
        }
        return claims;
    });
}

core::Edge PostgresReader::edge() {
    return read([&] {
        const auto found = connection().ask(fmt::format("SELECT {} FROM edge", names_of(edge_columns())));
        if (found.rows() == 0) {
            return core::Edge{};
        }
        auto edge = read_row(found, 0, edge_columns());
        const auto domains = connection().ask("SELECT role, domain FROM edge_domain ORDER BY role, position");
        std::vector<std::string> xmpp_domains;
        for (int row = 0; row < domains.rows(); ++row) {
            auto& list = domains.text(row, 0) == "sip" ? edge.sip_domains : xmpp_domains;
            list.emplace_back(domains.text(row, 1));
        }
        if (edge.xmpp_domains) {
            edge.xmpp_domains = std::move(xmpp_domains);
        }
        return edge;
    });
}

core::Gateway PostgresReader::gateway() {
    return read([&] {
        const auto found = connection().ask(fmt::format("SELECT {} FROM gateway", names_of(gateway_columns())));
        return found.rows() == 0 ? core::Gateway{} : read_row(found, 0, gateway_columns());
    });
}

std::vector<core::CertRequest> PostgresReader::cert_requests() {
    return read([&] { return request_rows_where(connection(), "true"); });
}

std::vector<core::CertRequest> PostgresReader::retired_cert_requests() {
    return read([&] { return request_rows_where(connection(), "state = 'retired'"); });
}

std::optional<core::CertRequest> PostgresReader::cert_request(std::int64_t number) {
    return read([&]() -> std::optional<core::CertRequest> {
        const auto found = connection().ask(
            fmt::format("SELECT {} FROM cert_request WHERE number = $1", names_of(request_columns())), number);
        return found.rows() == 0 ? std::nullopt : std::optional{read_row(found, 0, request_columns())};
    });
}

std::int64_t PostgresReader::next_request_number() {
    return read(
        [&] { return connection().ask("SELECT coalesce(max(number), 0) + 1 FROM cert_request").integer(0, 0); });
}

std::vector<KeyPlace> PostgresReader::unfinished_keys() {
    return read([&] {
        const auto found = connection().ask("SELECT key_file, host FROM unfinished_key ORDER BY key_file, host");
        std::vector<KeyPlace> places;
        for (int row = 0; row < found.rows(); ++row) {
            places.push_back({std::string{found.text(row, 0)}, std::string{found.text(row, 1)}});
        }
        return places;
    });
}

std::optional<std::string> PostgresReader::db_user() {
    return read([&] { return std::string{connection().ask("SELECT session_user").text(0, 0)}; });
}

std::int64_t PostgresReader::store_revision() {
    return read([&] { return connection().ask("SELECT revision FROM store").integer(0, 0); });
}

Summary PostgresReader::summary() {
    return read([&] {
        const auto found = connection().ask(
            "SELECT schema_version, revision, (SELECT count(*) FROM partner), (SELECT count(*) FROM history), "
            "created_at, "
            "(SELECT sum(pg_total_relation_size(oid))::bigint FROM pg_catalog.pg_class WHERE relkind = 'r' AND "
            "relnamespace = 'xmppfed'::regnamespace) FROM store");
        return Summary{.schema_version = found.integer(0, 0),
                       .store_revision = found.integer(0, 1),
                       .partners = found.integer(0, 2),
                       .history_entries = found.integer(0, 3),
                       .created_at = std::string{found.text(0, 4)},
                       .size_bytes = found.integer(0, 5)};
    });
}

core::Diagnostics PostgresReader::check(const Readable& readable) {
    return connection().guard("check", Right::viewer, [&] { return check_database(*this, connection(), readable); });
}

std::unique_ptr<Comparison> PostgresReader::compare(Spool& spool, bool unnamed_go) {
    return std::make_unique<PostgresComparison>(shared_connection(), dynamic_cast<PostgresSpool&>(spool), unnamed_go);
}

}  // namespace xmppfed::store
