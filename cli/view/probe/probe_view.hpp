#pragma once

#include <string>
#include <vector>

#include "cli/view/layout/display.hpp"
#include "core/probe/probe_judgement.hpp"

namespace xmppfed::cli::view {

/// One domain as it was seen.
struct ProbedDomain {
    const core::ProbeInput& input;
    const core::ProbeVerdict& verdict;
};

/// The certificate that we presented.
struct ShownCertificate {
    std::string file;
    std::string issuer;
    std::string not_after;
    bool sound = false;  ///< nothing in it gives the other side a reason to refuse it
};

/// Under which circumstances others were looked at.
struct ProbeLook {
    std::string from;  ///< "": at our own server, for which nothing is predicted
    std::string at;
    std::vector<std::string> resolvers;
    std::optional<ShownCertificate> certificate;
    core::Diagnostics diagnostics;  ///< on that certificate
};

/// Prints the outcome of `partner probe` and `edge probe`: a diagnosis for a person, or the document.
void print_probe(const Display& display, const std::vector<ProbedDomain>& domains, const ProbeLook& look);

}  // namespace xmppfed::cli::view
