#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/circumstances.hpp"
#include "app/probe/own_identity.hpp"
#include "app/probe/resolvers.hpp"
#include "core/pki/chain.hpp"
#include "core/probe/probe_judgement.hpp"
#include "net/probe/domain_probe.hpp"

namespace xmppfed::app {

/// One domain to look at.
struct ProbeSubject {
    std::string domain;
    core::DomainOwner owner;
};

/// How.
struct ProbeWish {
    DnsWish dns;
    std::string from;  ///< one of our domains, A-labels
    std::optional<net::NamedPlace> connect = {};
    net::Families families = net::Families::both;
    net::DirectTls direct_tls = net::DirectTls::automatic;
    net::Targets targets = net::Targets::first_that_works;
    net::Authenticate authenticate = net::Authenticate::no;
    std::chrono::milliseconds deadline{30'000};  ///< for one domain
    /// Who takes down what is said to a domain and by it; empty: nobody.
    std::function<net::Listener(const std::string& domain)> listener = {};
};

/// What was seen, and what it means.
struct ProbeResult {
    core::ProbeInput input;
    core::ProbeVerdict verdict;
};

/// Looks at all of them, `wish.dns.parallel` at a time. The results are in the order of the subjects; when somebody
/// interrupts it, those that are finished.
[[nodiscard]] std::vector<ProbeResult> probe(const std::vector<ProbeSubject>& subjects,
                                             const std::vector<net::Address>& resolvers, const OwnIdentity& own,
                                             const pki::TrustStore& roots, const ProbeWish& wish,
                                             const Circumstances& circumstances);

}  // namespace xmppfed::app
