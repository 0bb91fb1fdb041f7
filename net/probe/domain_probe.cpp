#include "net/probe/domain_probe.hpp"

#include <algorithm>
#include <deque>
#include <memory>

#include "core/text/domain/domain_name.hpp"
#include "core/text/text.hpp"
#include "net/dns/domain_lookup.hpp"

namespace xmppfed::net {

namespace {

using core::ProbeFacts;
using core::ProbeOutcome;
using core::Service;

constexpr std::size_t most_endpoints = 16;  // of a domain

/// One place to look at.
struct Place {
    Service service = Service::xmpp_server;
    std::string target;
    Address address;
};

/// It took a header for STARTTLS and closed without an octet.
bool is_mute(const core::EndpointFacts& seen) {
    return seen.service == Service::xmpp_server && seen.outcome == ProbeOutcome::closed &&
           seen.step == core::ProbeStep::header && !seen.has_spoken;
}

/// One domain on its way; whatever is under way holds it.
class DomainProbe : public std::enable_shared_from_this<DomainProbe> {
  public:
    DomainProbe(const ProbeTools& tools, const DomainPlan& plan, std::function<void(ProbeFacts)> receive)
        : tools_{tools}, plan_{plan}, receive_{std::move(receive)}, left_{plan.deadline} {
        facts_.dns.domain = plan_.domain;
    }

    void begin() {
        if (plan_.connect) {
            find_host();
            return;
        }
        const auto begun = Clock::now();
        look_up(tools_.resolver, plan_.domain, [self = shared_from_this(), begun](core::DnsFacts dns) {
            self->spend(begun);
            self->facts_.dns = std::move(dns);
            self->choose_places();
            self->go_on();
        });
    }

  private:
    void spend(Clock::time_point begun) { left_ -= std::chrono::ceil<Milliseconds>(Clock::now() - begun); }

    void find_host();
    void take_host(bool was_told);
    void choose_places();
    void add_places(Service service, const core::DnsTarget& target, std::uint16_t port);
    void go_on();
    [[nodiscard]] EndpointPlan plan_for(const Place& place) const;
    void look_at(const Place& place, bool as_a_label);
    void look_for_tls(const Place& place, core::EndpointFacts seen);
    void take(const Place& place, core::EndpointFacts seen);
    [[nodiscard]] bool is_enough(const core::EndpointFacts& seen) const {
        return seen.outcome == ProbeOutcome::ok && plan_.targets == Targets::first_that_works;
    }
    [[nodiscard]] bool fits(Service service) const {
        return plan_.direct_tls == DirectTls::automatic ||
               (plan_.direct_tls == DirectTls::only) == (service == Service::xmpps_server);
    }

