#include "store/sqlite/rows.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/text/text.hpp"

namespace xmppfed::store {

namespace {

template <class E>
E read_enum(const SQLite::Column& column) {
    const auto text = column.getString();
    const auto value = core::parse_enum<E>(text);
    if (!value) {
        throw core::damaged_store(fmt::format("{} is no value of {}", core::quote(text), column.getName()));
    }
    return *value;
}

std::optional<std::string> text_or_none(const SQLite::Column& column) {
    return column.isNull() ? std::nullopt : std::optional{column.getString()};
}

std::optional<std::string> unless_empty(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional{text};
}

void bind_optional(SQLite::Statement& statement, int index, const auto& value) {
    if (value) {
        statement.bind(index, *value);
    } else {
        statement.bind(index);
    }
}

}  // namespace

const char* const partner_columns =
    "primary_domain, description, type, tls, sasl, dialback, proxy_fqdn, connection_limit, keepalive, enabled, "
    "revision, created_at, updated_at";

const char* const on_same_partner =
    "ON CONFLICT (primary_domain) DO UPDATE SET description = excluded.description, type = excluded.type, "
    "tls = excluded.tls, sasl = excluded.sasl, dialback = excluded.dialback, proxy_fqdn = excluded.proxy_fqdn, "
    "connection_limit = excluded.connection_limit, keepalive = excluded.keepalive, enabled = excluded.enabled, "
    "revision = excluded.revision, created_at = excluded.created_at, updated_at = excluded.updated_at";

const char* const additional_domains_sql =
    "SELECT domain FROM main.claim WHERE partner = ?1 AND domain <> ?1 ORDER BY domain";

void read_additional_domains(SQLite::Statement& select, core::CommittedPartner& partner) {
    select.reset();
    select.bind(1, partner.primary_domain);
    while (select.executeStep()) {
        partner.additional_domains.push_back(select.getColumn(0).getString());
    }
}

core::CommittedPartner read_partner(SQLite::Statement& row, int first) {
    int column = first;
    const auto next = [&] { return row.getColumn(column++); };
    core::CommittedPartner partner;
    partner.primary_domain = next().getString();
    partner.description = next().getString();
    partner.type = read_enum<core::PartnerType>(next());
    partner.negotiation.tls = read_enum<core::Level>(next());
    partner.negotiation.sasl = read_enum<core::Level>(next());
    partner.negotiation.dialback = next().getInt() != 0;
    partner.proxy_fqdn = text_or_none(next());
    if (const auto limit = next(); !limit.isNull()) {
        partner.connection_limit = limit.getInt64();
    }
    partner.keepalive = next().getInt() != 0;
    partner.enabled = next().getInt() != 0;
    partner.revision = next().getInt64();
    partner.created_at = next().getString();
    partner.updated_at = next().getString();
    return partner;
}

void bind_partner(SQLite::Statement& statement, const core::CommittedPartner& partner) {
    int index = 0;
    statement.bind(++index, partner.primary_domain);
    statement.bind(++index, partner.description);
    statement.bind(++index, std::string{name_of(partner.type)});
    statement.bind(++index, std::string{name_of(partner.negotiation.tls)});
    statement.bind(++index, std::string{name_of(partner.negotiation.sasl)});
    statement.bind(++index, partner.negotiation.dialback ? 1 : 0);
    bind_optional(statement, ++index, partner.proxy_fqdn);
    bind_optional(statement, ++index, partner.connection_limit);
    statement.bind(++index, partner.keepalive ? 1 : 0);
    statement.bind(++index, partner.enabled ? 1 : 0);
    statement.bind(++index, partner.revision);
    statement.bind(++index, partner.created_at);
    statement.bind(++index, partner.updated_at);
}

const char* const request_columns =
    "number, state, subject, names, key_algorithm, key_bits, key_curve, csr, csr_file, key_file, friendly_name, "
    "template, exportable, created_at, basis, renews, certificate, assigned_at, directory";

core::CertRequest read_request(SQLite::Statement& row) {
    int column = 0;
    const auto next = [&] { return row.getColumn(column++); };
    core::CertRequest request;
    request.number = next().getInt64();
    request.state = read_enum<core::RequestState>(next());
    request.subject = core::subject_from_text(next().getString());
    request.names = core::names_from_text(next().getString());
    request.key.algorithm = read_enum<core::KeyAlgorithm>(next());
    request.key.bits = next().getInt();
    if (const auto curve = next(); curve.getBytes() > 0) {
        request.key.curve = read_enum<core::Curve>(curve);
    }
    request.csr = next().getString();
    request.csr_file = text_or_none(next());
    request.key_file = next().getString();
    request.friendly_name = next().getString();
    request.template_name = text_or_none(next()).value_or("");
    request.exportable = next().getInt() != 0;
    request.created_at = next().getString();
    request.basis = core::basis_from_text(next().getString());
    if (const auto renews = next(); !renews.isNull()) {
        request.renews = renews.getInt64();
    }
    if (const auto certificate = next(); !certificate.isNull()) {
        request.certificate = core::certificate_from_text(certificate.getString());
    }
    request.assigned_at = text_or_none(next()).value_or("");
    request.directory = text_or_none(next()).value_or("");
    return request;
}

void put_request(SQLite::Statement& statement, const core::CertRequest& request) {
    using core::JsonLayout;
    const auto names = core::to_text(request.names);
    const bool is_rsa = request.key.algorithm == core::KeyAlgorithm::rsa;
    int index = 0;
    statement.bind(++index, request.number);
    statement.bind(++index, std::string{name_of(request.state)});
    statement.bind(++index, core::to_text(core::to_json(request.subject), JsonLayout::compact));
    statement.bindNoCopy(++index, names);
    statement.bind(++index, std::string{name_of(request.key.algorithm)});
    statement.bind(++index, is_rsa ? request.key.bits : 0);
    statement.bind(++index, is_rsa ? std::string{} : std::string{name_of(request.key.curve)});
    statement.bindNoCopy(++index, request.csr);
    bind_optional(statement, ++index, request.csr_file);
    statement.bind(++index, request.key_file);
    statement.bind(++index, request.friendly_name);
    bind_optional(statement, ++index, unless_empty(request.template_name));
    statement.bind(++index, request.exportable ? 1 : 0);
    statement.bind(++index, request.created_at);
    statement.bind(++index, core::to_text(core::to_json(request.basis), JsonLayout::compact));
    bind_optional(statement, ++index, request.renews);
    bind_optional(statement, ++index,
                  request.certificate
                      ? std::optional{core::to_text(core::to_json(*request.certificate), JsonLayout::compact)}
                      : std::nullopt);
    bind_optional(statement, ++index, unless_empty(request.assigned_at));
    bind_optional(statement, ++index, unless_empty(request.directory));
    statement.exec();
}

const char* const edge_columns =
    "access_edge, web_conferencing, has_xmpp_domains, organization, organizational_unit, city, state, country";

core::Edge read_edge(SQLite::Statement& row) {
    int column = 0;
    const auto next = [&] { return row.getColumn(column++); };
    core::Edge edge;
    edge.access_edge = next().getString();
    edge.web_conferencing = next().getString();
    if (next().getInt() != 0) {
        edge.xmpp_domains.emplace();
    }
    edge.organization = next().getString();
    edge.organizational_unit = next().getString();
    edge.city = next().getString();
    edge.state = next().getString();
    edge.country = next().getString();
    return edge;
}

void bind_edge(SQLite::Statement& statement, const core::Edge& edge) {
    int index = 0;
    statement.bind(++index, edge.access_edge);
    statement.bind(++index, edge.web_conferencing);
    statement.bind(++index, edge.xmpp_domains ? 1 : 0);
    statement.bind(++index, edge.organization);
    statement.bind(++index, edge.organizational_unit);
    statement.bind(++index, edge.city);
    statement.bind(++index, edge.state);
    statement.bind(++index, edge.country);
}

const char* const history_columns =
    "sequence, store_revision, at, actor, message, action, subject, name, former_name, before, after";

core::HistoryEntry read_entry(SQLite::Statement& row) {
    int column = 0;
    const auto next = [&] { return row.getColumn(column++); };
    core::HistoryEntry entry;
    entry.sequence = next().getInt64();
    entry.store_revision = next().getInt64();
    entry.at = next().getString();
    entry.actor = next().getString();
    entry.message = next().getString();
    entry.action = next().getString();
    entry.subject = read_enum<core::Subject>(next());
    entry.name = next().getString();
    entry.former_name = text_or_none(next());
    entry.before = text_or_none(next());
    entry.after = text_or_none(next());
    return entry;
}

void bind_entry(SQLite::Statement& statement, const core::HistoryEntry& entry) {
    int index = 0;
    statement.bind(++index, entry.sequence);
    statement.bind(++index, entry.store_revision);
    statement.bind(++index, entry.at);
    statement.bind(++index, entry.actor);
    statement.bind(++index, entry.message);
    statement.bind(++index, entry.action);
    statement.bind(++index, std::string{name_of(entry.subject)});
    statement.bind(++index, entry.name);
    bind_optional(statement, ++index, entry.former_name);
    bind_optional(statement, ++index, entry.before);
    bind_optional(statement, ++index, entry.after);
}

}  // namespace xmppfed::store
