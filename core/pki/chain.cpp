#include "core/pki/chain.hpp"

#include <openssl/x509v3.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/pki/verification.hpp"

namespace xmppfed::pki {

namespace {

using core::Certificate;
using core::CertPath;

// Hostile files only: what people have leads up in a few steps, one or two at each.
constexpr std::size_t longest_chain = 10;
constexpr std::size_t most_ways = 200;
constexpr std::size_t most_signatures = 500;

/// Each of the certificates that may lie on a way, once, in an order that the file's does not change.
class Pool {
  public:
    Pool(std::span<const Certificate> certificates, const Certificate& leaf) {
        for (const auto& certificate : certificates) {
            if (certificate.fingerprint != leaf.fingerprint) {
                by_fingerprint_.emplace(certificate.fingerprint, &certificate);
            }
        }
        for (const auto& [fingerprint, certificate] : by_fingerprint_) {
            by_name_[certificate->subject_hash].push_back(certificate);
        }
    }

    /// Those that have issued it: name and extensions say so, and the signature does.
    [[nodiscard]] const std::vector<const Certificate*>& issuers_of(const Certificate& certificate) {
        const auto [known, is_new] = issuers_.try_emplace(&certificate);
        const auto named = by_name_.find(certificate.issuer_hash);
        if (is_new && named != by_name_.end()) {
            for (const auto* const issuer : named->second) {
                if (issuer != &certificate && has_issued(*issuer, certificate)) {
                    known->second.push_back(issuer);
                }
            }
        }
        return known->second;
    }

    [[nodiscard]] X509* parsed(const Certificate& certificate) {
        auto& handle = parsed_[&certificate];
        if (!handle) {
            handle = parse(certificate);
        }
        return handle.get();
    }

  private:
    bool has_issued(const Certificate& issuer, const Certificate& certificate) {
        if (signatures_ == most_signatures) {
            return false;
        }
        auto* const above = parsed(issuer);
        auto* const below = parsed(certificate);
        if (X509_check_issued(above, below) != X509_V_OK) {
            return false;
        }
        ++signatures_;
        auto* const key = X509_get0_pubkey(above);
        return key != nullptr && X509_verify(below, key) == 1;
    }

    std::map<std::string_view, const Certificate*> by_fingerprint_;
    std::unordered_map<std::uint32_t, std::vector<const Certificate*>> by_name_;
    std::unordered_map<const Certificate*, std::vector<const Certificate*>> issuers_;
    std::unordered_map<const Certificate*, Parsed> parsed_;
    std::size_t signatures_ = 0;
};

/// A way up. Its links are the pool's.
struct Way {
    std::vector<const Certificate*> links;
    bool has_root = false;
    bool has_present_root = false;  ///< one within its dates
    Verdict verdict;

    /// The greater, the better.
    [[nodiscard]] auto rank() const {
        auto earliest_end = std::chrono::sys_seconds::max();
        for (const auto* const link : links) {
            earliest_end = std::min(earliest_end, link->not_after);
        }
        const bool is_taken = verdict.problem.empty();
        const auto length = std::ssize(links);
        // The longest of those that are refused tells best what is missing.
        return std::tuple{is_taken,
                          is_taken ? 0 : length,
                          verdict.is_in_dates,
                          verdict.for_servers,
                          verdict.for_clients,
                          has_present_root,
                          has_root,
                          earliest_end,
                          -length};
    }
};

class PathFinder {
  public:
    /// `anchors`: null for none. They have to outlive it.
    PathFinder(const Certificate& leaf, std::span<const Certificate> pool, const Anchors* anchors,
               std::chrono::sys_seconds now)
        : leaf_{leaf}, pool_{pool, leaf}, now_{now}, anchors_{anchors} {}

    [[nodiscard]] CertPath best() {
        climb({}, leaf_);
        // The first of equal ones: the order of the fingerprints decides.
        const auto& chosen = *std::ranges::max_element(ways_, std::less{}, &Way::rank);
        CertPath path;
        for (const auto* const link : chosen.links) {
            path.chain.push_back(*link);
        }
        path.has_root = chosen.has_root || (anchors_ != nullptr && chosen.verdict.problem.empty());
        path.is_to_anchors = anchors_ != nullptr;
        path.for_servers = chosen.verdict.for_servers;
        path.for_clients = chosen.verdict.for_clients;
        path.problem = chosen.verdict.problem;
        return path;
    }

  private:
    /// Goes on from the last of the links, which `top` is.
    void climb(const std::vector<const Certificate*>& links, const Certificate& top) {
        bool leads_on = false;
        Way way;
        way.links = links;
        if (!top.self_signed && links.size() < longest_chain) {
            for (const auto* const issuer : pool_.issuers_of(top)) {
                if (issuer->self_signed) {
                    way.has_root = true;
                    way.has_present_root |= issuer->not_before <= now_ && now_ <= issuer->not_after;
                } else if (std::ranges::find(links, issuer) == links.end() && ways_.size() < most_ways) {
                    leads_on = true;
                    auto further = links;
                    further.push_back(issuer);
                    climb(further, *issuer);
                }
            }
        }
        // With anchors each part of a way may lead to one; else those count that end.
        if (anchors_ != nullptr || way.has_root || !leads_on) {
            add(std::move(way));
        }
    }

    void add(Way way) {
        std::vector<X509*> parsed;
        for (const auto* const link : way.links) {
            parsed.push_back(pool_.parsed(*link));
        }
        if (anchors_ != nullptr) {
            way.verdict = verify(pool_.parsed(leaf_), parsed, *anchors_, now_);
        } else if (!parsed.empty()) {
            way.verdict = verify(pool_.parsed(leaf_), parsed, Anchors{std::span{parsed}.last(1)}, now_);
        }
        ways_.push_back(std::move(way));
    }

    const Certificate& leaf_;
    Pool pool_;
    std::chrono::sys_seconds now_;
    const Anchors* anchors_;
    std::vector<Way> ways_;
};

}  // namespace

TrustStore::TrustStore(std::vector<Certificate> certificates) : certificates_{std::move(certificates)} {
    start_openssl();
    if (!certificates_.empty()) {
        anchors_ = std::make_unique<const Anchors>(certificates_);
    }
}

TrustStore::TrustStore(TrustStore&& other) noexcept = default;
TrustStore& TrustStore::operator=(TrustStore&& other) noexcept = default;
TrustStore::~TrustStore() = default;

CertPath best_path(const Certificate& leaf, std::span<const Certificate> pool, std::span<const Certificate> anchors,
                   std::chrono::sys_seconds now) {
    return best_path(leaf, pool, TrustStore{{anchors.begin(), anchors.end()}}, now);
}

CertPath best_path(const Certificate& leaf, std::span<const Certificate> pool, const TrustStore& trusted,
                   std::chrono::sys_seconds now) {
    start_openssl();
    auto path = PathFinder{leaf, pool, trusted.anchors(), now}.best();
    start_openssl();  // forget why others did not fit
    return path;
}

}  // namespace xmppfed::pki
