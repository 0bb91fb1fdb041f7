#include "core/edge/dns_records.hpp"

#include <fmt/format.h>
#include <libpsl.h>
#include <nlohmann/json.hpp>

#include "core/rule/rules.hpp"
#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

constexpr std::string_view service = "_xmpp-server._tcp";

void check_number(Diagnostics& diagnostics, std::string_view field, std::int64_t value, std::int64_t least,
                  std::int64_t most) {
    if (value < least || value > most) {
        diagnostics.push_back(
            make_diagnostic(rule::value_out_of_range, field,
                            fmt::format("{} is out of range: it must be from {} to {}", field, least, most),
                            "leave the option out for the usual value"));
    }
}

std::string zone_of(const std::string& domain) {
    const auto* registrable = psl_registrable_domain(psl_builtin(), domain.c_str());
    return registrable == nullptr ? domain : registrable;
}

/// A time span as PowerShell reads it: days.hours:minutes:seconds.
std::string time_span(std::int64_t seconds) {
    constexpr std::int64_t minute = 60;
    constexpr std::int64_t hour = 60 * minute;
    constexpr std::int64_t day = 24 * hour;
    return fmt::format("{}.{:02}:{:02}:{:02}", seconds / day, seconds % day / hour, seconds % hour / minute,
                       seconds % minute);
}

std::string powershell_line(const SrvRecord& record) {
    const auto zone = zone_of(record.domain);
    const auto below =
        record.domain == zone ? std::string{} : "." + record.domain.substr(0, record.domain.size() - zone.size() - 1);
    return fmt::format(
        "Add-DnsServerResourceRecord -Srv -ZoneName '{}' -Name '{}{}' -DomainName '{}.' -Priority {} -Weight {} -Port "
        "{} "
        "-TimeToLive '{}'\n",
        zone, service, below, record.target, record.priority, record.weight, record.port, time_span(record.ttl));
}

}  // namespace

Diagnostics check_numbers(const SrvNumbers& numbers) {
    constexpr std::int64_t most_seconds = 2147483647;
    constexpr std::int64_t most_16_bits = 65535;
    Diagnostics diagnostics;
    check_number(diagnostics, "ttl", numbers.ttl, 0, most_seconds);
    check_number(diagnostics, "priority", numbers.priority, 0, most_16_bits);
    check_number(diagnostics, "weight", numbers.weight, 0, most_16_bits);
    check_number(diagnostics, "port", numbers.port, 1, most_16_bits);
    return diagnostics;
}

std::vector<SrvRecord> srv_records(const Edge& edge, const SrvNumbers& numbers) {
    std::vector<SrvRecord> records;
    for (const auto& domain : effective_xmpp_domains(edge)) {
        records.push_back({.domain = domain,
                           .name = fmt::format("{}.{}", service, domain),
                           .ttl = numbers.ttl,
                           .priority = numbers.priority,
                           .weight = numbers.weight,
                           .port = numbers.port,
                           .target = edge.access_edge});
    }
    return records;
}

Diagnostics check_lengths(const std::vector<SrvRecord>& records) {
    constexpr std::size_t longest_name = 253;  // RFC 1035 2.3.4, as text without the root's dot
    Diagnostics diagnostics;
    for (const auto& record : records) {
        if (record.name.size() > longest_name) {
            diagnostics.push_back(make_diagnostic(rule::domain_invalid, "xmpp_domains",
                                                  fmt::format("the name {} has {} octets; at most {} are allowed",
                                                              quote(record.name), record.name.size(), longest_name),
                                                  "no DNS server can hold it: take the domain out of the edge's"));
        }
    }
    return diagnostics;
}

std::string zone_text(const std::vector<SrvRecord>& records) {
    std::string text;
    for (const auto& record : records) {
        text += fmt::format("{}. {} IN SRV {} {} {} {}.\n", record.name, record.ttl, record.priority, record.weight,
                            record.port, record.target);
    }
    return text;
}

std::string nsupdate_text(const std::vector<SrvRecord>& records) {
    std::string text;
    for (const auto& record : records) {
        text += fmt::format("update add {}. {} IN SRV {} {} {} {}.\nsend\n", record.name, record.ttl, record.priority,
                            record.weight, record.port, record.target);
    }
    return text;
}

std::string powershell_text(const std::vector<SrvRecord>& records) {
    std::string text;
    for (const auto& record : records) {
        text += powershell_line(record);  // names are letters, digits, hyphens and dots: quotes cannot be broken
    }
    return text;
}

Json to_json(const SrvRecord& record) {
    return Json::object({{"name", record.name},
                         {"type", "SRV"},
                         {"ttl", record.ttl},
                         {"priority", record.priority},
                         {"weight", record.weight},
                         {"port", record.port},
                         {"target", record.target},
                         {"domain", record.domain}});
}

}  // namespace xmppfed::core
