#include "store/postgres/schema.hpp"

#include <fmt/format.h>

#include "core/text/text.hpp"
#include "store/postgres/migrations.hpp"
#include "store/postgres/rows.hpp"
#include "store/postgres/transaction.hpp"

namespace xmppfed::store {

namespace {

using core::Error;
using core::ErrorKind;

constexpr std::int64_t schema_lock = 0x786d707066656400;  // of whoever makes a schema, before there is anything to lock

/// Rows of `claim` and `partner` for who edits partners, and what every commit writes.
constexpr const char* operator_grants = R"(
    GRANT INSERT, UPDATE, DELETE ON partner, claim TO {0};
    GRANT UPDATE (revision) ON store TO {0};
    GRANT INSERT ({1}, checksum) ON history TO {0};
    GRANT INSERT (id, store_revision) ON receipt TO {0};
    GRANT DELETE ON write_lock TO {0};
)";
constexpr const char* viewer_grants = R"(
    GRANT USAGE ON SCHEMA xmppfed TO {0};
    GRANT SELECT ON ALL TABLES IN SCHEMA xmppfed TO {0};
    GRANT EXECUTE ON FUNCTION clock() TO {0};
)";
constexpr const char* admin_grants = R"(
    GRANT INSERT, UPDATE, DELETE ON edge, edge_domain, gateway, cert_request, unfinished_key TO {0};
)";
constexpr const char* owner_grants = R"(
    GRANT ALL ON SCHEMA xmppfed TO {0};
    GRANT ALL ON ALL TABLES IN SCHEMA xmppfed TO {0};
    GRANT EXECUTE ON FUNCTION clock() TO {0};
)";
constexpr const char* no_grants = R"(
    REVOKE ALL ON ALL TABLES IN SCHEMA xmppfed FROM {0};
    REVOKE ALL ({1}, checksum, db_user) ON history FROM {0};
    REVOKE ALL (id, store_revision, db_user, client_address, committed_at) ON receipt FROM {0};
    REVOKE ALL (revision) ON store FROM {0};
    REVOKE ALL ON FUNCTION clock() FROM {0};
    REVOKE ALL ON SCHEMA xmppfed FROM {0};
)";

void require_utf8(PostgresConnection& connection) {
    const auto found = connection.run_script("SHOW server_encoding");
    if (found.text(0, 0) != "UTF8") {
        throw Error{ErrorKind::failed, fmt::format("the database {} is not in UTF-8 but in {}", connection.name(),
                                                   core::quote(found.text(0, 0)))}
            .hint("make one with `createdb --encoding=UTF8 --template=template0`");
    }
}

/// The schema's version; 0 when there is none yet.
std::int64_t version_in(PostgresConnection& connection) {
    if (connection.ask("SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = 'xmppfed'").rows() == 0) {
        return 0;
    }
    if (connection.ask("SELECT to_regclass('xmppfed.store') IS NULL").text(0, 0) == "t") {
        const auto found =
            connection.ask("SELECT 1 FROM pg_catalog.pg_class WHERE relnamespace = 'xmppfed'::regnamespace LIMIT 1");
        if (found.rows() > 0) {
            throw Error{ErrorKind::failed,
                        fmt::format("the schema xmppfed in the database {} is not a store of ours", connection.name())}
                .hint("a store takes a database that has no schema of that name");
        }
        return 0;
    }
    return connection.ask("SELECT schema_version FROM xmppfed.store").integer(0, 0);
}

/// Who is not the owner is only warned of a GRANT that gave nothing.
void require_owner(PostgresConnection& connection) {
    const auto found =
        connection.ask("SELECT pg_has_role(nspowner, 'USAGE') FROM pg_catalog.pg_namespace WHERE nspname = 'xmppfed'");
    if (found.rows() == 0 || found.text(0, 0) != "t") {
        throw PostgresFailure{.state = std::string{sqlstate::insufficient_privilege},
                              .text = "it owns another schema, or none"};
    }
}

std::string quoted_role(PostgresConnection& connection, const std::string& role) {
    const auto found = connection.ask("SELECT quote_ident(rolname) FROM pg_catalog.pg_roles WHERE rolname = $1", role);
    if (found.rows() == 0) {
        throw Error{ErrorKind::not_found, fmt::format("the database knows no role {}", core::quote(role))}.hint(
            "make it with `createuser`, or name one that is there; xmppfed makes none");
    }
    return std::string{found.text(0, 0)};
}

bool owns_store(PostgresConnection& connection, const std::string& role) {
    const auto found = connection.ask(
        "SELECT 1 FROM pg_catalog.pg_namespace AS n JOIN pg_catalog.pg_roles AS r ON r.oid = n.nspowner "
        "WHERE n.nspname = 'xmppfed' AND r.rolname = $1",
        role);
    return found.rows() > 0;
}

