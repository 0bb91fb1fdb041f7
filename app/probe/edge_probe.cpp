#include "app/probe/edge_probe.hpp"

#include <algorithm>
#include <iterator>

#include "core/pki/cert_file.hpp"

namespace xmppfed::app {

namespace {

/// "" for what cannot be read, which is a finding on trust already.
std::string fingerprint_of(const core::EndpointFacts& facts) {
    if (!facts.tls || facts.tls->chain.empty()) {
        return {};
    }
    try {
        const auto presented = pki::read_cert_file(facts.tls->chain.front(), "what the server presents").certificates;
        return presented.empty() ? std::string{} : presented.front().fingerprint;
    } catch (const core::Error&) {
        return {};
    }
}

}  // namespace

std::vector<core::IssuedForUs> issued_for_us(store::Reader& reader) {
    std::vector<core::IssuedForUs> issued;
    for (const auto& request : reader.cert_requests()) {
        if (request.certificate) {
            issued.push_back({.request = request.number,
                              .fingerprint = request.certificate->fingerprint,
                              .not_after = request.certificate->not_after,
                              .is_assigned = request.state == core::RequestState::assigned});
        }
    }
    return issued;
}

std::vector<ProbeResult> probe_edge(const std::vector<DnsSubject>& ours, const std::vector<net::Address>& resolvers,
                                    const pki::TrustStore& roots, const std::vector<core::IssuedForUs>& issued,
                                    ProbeWish wish, const Circumstances& circumstances) {
    std::vector<ProbeSubject> subjects;
    std::ranges::transform(ours, std::back_inserter(subjects), [](const auto& it) {
        return ProbeSubject{it.domain, {}};
    });
    wish.from.clear();
    auto results = probe(subjects, resolvers, {}, roots, wish, circumstances);
    for (auto& [input, verdict] : results) {
        core::EdgeProbeInput edge{.probe = input, .needed = {}, .fingerprints = {}, .certificates = issued};
        const auto subject = std::ranges::find(ours, input.dns.domain, &DnsSubject::domain);
        edge.needed = subject == ours.end() ? std::nullopt : subject->needed;
        std::ranges::transform(input.endpoints, std::back_inserter(edge.fingerprints),
                               [](const auto& seen) { return fingerprint_of(seen.facts); });
        verdict = core::judge_edge_probe(edge);
    }
    return results;
}

}  // namespace xmppfed::app
