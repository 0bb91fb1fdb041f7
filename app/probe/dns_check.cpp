#include "app/probe/dns_check.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "app/partner_lookup.hpp"
#include "app/probe/side_by_side.hpp"
#include "core/cert/cert_request.hpp"
#include "core/refusal.hpp"
#include "net/dns/domain_lookup.hpp"
#include "net/loop.hpp"

namespace xmppfed::app {

namespace {

DnsSubject subject_of(const core::Partner& partner, std::string domain) {
    return {std::move(domain), {partner.primary_domain, partner.negotiation}, {}};
}

core::Diagnostics judge(const DnsSubject& subject, const core::DnsFacts& facts) {
    return subject.needed ? core::judge_own_dns(facts, *subject.needed) : core::judge_dns(facts, subject.owner);
}

}  // namespace

std::vector<DnsSubject> partner_domains(store::Reader& reader, const std::vector<std::string>& domains) {
    std::vector<DnsSubject> subjects;
    for (const auto& text : domains) {
        auto domain = domain_argument(text);
        const auto partner = partner_by_claim(reader, domain);
        if (std::ranges::find(subjects, domain, &DnsSubject::domain) == subjects.end()) {
            subjects.push_back(subject_of(partner, std::move(domain)));
        }
    }
    if (domains.empty()) {
        reader.visit_partners([&](const core::CommittedPartner& partner) {
            for (const auto& domain : partner.enabled ? core::claimed_domains(partner) : std::vector<std::string>{}) {
                subjects.push_back(subject_of(partner, domain));
            }
            return true;
        });
    }
    return subjects;
}

std::vector<DnsSubject> own_xmpp_domains(store::Reader& reader) {
    const auto edge = reader.edge();
    core::refuse_unsound(core::check_complete(edge), /*strict=*/false);
    std::vector<DnsSubject> subjects;
    for (auto& record : core::srv_records(edge, {})) {
        auto domain = record.domain;
        subjects.push_back({std::move(domain), {}, std::move(record)});
    }
    return subjects;
}

std::vector<core::DomainCheck> check_dns(const std::vector<DnsSubject>& subjects,
                                         const std::vector<net::Address>& servers, const DnsWish& wish,
                                         const Circumstances& circumstances) {
    net::Loop loop;
    const auto resolver = make_resolver(loop, servers, wish);
    std::vector<std::optional<core::DnsFacts>> found(subjects.size());
    side_by_side(loop, {subjects.size(), wish.parallel, "domains looked up"}, circumstances,
                 [&](std::size_t place, const std::function<void()>& done) {
                     net::look_up(*resolver, subjects[place].domain, [&, place](core::DnsFacts facts) {
                         found[place] = std::move(facts);
                         done();
                     });
                 });
    std::vector<core::DomainCheck> results;
    for (std::size_t i = 0; i < subjects.size(); ++i) {
        if (found[i]) {
            auto diagnostics = judge(subjects[i], *found[i]);
            results.push_back({subjects[i].owner.partner, std::move(*found[i]), std::move(diagnostics)});
        }
    }
    return results;
}

}  // namespace xmppfed::app
