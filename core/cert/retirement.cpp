#include "core/cert/retirement.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/cert/cert_lifecycle.hpp"
#include "core/error.hpp"
#include "core/rule/rules.hpp"
#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

bool is_compromised(const CertRequest& request) {
    return request.retirement_reason == RetirementReason::key_compromise;
}

/// Another request that was retired with the same certificate.
const CertRequest* retired_with(const CertRequest& request, const std::string& fingerprint,
                                std::span<const CertRequest> all) {
    const auto found = std::ranges::find_if(all, [&](const CertRequest& other) {
        return other.number != request.number && other.state == RequestState::retired && other.certificate &&
               other.certificate->fingerprint == fingerprint;
    });
    return found == all.end() ? nullptr : &*found;
}

std::string_view reason_of(const CertRequest& retired) {
    return retired.retirement_reason ? name_of(*retired.retirement_reason) : "no reason";
}

/// The other requests that are not done with, and share with a retired one what must not be used again.
std::vector<const CertRequest*> fallen_with(const CertRequest& retired, const std::vector<CertRequest>& all,
                                            const KeyOf& key_of) {
    const auto key = is_compromised(retired) ? key_of(retired) : std::string{};
    const auto shares = [&](const CertRequest& other) {
        return is_compromised(retired)
                   ? !key.empty() && key_of(other) == key
                   : other.certificate && other.certificate->fingerprint == retired.certificate->fingerprint;
    };
    std::vector<const CertRequest*> fallen;
    for (const auto& other : all) {
        const bool is_done = other.state == RequestState::cancelled || other.state == RequestState::retired;
        if (other.number != retired.number && !is_done && shares(other)) {
            fallen.push_back(&other);
        }
    }
    return fallen;
}

std::string note_on_fallen(const CertRequest& retired, const std::vector<const CertRequest*>& fallen) {
    std::vector<std::int64_t> numbers;
    for (const auto* const request : fallen) {
        numbers.push_back(request->number);
    }
    return fmt::format("{} the same {}", requests_have(numbers),
                       is_compromised(retired) ? "key: no certificate for it is used again"
                                               : "certificate: it is not used again there either");
}

void add_notes(const CertRequest& retired, const std::vector<CertRequest>& all, const KeyOf& key_of,
               std::vector<std::string>& notes) {
    const auto* const used = request_in_use(all);
    if (used != nullptr && used->number == retired.number) {
        notes.push_back(fmt::format("it is in use until another is assigned: {}", replacement_of(retired)));
    }
    const auto fallen = fallen_with(retired, all, key_of);
    if (fallen.empty()) {
        return;
    }
    notes.push_back(note_on_fallen(retired, fallen));
    if (std::ranges::find(fallen, used) != fallen.end()) {
        notes.push_back(fmt::format("the certificate of request {} is in use until another is assigned: {}",
                                    used->number, replacement_of(*used)));
    }
}

}  // namespace

std::string replacement_of(const CertRequest& retired) {
    return fmt::format("`{}`, then import and assign what the CA issues", renewal_command(retired));
}

ChangeSet retire_certificate(const CertRequest& request, const std::vector<CertRequest>& all, RetirementReason reason,
                             std::string_view now, const KeyOf& key_of) {
    if (request.state == RequestState::pending) {
        throw wrong_state(
            request, fmt::format("`xmppfed cert cancel {}` drops a request without a certificate", request.number));
    }
    if (!request.certificate || request.state == RequestState::cancelled) {
        throw wrong_state(request, "it has no certificate that could be used");
    }
    ChangeSet changes;
    if (request.retirement_reason == reason) {
        return changes;
    }
    if (is_compromised(request)) {
        throw wrong_state(request, "a key that was compromised stays so");
    }
    auto after = request;
    after.state = RequestState::retired;
    after.retirement_reason = reason;
    if (after.retired_at.empty()) {
        after.retired_at = now;
    }
    add_notes(after, all, key_of, changes.notes);
    changes.requests.push_back({request, std::move(after)});
    return changes;
}

const CertRequest* compromised_with(std::span<const CertRequest> all, const std::string& public_key,
                                    const KeyOf& key_of) {
    const auto found = std::ranges::find_if(all, [&](const CertRequest& request) {
        return is_compromised(request) && !public_key.empty() && key_of(request) == public_key;
    });
    return found == all.end() ? nullptr : &*found;
}

void refuse_retired(const CertRequest& request, const Certificate& certificate, std::span<const CertRequest> all,
                    const KeyOf& key_of) {
    if (const auto* const compromised = compromised_with(all, certificate.key.der, key_of)) {
        throw Error{ErrorKind::conflict, fmt::format("the key of certificate request {} is compromised: certificate "
                                                     "request {} was retired for that",
                                                     request.number, compromised->number)}
            .hint(fmt::format("`{}` makes a request with a new key", renewal_command(request)));
    }
    if (const auto* const retired = retired_with(request, certificate.fingerprint, all)) {
        throw Error{ErrorKind::conflict, fmt::format("this certificate was retired with certificate request {}: {}",
                                                     retired->number, reason_of(*retired))}
            .hint(request.state == RequestState::pending
                      ? "it is never used again: have the CA issue another for the request"
                      : fmt::format("it is never used again: `{}` makes a request for another",
                                    renewal_command(request)));
    }
}

Diagnostics check_retired(const CertRequest& in_use, const Certificate& certificate, std::span<const CertRequest> all,
                          const KeyOf& key_of) {
    Diagnostics diagnostics;
    const auto add = [&](std::string message) {
        diagnostics.push_back(
            make_diagnostic(rule::cert_retired, "certificate", std::move(message), replacement_of(in_use)));
    };
    if (in_use.state == RequestState::retired) {
        add(fmt::format("the certificate in use was retired on {}: {}", in_use.retired_at, reason_of(in_use)));
    } else if (const auto* const retired = retired_with(in_use, certificate.fingerprint, all)) {
        add(fmt::format("the certificate in use was retired on {} with certificate request {}: {}", retired->retired_at,
                        retired->number, reason_of(*retired)));
    }
    const auto* const compromised = compromised_with(all, certificate.key.der, key_of);
    if (compromised != nullptr && !is_compromised(in_use)) {
        add(fmt::format("the key of the certificate in use is compromised: certificate request {} was retired for that",
                        compromised->number));
    }
    return diagnostics;
}

}  // namespace xmppfed::core