    ProbeTools tools_;
    DomainPlan plan_;
    std::function<void(ProbeFacts)> receive_;
    ProbeFacts facts_;
    std::deque<Place> places_;
    core::DnsTarget host_;       ///< where somebody wants us to connect to
    std::size_t questions_ = 0;  ///< for its addresses that are not answered yet
    Milliseconds left_;
};

/// `localhost` is nobody's to tell but the system's (RFC 6761 section 6.3).
void DomainProbe::find_host() {
    const auto& [host, port] = *plan_.connect;
    host_.name = host;
    const bool is_address = Address::read(host, port).has_value();
    auto question = core::ascii_lower(host);
    if (question.ends_with('.')) {
        question.pop_back();
    }
    if (is_address || question == "localhost" || plan_.host_lookup == HostLookup::system) {
        const auto begun = Clock::now();
        const auto found = Address::of_host(host, port);
        spend(begun);
        for (const auto& each : found.addresses) {
            host_.addresses.push_back(each.text());
        }
        take_host(found.was_told);
        return;
    }
    const auto begun = Clock::now();
    const auto was_told = std::make_shared<bool>(true);
    questions_ = 2;
    for (const auto type : {RecordType::aaaa, RecordType::a}) {
        tools_.resolver.ask({question, type}, [self = shared_from_this(), begun, was_told, type](const Reply& reply) {
            *was_told = *was_told && reply.failure == core::DnsFailure::none;
            for (const auto& record : reply.records) {  // also behind aliases
                if (record.type == type) {
                    self->host_.addresses.push_back(record.value);
                }
            }
            if (--self->questions_ == 0) {
                self->spend(begun);
                self->take_host(*was_told);
            }
        });
    }
}

void DomainProbe::take_host(bool was_told) {
    const auto& [host, port] = *plan_.connect;
    const auto service = plan_.direct_tls == DirectTls::only ? Service::xmpps_server : Service::xmpp_server;
    std::stable_partition(host_.addresses.begin(), host_.addresses.end(),
                          [](const auto& text) { return text.find(':') != std::string::npos; });
    add_places(service, host_, port);
    if (places_.empty()) {
        const bool is_of_other_family = !host_.addresses.empty();
        facts_.endpoints.push_back({.service = service,
                                    .target = host,
                                    .address = {},
                                    .port = port,
                                    .outcome = was_told ? ProbeOutcome::unreachable : ProbeOutcome::no_route,
                                    .reason = is_of_other_family ? "it has no address of the family that was asked for"
                                              : was_told         ? "the host has no address"
                                                                 : "no resolver tells where the host is"});
    }
    go_on();
}

void DomainProbe::choose_places() {
    const auto& dns = facts_.dns;
    if (dns.failure != core::DnsFailure::none) {
        return;
    }
    for (const auto& service : dns.services) {
        const auto* target = dns.target(service.target);
        if (target != nullptr && fits(service.service)) {
            add_places(service.service, *target, service.port);
        }
    }
    if (dns.is_fallback() && fits(Service::xmpp_server)) {
        add_places(Service::xmpp_server, dns.targets.front(), core::xmpp_server_port);
    }
}

void DomainProbe::add_places(Service service, const core::DnsTarget& target, std::uint16_t port) {
    for (const auto& text : target.addresses) {
        const auto address = Address::read(text, port);
        const bool is_v6 = text.find(':') != std::string::npos;
        const bool is_wanted = plan_.families == Families::both || (plan_.families == Families::ipv6) == is_v6;
        if (address && is_wanted && places_.size() < most_endpoints) {
            places_.push_back({service, target.name, *address});
        }
    }
}

void DomainProbe::go_on() {
    if (places_.empty() || left_ <= Milliseconds{0}) {
        facts_.out_of_time = left_ <= Milliseconds{0};
        receive_(std::move(facts_));
        return;
    }
    const auto place = places_.front();
    places_.pop_front();
    tools_.gate.enter(place.address.text(),
                      [self = shared_from_this(), place] { self->look_at(place, /*as_a_label=*/false); });
}

EndpointPlan DomainProbe::plan_for(const Place& place) const {
    return {.service = place.service,
            .target = place.target,
            .address = place.address,
            .from = core::unicode_domain(plan_.from),
            .to = core::unicode_domain(plan_.domain),
            .server_name = plan_.domain,
            .timeout = plan_.timeout,
            .deadline = Clock::now() + left_,
            .authenticate = plan_.authenticate};
}

/// Some servers say nothing at their port for direct TLS to who does not begin with it: that it speaks TLS shows when it is
/// asked so.
void DomainProbe::look_for_tls(const Place& place, core::EndpointFacts seen) {
    const auto begun = Clock::now();
    auto plan = plan_for(place);
    plan.service = Service::xmpps_server;
    plan.authenticate = Authenticate::no;
    tools_.loop.start(std::make_shared<EndpointProbe>(
        std::move(plan), tools_.identity,
        [self = shared_from_this(), place, begun, seen = std::move(seen)](const core::EndpointFacts& other) mutable {
            self->spend(begun);
            if (other.tls || !other.alert.empty()) {
                seen.outcome = ProbeOutcome::wrong_service;
                seen.reason =
                    "this port closes on a header and speaks TLS from the first octet: it is that of "
                    "_xmpps-server";
            }
            self->take(place, std::move(seen));
        },
        plan_.listen));
}

void DomainProbe::look_at(const Place& place, bool as_a_label) {
    const auto begun = Clock::now();
    auto plan = plan_for(place);
    if (as_a_label) {
        plan.to = plan_.domain;
    }
    const bool may_ask_again = plan.to != plan_.domain;
    tools_.loop.start(std::make_shared<EndpointProbe>(
        std::move(plan), tools_.identity,
        [self = shared_from_this(), place, begun, may_ask_again, as_a_label](core::EndpointFacts seen) {
            self->spend(begun);
            seen.asked_as_a_label = as_a_label;
            if (may_ask_again && seen.fault && seen.fault->condition == "host-unknown") {
                self->look_at(place, /*as_a_label=*/true);
            } else if (is_mute(seen) && self->left_ > Milliseconds{0}) {
                self->look_for_tls(place, std::move(seen));
            } else {
                self->take(place, std::move(seen));
            }
        },
        plan_.listen));
}

void DomainProbe::take(const Place& place, core::EndpointFacts seen) {
    const bool is_last = is_enough(seen);
    facts_.endpoints.push_back(std::move(seen));
    if (is_last) {
        places_.clear();
    }
    tools_.gate.leave(place.address.text());
    go_on();
}

}  // namespace

void probe_domain(const ProbeTools& tools, const DomainPlan& plan, std::function<void(ProbeFacts)> receive) {
    std::make_shared<DomainProbe>(tools, plan, std::move(receive))->begin();
}

}  // namespace xmppfed::net
