#include "core/gateway/gateway.hpp"

#include <array>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/field/field_row.hpp"
#include "core/field/stored_fields.hpp"
#include "core/rule/rules.hpp"
#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

using field_row::field;

constexpr std::string_view limits_page = "Limits";
constexpr std::string_view times_page = "Times";
constexpr std::string_view log_page = "Log";

const std::array fields_of_the_gateway{
    field<FieldKind::number, &Gateway::connection_limit>({
        .key = "connection_limit",
        .option = "connection-limit",
        .value_name = "N",
        .label = "Connection limit",
        .group = limits_page,
        .meaning = "simultaneous connections with all partners together",
    }),
    field<FieldKind::number, &Gateway::partner_connection_limit>({
        .key = "partner_connection_limit",
        .option = "partner-connection-limit",
        .value_name = "N",
        .label = "Partner connection limit",
        .group = limits_page,
        .meaning = "simultaneous connections with a partner that has no limit of its own",
    }),
    field<FieldKind::number, &Gateway::keepalive_interval>({
        .key = "keepalive_interval",
        .option = "keepalive-interval",
        .value_name = "SECONDS",
        .label = "Keep-alive interval",
        .group = times_page,
        .meaning = "how often a keep-alive is sent",
    }),
    field<FieldKind::number, &Gateway::establishment_timeout>({
        .key = "establishment_timeout",
        .option = "establishment-timeout",
        .value_name = "SECONDS",
        .label = "Establishment timeout",
        .group = times_page,
        .meaning = "how long a stream may take until it is authenticated",
    }),
    field<FieldKind::number, &Gateway::inactivity_timeout>({
        .key = "inactivity_timeout",
        .option = "inactivity-timeout",
        .value_name = "SECONDS",
        .label = "Inactivity timeout",
        .group = times_page,
        .meaning = "how long a stream may be silent when its partner must send keep-alives",
    }),
    field<FieldKind::number, &Gateway::subscription_refresh>({
        .key = "subscription_refresh",
        .option = "subscription-refresh",
        .value_name = "SECONDS",
        .label = "Subscription refresh",
        .group = times_page,
        .meaning = "how often a partner must renew its subscriptions; for Skype for Business only",
    }),
    field<FieldKind::boolean, &Gateway::log_message_bodies>({
        .key = "log_message_bodies",
        .option = "log-message-bodies",
        .value_name = "BOOLEAN",
        .label = "Log message bodies",
        .group = log_page,
        .meaning = "whether what people write is logged; for Skype for Business only",
    }),
};
static_assert(fields_of_the_gateway.size() <= most_fields);

}  // namespace

std::span<const GatewayField> gateway_fields() {
    return fields_of_the_gateway;
}

Gateway apply(const GatewayChange& change, Gateway before) {
    for (const auto& assignment : change) {
        assignment.field->read(before, assignment.items);
    }
    return before;
}

Diagnostics judge(const Gateway& gateway) {
    Diagnostics diagnostics;
    for (const auto& field : fields_of_the_gateway) {
        if (field.kind != FieldKind::number || is_in_range(field.write(gateway).get<std::int64_t>())) {
            continue;
        }
        diagnostics.push_back(make_diagnostic(rule::value_out_of_range, field.key,
                                              fmt::format("{} is out of range: it must be from {} to {}",
                                                          ascii_lower(field.label), least_number, largest_number),
                                              fmt::format("the default is {}", field.write(Gateway{}).dump())));
    }
    return diagnostics;
}

Gateway gateway_from_text(const std::string& text) {
    return stored_fields::subject_from_text<Gateway>(text, gateway_fields());
}

Json to_json(const Gateway& gateway) {
    Json json = Json::object();
    for (const auto& field : fields_of_the_gateway) {
        json[std::string{field.key}] = field.write(gateway);
    }
    return json;
}

}  // namespace xmppfed::core
