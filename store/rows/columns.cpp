#include "store/rows/columns.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/partner/partner_fields.hpp"
#include "core/text/text.hpp"

namespace xmppfed::store {

using core::CertRequest;
using core::CommittedPartner;
using core::Edge;
using core::Gateway;
using core::HistoryEntry;
using core::Negotiation;

/// A text of JSON, which `parse` reads again.
template <class T, T (*parse)(const std::string&)>
struct JsonForm {
    static constexpr auto kind = Kind::text;
    static constexpr bool is_optional = false;
    static Value put(const T& value) { return Value{core::to_text(core::to_json(value), core::JsonLayout::compact)}; }
    static T take(const Cell& cell, std::string_view /*name*/) { return parse(std::string{cell.text()}); }
};

template <>
struct Form<core::CertSubject> : JsonForm<core::CertSubject, core::subject_from_text> {};
template <>
struct Form<core::RequestBasis> : JsonForm<core::RequestBasis, core::basis_from_text> {};
template <>
struct Form<core::IssuedCertificate> : JsonForm<core::IssuedCertificate, core::certificate_from_text> {};
template <>
struct Form<std::vector<core::CertName>> : JsonForm<std::vector<core::CertName>, core::names_from_text> {
    static Value put(const std::vector<core::CertName>& names) { return Value{core::to_text(names)}; }
};

namespace {

/// Ids of rules whose warnings are accepted, with blanks between them.
struct RuleIds {
    static constexpr auto kind = Kind::text;
    static constexpr bool is_optional = false;
    static Value put(const std::vector<std::string>& ids) { return Value{core::join(ids, " ")}; }
    static std::vector<std::string> take(const Cell& cell, std::string_view name) {
        const auto text = cell.text();
        auto ids = text.empty() ? std::vector<std::string>{} : core::split(text, ' ');
        const auto known = core::partner_field(core::accepted_warnings_key).values;
        for (const auto& id : ids) {
            if (std::ranges::count(known, id, &core::EnumValue::name) == 0) {
                throw core::damaged_store(fmt::format("{} is no value of {}", core::quote(id), name));
            }
        }
        return ids;
    }
};

bool is_rsa(const CertRequest& request) {
    return request.key.algorithm == core::KeyAlgorithm::rsa;
}

Value rsa_bits(const CertRequest& request) {
    return Form<int>::put(is_rsa(request) ? request.key.bits : 0);
}

void set_bits(CertRequest& request, const Cell& cell, std::string_view name) {
    request.key.bits = Form<int>::take(cell, name);
}

Value ec_curve(const CertRequest& request) {
    return is_rsa(request) ? Value{std::string{}} : Form<core::Curve>::put(request.key.curve);
}

void set_curve(CertRequest& request, const Cell& cell, std::string_view name) {
    if (!cell.text().empty()) {
        request.key.curve = Form<core::Curve>::take(cell, name);
    }
}

constexpr std::array wanted_of_partner{
    PartnerColumn::of<&CommittedPartner::primary_domain>("primary_domain"),
    PartnerColumn::of<&CommittedPartner::description>("description"),
    PartnerColumn::of<&CommittedPartner::type>("type"),
    PartnerColumn::of<&CommittedPartner::negotiation, &Negotiation::tls>("tls"),
    PartnerColumn::of<&CommittedPartner::negotiation, &Negotiation::sasl>("sasl"),
    PartnerColumn::of<&CommittedPartner::negotiation, &Negotiation::dialback>("dialback"),
    PartnerColumn::of<&CommittedPartner::proxy_fqdn>("proxy_fqdn"),
    PartnerColumn::of<&CommittedPartner::connection_limit>("connection_limit"),
    PartnerColumn::of<&CommittedPartner::keepalive>("keepalive"),
    PartnerColumn::as<RuleIds, &CommittedPartner::accepted_warnings>("accepted_warnings"),
    PartnerColumn::of<&CommittedPartner::enabled>("enabled"),
};
constexpr std::array added_to_partner{
    PartnerColumn::of<&CommittedPartner::revision>("revision"),
    PartnerColumn::of<&CommittedPartner::created_at>("created_at"),
    PartnerColumn::of<&CommittedPartner::updated_at>("updated_at"),
};
constexpr auto all_of_partner = [] {
    std::array<PartnerColumn, wanted_of_partner.size() + added_to_partner.size()> columns{};
    std::ranges::copy(added_to_partner, std::ranges::copy(wanted_of_partner, columns.begin()).out);
    return columns;
}();

constexpr std::array edge_table{
    EdgeColumn::of<&Edge::access_edge>("access_edge"),
    EdgeColumn::of<&Edge::web_conferencing>("web_conferencing"),
    EdgeColumn::as<IsThere<std::vector<std::string>>, &Edge::xmpp_domains>("has_xmpp_domains"),
    EdgeColumn::of<&Edge::organization>("organization"),
    EdgeColumn::of<&Edge::organizational_unit>("organizational_unit"),
    EdgeColumn::of<&Edge::city>("city"),
    EdgeColumn::of<&Edge::state>("state"),
    EdgeColumn::of<&Edge::country>("country"),
};

constexpr std::array gateway_table{
    GatewayColumn::of<&Gateway::connection_limit>("connection_limit"),
    GatewayColumn::of<&Gateway::partner_connection_limit>("partner_connection_limit"),
    GatewayColumn::of<&Gateway::keepalive_interval>("keepalive_interval"),
    GatewayColumn::of<&Gateway::establishment_timeout>("establishment_timeout"),
    GatewayColumn::of<&Gateway::inactivity_timeout>("inactivity_timeout"),
    GatewayColumn::of<&Gateway::subscription_refresh>("subscription_refresh"),
    GatewayColumn::of<&Gateway::log_message_bodies>("log_message_bodies"),
};

constexpr std::array request_table{
    RequestColumn::of<&CertRequest::number>("number"),
    RequestColumn::of<&CertRequest::state>("state"),
    RequestColumn::of<&CertRequest::subject>("subject"),
    RequestColumn::of<&CertRequest::names>("names"),
    RequestColumn::of<&CertRequest::key, &core::KeyKind::algorithm>("key_algorithm"),
    RequestColumn{"key_bits", Kind::integer, false, rsa_bits, set_bits},
    RequestColumn{"key_curve", Kind::text, false, ec_curve, set_curve},
    RequestColumn::of<&CertRequest::csr>("csr"),
    RequestColumn::of<&CertRequest::csr_file>("csr_file"),
    RequestColumn::of<&CertRequest::key_file>("key_file"),
    RequestColumn::of<&CertRequest::friendly_name>("friendly_name"),
    RequestColumn::as<UnlessEmpty, &CertRequest::template_name>("template"),
    RequestColumn::of<&CertRequest::exportable>("exportable"),
    RequestColumn::of<&CertRequest::created_at>("created_at"),
    RequestColumn::of<&CertRequest::basis>("basis"),
    RequestColumn::of<&CertRequest::renews>("renews"),
    RequestColumn::of<&CertRequest::certificate>("certificate"),
    RequestColumn::as<UnlessEmpty, &CertRequest::assigned_at>("assigned_at"),
    RequestColumn::as<UnlessEmpty, &CertRequest::directory>("directory"),
    RequestColumn::as<UnlessEmpty, &CertRequest::retired_at>("retired_at"),
    RequestColumn::of<&CertRequest::retirement_reason>("retirement_reason"),
    RequestColumn::as<UnlessEmpty, &CertRequest::host>("host"),
};

constexpr std::array history_table{
    HistoryColumn::of<&HistoryEntry::sequence>("sequence"),
    HistoryColumn::of<&HistoryEntry::store_revision>("store_revision"),
    HistoryColumn::of<&HistoryEntry::at>("at"),
    HistoryColumn::of<&HistoryEntry::actor>("actor"),
    HistoryColumn::of<&HistoryEntry::message>("message"),
    HistoryColumn::of<&HistoryEntry::action>("action"),
    HistoryColumn::of<&HistoryEntry::subject>("subject"),
    HistoryColumn::of<&HistoryEntry::name>("name"),
    HistoryColumn::of<&HistoryEntry::former_name>("former_name"),
    HistoryColumn::of<&HistoryEntry::before>("before"),
    HistoryColumn::of<&HistoryEntry::after>("after"),
};
constexpr std::size_t recorded_columns = 2;  // before and after

}  // namespace

std::span<const PartnerColumn> wanted_partner_columns() {
    return wanted_of_partner;
}

std::span<const PartnerColumn> committed_partner_columns() {
    return added_to_partner;
}

std::span<const PartnerColumn> partner_columns() {
    return all_of_partner;
}

std::span<const EdgeColumn> edge_columns() {
    return edge_table;
}

std::span<const GatewayColumn> gateway_columns() {
    return gateway_table;
}

std::span<const RequestColumn> request_columns() {
    return request_table;
}

std::span<const HistoryColumn> history_columns() {
    return history_table;
}

std::span<const HistoryColumn> history_heading_columns() {
    return history_columns().first(history_table.size() - recorded_columns);
}

}  // namespace xmppfed::store
