#include "core/cert/cert_match.hpp"

#include <algorithm>
#include <tuple>
#include <vector>

namespace xmppfed::core {

namespace {

/// Nobody has more for one key; each takes a verification.
constexpr std::size_t most_looked_at = 100;

/// Which of the requests of one key is meant.
int rank(const CertRequest& request) {
    switch (request.state) {
    case RequestState::pending:
        return 2;
    case RequestState::issued:
    case RequestState::assigned:
    case RequestState::replaced:
        return 1;
    case RequestState::cancelled:
    case RequestState::retired:
        return 0;
    }
    return 0;
}

bool has(const CertRequest& request, const Certificate& certificate) {
    return request.certificate && request.certificate->pem == certificate.pem;
}

bool is_same_size(const KeyKind& one, const KeyKind& other) {
    return one.algorithm == KeyAlgorithm::rsa ? one.bits == other.bits : one.curve == other.curve;
}

/// Whether a key on Windows may be the one that a request asks for. Who names the request may have asked for another size.
bool may_be_made_for(const CertRequest& request, const PublicKey& key, bool is_named) {
    return key.kind && key.kind->algorithm == request.key.algorithm &&
           (is_named || is_same_size(*key.kind, request.key));
}

/// The request whose key lives on Windows, when there is just one for such a key; unless it is named, it is pending.
const CertRequest* only_keyless(std::span<const CertRequest> requests, const PublicKey& key, bool is_named) {
    const auto fits = [&](const CertRequest& request) {
        return request.csr.empty() && (is_named || request.state == RequestState::pending) &&
               may_be_made_for(request, key, is_named);
    };
    const auto first = std::ranges::find_if(requests, fits);
    return std::ranges::count_if(requests, fits) == 1 ? &*first : nullptr;
}

/// The certificate whose key is the server's where no request tells which.
const Certificate& first_leaf(std::span<const Certificate> certificates) {
    const auto leaf = std::ranges::find(certificates, false, &Certificate::is_ca);
    return leaf == certificates.end() ? certificates.front() : *leaf;
}

/// A request with the key of one of the certificates.
struct Candidate {
    const CertRequest* request;
    std::string key;
};

/// Those of the best rank, in their order.
std::vector<Candidate> candidates(std::span<const CertRequest> requests, std::span<const Certificate> certificates,
                                  const CertMatching& matching) {
    std::vector<Candidate> best;
    for (const auto& request : requests) {
        auto key = matching.key_of(request);
        const bool fits = !key.empty() && std::ranges::any_of(certificates, [&](const Certificate& certificate) {
            return certificate.key.der == key;
        });
        if (!fits || (!best.empty() && rank(request) < rank(*best.front().request))) {
            continue;
        }
        if (!best.empty() && rank(request) > rank(*best.front().request)) {
            best.clear();
        }
        best.push_back({&request, std::move(key)});
    }
    return best;
}

/// The latest whose names one of the certificates has, else the latest.
Candidate chosen(const std::vector<Candidate>& candidates, std::span<const Certificate> certificates,
                 const CertMatching& matching, std::vector<std::int64_t>& rivals) {
    if (candidates.size() == 1) {
        return candidates.front();
    }
    const auto covered = std::find_if(candidates.rbegin(), candidates.rend(), [&](const Candidate& candidate) {
        return std::ranges::any_of(certificates, [&](const Certificate& certificate) {
            return certificate.key.der == candidate.key && matching.has_names(*candidate.request, certificate);
        });
    });
    if (covered != candidates.rend()) {
        return *covered;
    }
    for (const auto& candidate : candidates) {
        rivals.push_back(candidate.request->number);
    }
    rivals.pop_back();
    return candidates.back();
}

}  // namespace

const Certificate* best_of_key(std::span<const Certificate> certificates, const std::string& key,
                               const std::function<bool(const Certificate&)>& is_sound) {
    std::vector<const Certificate*> of_key;
    for (const auto& certificate : certificates) {
        if (certificate.key.der == key) {
            of_key.push_back(&certificate);
        }
    }
    if (of_key.empty()) {
        return nullptr;
    }
    std::ranges::sort(of_key, [](const Certificate* one, const Certificate* other) {
        return std::tie(other->not_after, one->fingerprint) < std::tie(one->not_after, other->fingerprint);
    });
    const auto end = of_key.begin() + static_cast<std::ptrdiff_t>(std::min(of_key.size(), most_looked_at));
    const auto sound = of_key.size() == 1
                           ? of_key.begin()
                           : std::find_if(of_key.begin(), end, [&](const auto* it) { return is_sound(*it); });
    return sound == end ? of_key.front() : *sound;
}

const Certificate& best_leaf(std::span<const Certificate> certificates,
                             const std::function<bool(const Certificate&)>& is_sound) {
    return *best_of_key(certificates, first_leaf(certificates).key.der, is_sound);
}

CertMatch match_certificate(std::span<const CertRequest> requests, std::span<const Certificate> certificates,
                            std::optional<std::int64_t> number, const CertMatching& matching) {
    const auto named = number ? std::ranges::find(requests, *number, &CertRequest::number) : requests.end();
    if (number) {
        requests = named == requests.end() ? std::span<const CertRequest>{} : std::span{&*named, 1};
    }
    CertMatch match;
    std::string key;
    if (const auto all = candidates(requests, certificates, matching); !all.empty()) {
        auto candidate = chosen(all, certificates, matching, match.rivals);
        match.request = candidate.request;
        key = std::move(candidate.key);
    } else {
        match.request = only_keyless(requests, first_leaf(certificates).key, number.has_value());
    }
    const auto is_sound = [&](const Certificate& certificate) { return matching.is_sound(match.request, certificate); };
    match.certificate = key.empty() ? &best_leaf(certificates, is_sound) : best_of_key(certificates, key, is_sound);
    const auto recorded =
        std::ranges::find_if(requests, [&](const CertRequest& request) { return has(request, *match.certificate); });
    if (recorded != requests.end()) {
        match.request = &*recorded;  // importing it again changes nothing
        match.rivals.clear();
    }
    return match;
}

}  // namespace xmppfed::core
