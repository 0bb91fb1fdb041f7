#include "store/postgres/check.hpp"

#include <iterator>
#include <optional>
#include <tuple>

#include <fmt/format.h>

#include "core/store_audit.hpp"
#include "core/text/text.hpp"
#include "core/text/timestamp.hpp"
#include "store/postgres/rows.hpp"

namespace xmppfed::store {

namespace {

core::Diagnostic damaged_rows(std::string_view problem) {
    return core::damage(fmt::format("the database is damaged: {}", problem));
}

void check_claims(PostgresConnection& connection, core::Diagnostics& diagnostics) {
    PostgresCursor orphans{connection,
                           "SELECT domain, partner FROM claim WHERE NOT EXISTS "
                           "(SELECT 1 FROM partner WHERE primary_domain = claim.partner) ORDER BY domain"};
    while (orphans.next()) {
        diagnostics.push_back(core::damage(fmt::format("the domain {} is claimed by {}, which is no partner",
                                                       core::quote(orphans.text(0)), core::quote(orphans.text(1)))));
    }
    PostgresCursor unclaimed{connection,
                             "SELECT primary_domain FROM partner WHERE NOT EXISTS (SELECT 1 FROM claim WHERE domain = "
                             "primary_domain AND partner = primary_domain) ORDER BY primary_domain"};
    while (unclaimed.next()) {
        diagnostics.push_back(core::damage(
            fmt::format("the partner {} does not claim its primary domain", core::quote(unclaimed.text(0))),
            core::escape(unclaimed.text(0))));
    }
}

/// The checksum stands behind the columns of the row.
template <class Entity>
void check_checksum(const PostgresCursor& rows, std::string_view table, std::span<const Column<Entity>> columns,
                    core::Diagnostics& diagnostics) {
    std::vector<Value> values;
    int index = 0;
    for (const auto& column : columns) {
        values.push_back(rows.rows().value(rows.row(), index++, column.kind));
    }
    if (!rows.is_null(index) && rows.integer(index) != checksum_of(values)) {
        diagnostics.push_back(
            damaged_rows(fmt::format("the row {} of the table {} is not what was written: its checksum differs",
                                     core::quote(rows.text(0)), table)));
    }
}

void read_history(PostgresConnection& connection, core::StoreAudit& audit, core::Diagnostics& diagnostics) {
    PostgresCursor entries{
        connection, fmt::format("SELECT {}, checksum FROM history ORDER BY sequence", names_of(history_columns()))};
    while (entries.next()) {
        check_checksum(entries, "history", history_columns(), diagnostics);
        try {
            audit.add(entries.read(history_columns()));
        } catch (const core::Error& error) {
            audit.add_unreadable(entries.integer(0), core::text_of(error));
        }
    }
}

/// The history of one kind of subject, by the names that its entries are under. Numbers are sorted as such.
class NamedEntries {
  public:
    NamedEntries(PostgresConnection& connection, core::Subject subject, core::StoreAudit& audit)
        : is_numbered_{subject == core::Subject::cert_request},
          audit_{audit},
          rows_{connection,
                fmt::format("SELECT {0}, trail FROM (SELECT {0}, name AS trail FROM history WHERE subject = '{1}' "
                            "UNION ALL SELECT {0}, former_name FROM history WHERE subject = '{1}' AND former_name <> "
                            "name) AS under_names ORDER BY {2}trail, sequence",
                            names_of(history_columns()), core::name_of(subject),
                            is_numbered_ ? "char_length(trail), " : "")} {
        step();
    }

    void follow_to(const std::string& name) {
        while (has_entry_ && is_before_or_at(name)) {
            audit_.follow(rows_.read(history_columns()), name_);
            step();
        }
    }
    void follow_all() {
        while (has_entry_) {
            audit_.follow(rows_.read(history_columns()), name_);
            step();
        }
    }

  private:
    void step() {
        has_entry_ = rows_.next();
        if (has_entry_) {
            name_ = rows_.text(static_cast<int>(history_columns().size()));
        }
    }
    [[nodiscard]] bool is_before_or_at(const std::string& name) const {
        return is_numbered_ ? std::tuple{name_.size(), name_} <= std::tuple{name.size(), name} : name_ <= name;
    }

    bool is_numbered_;
    core::StoreAudit& audit_;
    PostgresCursor rows_;
    bool has_entry_ = false;
    std::string name_;
};

void compare_partners(PostgresConnection& connection, core::StoreAudit& audit, const Readable& readable) {
    NamedEntries entries{connection, core::Subject::partner, audit};
    PostgresCursor partners{connection, select_partners_and_rival()};
    while (partners.next()) {
        const std::string name{partners.text(0)};
        entries.follow_to(name);
        try {
            const auto partner = read_partner(partners.rows(), partners.row());
            audit.compare(partner);
            if (readable.partner) {
                readable.partner(partner, rivals_of_partner(partners.rows(), partners.row()));
            }
        } catch (const core::Error& error) {
            audit.compare_unreadable(core::Subject::partner, name, core::text_of(error));
        }
    }
    entries.follow_all();
}

/// Of a subject that there is one of.
void compare_whole(PostgresConnection& connection, core::Subject subject, core::StoreAudit& audit, const auto& read) {
    NamedEntries entries{connection, subject, audit};
    entries.follow_to(std::string{core::name_of(subject)});
    audit.compare(read());
    entries.follow_all();
}

void compare_requests(PostgresConnection& connection, core::StoreAudit& audit, const Readable& readable,
                      core::Diagnostics& diagnostics) {
    NamedEntries entries{connection, core::Subject::cert_request, audit};
    PostgresCursor requests{
        connection, fmt::format("SELECT {}, checksum FROM cert_request ORDER BY number", names_of(request_columns()))};
    while (requests.next()) {
        const std::string name{requests.text(0)};
        entries.follow_to(name);
        check_checksum(requests, "cert_request", request_columns(), diagnostics);
        try {
            const auto request = requests.read(request_columns());
            audit.compare(request);
            if (readable.request) {
                readable.request(request);
            }
        } catch (const core::Error& error) {
            audit.compare_unreadable(core::Subject::cert_request, name, core::text_of(error));
        }
    }
    entries.follow_all();
}

}  // namespace

core::Diagnostics check_database(Reader& reader, PostgresConnection& connection, const Readable& readable) {
    core::Diagnostics diagnostics;
    const auto check = [&](const auto& look) {
        try {
            look();
        } catch (const core::Error& error) {
            diagnostics.push_back(core::damage(core::text_of(error)));
        }
    };
    check([&] { check_claims(connection, diagnostics); });
    core::StoreAudit audit;
    check([&] { read_history(connection, audit, diagnostics); });
    check([&] { compare_partners(connection, audit, readable); });
    check([&] { compare_whole(connection, core::Subject::edge, audit, [&] { return reader.edge(); }); });
    check([&] { compare_whole(connection, core::Subject::gateway, audit, [&] { return reader.gateway(); }); });
    check([&] { compare_requests(connection, audit, readable, diagnostics); });
    const auto found = connection.ask("SELECT revision, created_at FROM store");
    if (!core::is_timestamp(found.text(0, 1))) {
        diagnostics.push_back(damaged_rows("the time at which the store was made is none"));
    }
    std::ranges::move(audit.finish(found.integer(0, 0)), std::back_inserter(diagnostics));
    return diagnostics;
}

}  // namespace xmppfed::store
