#include "net/dns/domain_lookup.hpp"

#include <algorithm>
#include <memory>
#include <tuple>

#include <fmt/format.h>

namespace xmppfed::net {

namespace {

using core::DnsFailure;
using core::DnsState;
using core::Service;

constexpr std::size_t most_services = 32;  // of a domain; whoever publishes more is not worth the questions

std::string_view label_of(Service service) {
    return service == Service::xmpp_server ? "_xmpp-server._tcp" : "_xmpps-server._tcp";
}

/// The state of two answers together: no better than the worse one.
DnsState weaker(DnsState one, DnsState other) {
    return std::max(one, other);  // in the order of the enumerators
}

/// Where the aliases in an answer lead from `name`, and whether it is one. A loop leads nowhere.
std::string end_of_aliases(const std::vector<Record>& records, std::string name) {
    for (std::size_t step = 0; step <= records.size(); ++step) {
        const auto alias = std::ranges::find_if(
            records, [&](const auto& record) { return record.type == RecordType::cname && record.owner == name; });
        if (alias == records.end()) {
            return name;
        }
        name = alias->value;
    }
    return {};
}

/// One domain on its way. Whatever is asked holds it, so that it lives until the last answer.
class DomainLookup : public std::enable_shared_from_this<DomainLookup> {
  public:
    DomainLookup(Resolver& resolver, const std::string& domain, std::function<void(core::DnsFacts)> receive)
        : resolver_{resolver}, receive_{std::move(receive)} {
        facts_.domain = domain;
    }

    void begin() {
        const auto next = [this] { ask_for_targets(); };
        for (const auto service : {Service::xmpp_server, Service::xmpps_server}) {
            ask(
                {fmt::format("{}.{}", label_of(service), facts_.domain), RecordType::srv},
                [this, service](const Reply& reply) { take_services(service, reply); }, next);
        }
    }

  private:
    void ask(const Question& question, Receiver take, const std::function<void()>& next) {
        ++pending_;
        resolver_.ask(question, [self = shared_from_this(), take = std::move(take), next](const Reply& reply) {
            take(reply);
            if (--self->pending_ == 0) {
                next();
            }
        });
    }

    void note_failure(const Reply& reply) {
        if (reply.failure != DnsFailure::none && facts_.failure != DnsFailure::bogus) {
            facts_.failure = reply.failure;
            facts_.reason = reply.reason;
        }
    }

    void take_services(Service service, const Reply& reply);
    void ask_for_targets();
    void ask_for_addresses(core::DnsTarget& target);
    void take_addresses(core::DnsTarget& target, RecordType type, const Reply& reply);
    void ask_for_tlsa();
    void finish();

