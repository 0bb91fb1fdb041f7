#include "app/probe/partner_probe.hpp"

#include <algorithm>
#include <iterator>

#include "app/probe/peer_certificate.hpp"
#include "app/probe/side_by_side.hpp"

namespace xmppfed::app {

namespace {

net::DomainPlan plan_for(const ProbeSubject& subject, const ProbeWish& wish) {
    return {.domain = subject.domain,
            .from = wish.from,
            .connect = wish.connect,
            .host_lookup = wish.dns.resolvers.empty() ? net::HostLookup::system : net::HostLookup::resolver,
            .families = wish.families,
            .direct_tls = wish.direct_tls,
            .targets = wish.targets,
            .authenticate = wish.authenticate,
            .timeout = wish.dns.timeout,
            .deadline = wish.deadline,
            .listen = wish.listener ? wish.listener(subject.domain) : net::Listener{}};
}

core::ProbeInput input_of(const ProbeSubject& subject, core::ProbeFacts facts, const OwnIdentity& own,
                          const pki::TrustStore& roots, std::chrono::sys_seconds now, bool has_dns) {
    core::ProbeInput input{.dns = std::move(facts.dns),
                           .has_dns = has_dns,
                           .out_of_time = facts.out_of_time,
                           .owner = subject.owner,
                           .own = own.state,
                           .own_issuer = own.issuer};
    for (auto& endpoint : facts.endpoints) {
        core::SeenEndpoint seen;
        if (endpoint.tls) {
            std::vector<core::DnsTlsa> tlsa;
            std::ranges::copy_if(input.dns.tlsa, std::back_inserter(tlsa), [&](const auto& record) {
                return record.target == endpoint.target && record.port == endpoint.port;
            });
            seen.certificate = judge_presented(endpoint.tls->chain, subject.domain, roots, tlsa, now);
            endpoint.tls->chain.resize(std::min<std::size_t>(endpoint.tls->chain.size(), 1));  // the rest is judged
        }
        seen.facts = std::move(endpoint);
        input.endpoints.push_back(std::move(seen));
    }
    return input;
}

}  // namespace

std::vector<ProbeResult> probe(const std::vector<ProbeSubject>& subjects, const std::vector<net::Address>& resolvers,
                               const OwnIdentity& own, const pki::TrustStore& roots, const ProbeWish& wish,
                               const Circumstances& circumstances) {
    net::Loop loop;
    net::AddressGate gate;
    const auto resolver = make_resolver(loop, resolvers, wish.dns);
    const net::ProbeTools tools{loop, *resolver, own.tls, gate};
    const auto now = circumstances.now();
    std::vector<std::optional<ProbeResult>> found(subjects.size());
    side_by_side(loop, {subjects.size(), wish.dns.parallel, "domains looked at"}, circumstances,
                 [&](std::size_t place, const std::function<void()>& done) {
                     net::probe_domain(tools, plan_for(subjects[place], wish), [&, place](core::ProbeFacts facts) {
                         auto input = input_of(subjects[place], std::move(facts), own, roots, now, !wish.connect);
                         auto verdict = core::judge_probe(input);
                         found[place] = ProbeResult{std::move(input), std::move(verdict)};
                         done();
                     });
                 });
    std::vector<ProbeResult> results;
    for (auto& each : found) {
        if (each) {
            results.push_back(std::move(*each));
        }
    }
    return results;
}

}  // namespace xmppfed::app
