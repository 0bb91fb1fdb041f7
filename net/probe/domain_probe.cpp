#include "net/probe/domain_probe.hpp"

#include <algorithm>
#include <deque>
#include <memory>

#include "core/text/domain_name.hpp"
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

/// One domain on its way; whatever is under way holds it.
class DomainProbe : public std::enable_shared_from_this<DomainProbe> {
  public:
    DomainProbe(const ProbeTools& tools, const DomainPlan& plan, std::function<void(ProbeFacts)> receive)
        : tools_{tools}, plan_{plan}, receive_{std::move(receive)}, left_{plan.deadline} {
        facts_.dns.domain = plan_.domain;
    }

    void begin() {
        if (plan_.connect) {
            const auto service = plan_.direct_tls == DirectTls::only ? Service::xmpps_server : Service::xmpp_server;
            places_.push_back({service, plan_.connect->text(), *plan_.connect});
            go_on();
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

    void choose_places();
    void add_places(Service service, const core::DnsTarget& target, std::uint16_t port);
    void go_on();
    void look_at(const Place& place, bool as_a_label);
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
    Milliseconds left_;
};

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

void DomainProbe::look_at(const Place& place, bool as_a_label) {
    const auto begun = Clock::now();
    EndpointPlan plan{.service = place.service,
                      .target = place.target,
                      .address = place.address,
                      .from = core::unicode_domain(plan_.from),
                      .to = as_a_label ? plan_.domain : core::unicode_domain(plan_.domain),
                      .server_name = plan_.domain,
                      .timeout = plan_.timeout,
                      .deadline = begun + left_,
                      .authenticate = plan_.authenticate};
    const bool may_ask_again = plan.to != plan_.domain;
    tools_.loop.start(std::make_shared<EndpointProbe>(
        std::move(plan), tools_.identity,
        [self = shared_from_this(), place, begun, may_ask_again, as_a_label](core::EndpointFacts seen) {
            self->spend(begun);
            seen.asked_as_a_label = as_a_label;
            if (may_ask_again && seen.fault && seen.fault->condition == "host-unknown") {
                self->look_at(place, /*as_a_label=*/true);
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