    Resolver& resolver_;
    std::function<void(core::DnsFacts)> receive_;
    core::DnsFacts facts_;
    std::size_t pending_ = 0;
    bool knows_servers_ = false;                   ///< what there is of _xmpp-server, be it nothing, was told
    DnsState services_state_ = DnsState::secure;   ///< until an answer is worse
    DnsState addresses_state_ = DnsState::secure;  ///< the same
};

void DomainLookup::take_services(Service service, const Reply& reply) {
    note_failure(reply);
    if (reply.failure != DnsFailure::none) {
        facts_.unanswered.push_back(fmt::format("{}.{}: {}", label_of(service), facts_.domain, reply.reason));
    } else if (service == Service::xmpp_server) {
        knows_servers_ = true;
    }
    services_state_ = weaker(services_state_, reply.state);
    for (const auto& record : reply.records) {
        if (record.type == RecordType::srv) {
            facts_.services.push_back({.service = service,
                                       .priority = record.priority,
                                       .weight = record.weight,
                                       .port = record.port,
                                       .target = record.value});
        }
    }
}

void DomainLookup::ask_for_targets() {
    const auto rank = [](const core::DnsService& each) {
        return std::tuple{each.priority, -each.weight, each.service, each.target, each.port};
    };
    std::ranges::sort(facts_.services, {}, rank);
    if (facts_.services.size() > most_services) {
        facts_.services.resize(most_services);
    }
    // Without a record for _xmpp-server the domain's own addresses count, whatever there is of the other.
    if (facts_.is_unanswered() && (knows_servers_ || !facts_.services.empty())) {
        facts_.failure = DnsFailure::none;
        facts_.reason.clear();
    }
    if (facts_.failure != DnsFailure::none) {
        facts_.unanswered.clear();  // it is told as the failure
        finish();
        return;
    }
    for (const auto& service : facts_.services) {
        if (service.target != "." && facts_.target(service.target) == nullptr) {
            facts_.targets.push_back({.name = service.target});
        }
    }
    if (facts_.is_fallback()) {
        facts_.targets.push_back({.name = facts_.domain});
    }
    if (facts_.targets.empty()) {
        finish();
        return;
    }
    for (auto& target : facts_.targets) {  // they stay where they are from now on
        ask_for_addresses(target);
    }
}

void DomainLookup::ask_for_addresses(core::DnsTarget& target) {
    const auto next = [this] { ask_for_tlsa(); };
    for (const auto type : {RecordType::aaaa, RecordType::a}) {
        ask(
            {target.name, type}, [this, &target, type](const Reply& reply) { take_addresses(target, type, reply); },
            next);
    }
}

void DomainLookup::take_addresses(core::DnsTarget& target, RecordType type, const Reply& reply) {
    note_failure(reply);
    if (reply.failure != DnsFailure::none) {
        target.unanswered = reply.reason;
    }
    addresses_state_ = weaker(addresses_state_, reply.state);
    const auto owner = end_of_aliases(reply.records, target.name);
    if (owner != target.name) {
        const auto alias = std::ranges::find(reply.records, target.name, &Record::owner);
        target.alias_of = alias->value;
    }
    for (const auto& record : reply.records) {
        if (record.type == type && record.owner == owner) {
            // IPv6 first, whichever answer comes first.
            const auto place =
                type == RecordType::aaaa
                    ? std::ranges::find_if(target.addresses,
                                           [](const auto& text) { return text.find(':') == std::string::npos; })
                    : target.addresses.end();
            target.addresses.insert(place, record.value);
        }
    }
}

void DomainLookup::ask_for_tlsa() {
    if (services_state_ != DnsState::secure || facts_.is_fallback()) {
        finish();
        return;
    }
    const auto next = [this] { finish(); };
    for (const auto& service : facts_.services) {
        if (service.target == ".") {
            continue;
        }
        ask(
            {fmt::format("_{}._tcp.{}", service.port, service.target), RecordType::tlsa},
            [this, target = service.target, port = service.port](const Reply& reply) {
                for (const auto& record : reply.records) {
                    if (record.type == RecordType::tlsa && reply.state == DnsState::secure) {
                        facts_.tlsa.push_back(
                            {target, port, record.usage, record.selector, record.matching, record.value});
                    }
                }
            },
            next);
    }
}

void DomainLookup::finish() {
    const auto has_address =
        std::ranges::any_of(facts_.targets, [](const auto& each) { return !each.addresses.empty(); });
    if (facts_.failure != DnsFailure::bogus && has_address) {
        facts_.failure = DnsFailure::none;  // enough to go on with
        facts_.reason.clear();
    }
    facts_.state = facts_.failure == DnsFailure::bogus  ? DnsState::bogus
                   : facts_.failure != DnsFailure::none ? DnsState::unknown
                                                        : weaker(services_state_, addresses_state_);
    receive_(std::move(facts_));
}

}  // namespace

void look_up(Resolver& resolver, const std::string& domain, std::function<void(core::DnsFacts)> receive) {
    std::make_shared<DomainLookup>(resolver, domain, std::move(receive))->begin();
}

}  // namespace xmppfed::net