/// Foreign keys are looked after in the name of the owner, without whose rights nobody could commit anything.
void refuse_less_than_all(const Grant& grant) {
    if (grant.right != Right::admin) {
        throw Error{ErrorKind::conflict,
                    fmt::format("the role {} owns the store: no right can be taken from it", core::quote(grant.role))}
            .hint("leave it out, and work as another role");
    }
}

void grant_right(PostgresConnection& connection, const Grant& grant) {
    const auto role = quoted_role(connection, grant.role);
    const auto columns = names_of(history_columns());
    const auto run = [&](const char* statements) {
        connection.run_script(fmt::format(fmt::runtime(statements), role, columns));
    };
    if (owns_store(connection, grant.role)) {
        refuse_less_than_all(grant);
        run(owner_grants);
        return;
    }
    run(no_grants);
    run(viewer_grants);
    switch (grant.right) {
    case Right::viewer:
    case Right::owner:
        break;
    case Right::admin:
        run(admin_grants);
        [[fallthrough]];
    case Right::operator_:
        run(operator_grants);
        break;
    }
}

/// Who has which right: a table that a migration adds is for them too.
std::vector<Grant> grants_in(PostgresConnection& connection) {
    const auto found = connection.ask(
        "SELECT r.rolname, bool_or(c.relname = 'write_lock' AND a.privilege_type = 'DELETE'), "
        "bool_or(c.relname = 'edge' AND a.privilege_type = 'INSERT') "
        "FROM pg_catalog.pg_class AS c CROSS JOIN LATERAL aclexplode(c.relacl) AS a "
        "JOIN pg_catalog.pg_roles AS r ON r.oid = a.grantee "
        "WHERE c.relnamespace = 'xmppfed'::regnamespace AND a.grantee <> c.relowner GROUP BY r.rolname");
    std::vector<Grant> grants;
    for (int row = 0; row < found.rows(); ++row) {
        const auto has = [&](int column) { return found.text(row, column) == "t"; };
        grants.push_back({.role = std::string{found.text(row, 0)},
                          .right = has(2)   ? Right::admin
                                   : has(1) ? Right::operator_
                                            : Right::viewer});
    }
    return grants;
}

void migrate(PostgresConnection& connection, std::int64_t version) {
    for (const auto& migration : postgres_migrations()) {
        if (migration.version > version) {
            connection.run_script(std::string{migration.sql});
        }
    }
    connection.ask(version == 0 ? "INSERT INTO store (id, application, schema_version, revision, created_at) "
                                  "VALUES (1, 'xmppfed', $1, 0, clock())"
                                : "UPDATE store SET schema_version = $1",
                   std::int64_t{postgres_migrations().back().version});
}

}  // namespace

Definition::Definition(PostgresConnection& connection) : connection_{connection} {
    const auto wait = std::max<std::int64_t>(connection.patience().count(), 1);
    connection.guard("make", Right::owner, [&] {
        connection.run_script(
            fmt::format("BEGIN; SET LOCAL search_path = xmppfed, pg_temp; SET LOCAL lock_timeout = {}; "
                        "SET LOCAL client_connection_check_interval = '1s'; SET LOCAL client_min_messages = 'error'",
                        wait));
    });
}

Definition::~Definition() {
    try {
        if (connection_.has_transaction()) {
            connection_.run_script("ROLLBACK");
        }
    } catch (const PostgresFailure&) {  // NOLINT(bugprone-empty-catch): it goes with the connection
    } catch (const Error&) {            // NOLINT(bugprone-empty-catch)
    }
}

void Definition::make_schema() {
    connection_.guard("make", Right::owner, [this] {
        require_utf8(connection_);
        connection_.run_script(fmt::format("SELECT pg_advisory_xact_lock({})", schema_lock));
        const auto version = version_in(connection_);
        if (version == 0) {
            connection_.run_script("CREATE SCHEMA IF NOT EXISTS xmppfed");
            migrate(connection_, version);
        } else if (version < postgres_migrations().back().version) {
            require_owner(connection_);
            migrate(connection_, version);
            for (const auto& grant : grants_in(connection_)) {
                grant_right(connection_, grant);
            }
        } else {
            require_newest(connection_.name(), version);
        }
    });
}

void Definition::grant(std::span<const Grant> grants) {
    if (grants.empty()) {
        return;
    }
    connection_.guard("grant rights in", Right::owner, [&] {
        require_owner(connection_);
        for (const auto& grant : grants) {
            grant_right(connection_, grant);
        }
    });
}

void Definition::commit() {
    connection_.guard("make", Right::owner, [this] { connection_.run_script("COMMIT"); });
}

void make_schema(PostgresConnection& connection) {
    Definition definition{connection};
    definition.make_schema();
    definition.commit();
}

void grant_rights(PostgresConnection& connection, std::span<const Grant> grants) {
    Definition definition{connection};
    definition.grant(grants);
    definition.commit();
}

}  // namespace xmppfed::store
