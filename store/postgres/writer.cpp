#include "store/postgres/writer.hpp"

#include <fmt/format.h>

#include "store/postgres/comparison.hpp"
#include "store/postgres/receipt.hpp"
#include "store/postgres/rows.hpp"

namespace xmppfed::store {

namespace {

/// Replaces the one row of a table.
template <class Entity>
void put_only_row(PostgresConnection& connection, const std::string& table, std::span<const Column<Entity>> columns,
                  const Entity& entity) {
    connection.ask("DELETE FROM " + table);
    RowInserter put{connection, table, names_of(columns) + ", id"};
    auto row = row_of(columns, entity);
    row.emplace_back(std::int64_t{1});
    put.add(std::move(row));
    put.flush();
}

/// Adds rows that bear a checksum.
template <class Entity>
void put_with_checksum(PostgresConnection& connection, const std::string& table,
                       std::span<const Column<Entity>> columns, std::span<const Entity> entities) {
    RowInserter put{connection, table, names_of(columns) + ", checksum"};
    for (const auto& entity : entities) {
        auto row = row_of(columns, entity);
        row.emplace_back(checksum_of(row));
        put.add(std::move(row));
    }
    put.flush();
}

/// The claims that partners are to have, as rows of `domain` and `partner`, for `$1`: a JSON object of lists.
constexpr std::string_view wanted_claims_sql =
    R"((SELECT DISTINCT json_array_elements_text(p.value) COLLATE "C" AS domain, p.key COLLATE "C" AS partner )"
    "FROM json_each($1::json) AS p) AS wish";

}  // namespace

void PostgresWriter::remove_partners(std::span<const std::string> primary_domains) {
    if (primary_domains.empty()) {
        return;
    }
    write(Right::operator_, [&] {
        const auto names = json_list(primary_domains);
        for (const char* const column : {"claim WHERE partner", "partner WHERE primary_domain"}) {
            connection().ask(
                fmt::format("DELETE FROM {} = ANY (ARRAY(SELECT json_array_elements_text($1::json)))", column), names);
        }
    });
}

void PostgresWriter::put_partners(std::span<const core::CommittedPartner> partners) {
    if (partners.empty()) {
        return;
    }
    write(Right::operator_, [&] {
        const auto columns = partner_columns();
        RowInserter put{connection(), "partner", names_of(columns), on_same_key(columns)};
        for (const auto& partner : partners) {
            put.add(row_of(columns, partner));
        }
        put.flush();
        const auto wanted = json_claims(partners);
        connection().ask(fmt::format("DELETE FROM claim WHERE partner IN (SELECT key FROM json_each($1::json)) AND NOT "
                                     "EXISTS (SELECT 1 FROM {} WHERE wish.domain = claim.domain AND wish.partner = "
                                     "claim.partner)",
                                     wanted_claims_sql),
                         wanted);
        connection().ask(fmt::format("INSERT INTO claim (domain, partner) SELECT domain, partner FROM {} WHERE NOT "
                                     "EXISTS (SELECT 1 FROM claim WHERE claim.domain = wish.domain AND claim.partner = "
                                     "wish.partner)",
                                     wanted_claims_sql),
                         wanted);
    });
}

void PostgresWriter::put_edge(const core::Edge& edge) {
    write(Right::admin, [&] {
        connection().ask("DELETE FROM edge_domain");
        put_only_row(connection(), "edge", edge_columns(), edge);
        put_domains("sip", edge.sip_domains);
        put_domains("xmpp", edge.xmpp_domains.value_or(std::vector<std::string>{}));
    });
}

void PostgresWriter::put_domains(std::string_view role, std::span<const std::string> domains) {
    connection().ask(
        "INSERT INTO edge_domain (role, position, domain) SELECT $1, ordinality - 1, value "
        "FROM json_array_elements_text($2::json) WITH ORDINALITY",
        std::string{role}, json_list(domains));
}

void PostgresWriter::put_gateway(const core::Gateway& gateway) {
    write(Right::admin, [&] { put_only_row(connection(), "gateway", gateway_columns(), gateway); });
}

void PostgresWriter::put_cert_request(const core::CertRequest& request) {
    write(Right::admin, [&] {
        connection().ask("DELETE FROM cert_request WHERE number = $1", request.number);
        put_with_checksum(connection(), "cert_request", request_columns(), std::span{&request, 1});
    });
}

void PostgresWriter::announce_key(const KeyPlace& place, std::string_view at) {
    write(Right::admin, [&] {
        connection().ask(
            "INSERT INTO unfinished_key (key_file, host, at) VALUES ($1, $2, $3) ON CONFLICT (key_file, host) DO "
            "UPDATE "
            "SET at = excluded.at",
            place.path, place.host, std::string{at});
    });
}

void PostgresWriter::forget_key(const KeyPlace& place) {
    write(Right::admin, [&] {
        connection().ask("DELETE FROM unfinished_key WHERE key_file = $1 AND host = $2", place.path, place.host);
    });
}

void PostgresWriter::put_chosen(Comparison& comparison) {
    write(Right::operator_, [&] { dynamic_cast<PostgresComparison&>(comparison).put_chosen(); });
}

std::int64_t PostgresWriter::record(std::span<const core::HistoryEntry> entries) {
    return write(Right::operator_, [&] {
        if (store_revision_ == 0) {
            store_revision_ =
                connection().ask("UPDATE store SET revision = revision + 1 RETURNING revision").integer(0, 0);
            sequence_ = connection().ask("SELECT coalesce(max(sequence), 0) FROM history").integer(0, 0);
        }
        std::vector<core::HistoryEntry> numbered(entries.begin(), entries.end());
        for (auto& entry : numbered) {
            entry.sequence = ++sequence_;
            entry.store_revision = store_revision_;
        }
        put_with_checksum(connection(), "history", history_columns(), std::span<const core::HistoryEntry>{numbered});
        return store_revision_;
    });
}

/// Nobody of this database committed them.
void PostgresWriter::take_over(std::span<const core::HistoryEntry> entries) {
    write(Right::owner, [&] {
        RowInserter put{connection(), "history", names_of(history_columns()) + ", checksum, db_user"};
        for (const auto& entry : entries) {
            auto row = row_of(history_columns(), entry);
            row.emplace_back(checksum_of(row));
            row.push_back(entry.db_user ? Value::borrowed(*entry.db_user) : Value{});
            put.add(std::move(row));
        }
        put.flush();
    });
}

void PostgresWriter::take_over(std::int64_t store_revision, const std::string& created_at) {
    write(Right::owner,
          [&] { connection().ask("UPDATE store SET revision = $1, created_at = $2", store_revision, created_at); });
}

CommitOutcome PostgresWriter::try_commit() {
    const auto id = new_receipt_id();
    const auto role = connection().role();
    const PostgresWork work{
        .doing = "commit to", .store = connection().name(), .role = role, .right = Right::operator_};
    try {
        const auto revision = store_revision_ > 0 ? Value{store_revision_} : Value{};
        connection().ask("INSERT INTO receipt (id, store_revision) VALUES ($1::uuid, $2)", id, revision);
    } catch (const PostgresFailure& failure) {
        transaction().undo();
        return {CommitEnd::not_committed, error_of(failure, work)};
    }
    try {
        transaction().commit();
        return {};
    } catch (const PostgresFailure& failure) {
        if (!failure.is_lost) {
            transaction().undo();
            return {CommitEnd::not_committed, error_of(failure, work)};
        }
        return look_for(id, error_of(failure, work));
    }
}

/// The answer to COMMIT was lost.
CommitOutcome PostgresWriter::look_for(const std::string& id, core::Error error) {
    switch (find_receipt(connection().location(), id)) {
    case Receipt::there:
        return {.was_looked_for = true};
    case Receipt::absent:
        return {CommitEnd::not_committed, std::move(error)};
    case Receipt::unknown:
        break;
    }
    core::Error unknown{core::ErrorKind::unknown,
                        fmt::format("the connection to the store {} was lost during the commit, and it is not known "
                                    "whether that is in the store",
                                    connection().name())};
    unknown.cause = error.cause;
    unknown.commit_id = id;
    return {
        CommitEnd::unknown,
        std::move(unknown)
            .hint(fmt::format("find out with `xmppfed history --commit-id {}` before you run the command again", id))
            .hint("files that belong to the change stay")};
}

}  // namespace xmppfed::store
