#include "core/cert/cert_lifecycle.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <tuple>

#include <fmt/format.h>

#include "core/cert/cert_name_rules.hpp"
#include "core/error.hpp"
#include "core/rule/rules.hpp"
#include "core/text/text.hpp"
#include "core/text/timestamp.hpp"

namespace xmppfed::core {

namespace {

IssuedCertificate issued(const Delivery& delivery, std::string_view now) {
    const auto& certificate = delivery.certificate;
    IssuedCertificate result;
    result.pem = certificate.pem;
    for (const auto& above : delivery.path.chain) {
        result.chain += above.pem;
    }
    result.issuer = certificate.issuer;
    result.serial = certificate.serial;
    result.fingerprint = certificate.fingerprint;
    result.thumbprint = certificate.thumbprint;
    result.not_before = timestamp(certificate.not_before);
    result.not_after = timestamp(certificate.not_after);
    result.imported_at = now;
    result.allowed_missing = delivery.allowed;
    result.has_whole_chain = delivery.path.has_root;
    return result;
}

constexpr std::string_view the_certificate = "the certificate";

Error is_retired(const CertRequest& request) {
    return wrong_state(request, fmt::format("its certificate is never used again: `{}` makes a request for another",
                                            renewal_command(request)));
}

/// Whether an import would record nothing new.
bool is_recorded(const CertRequest& request, IssuedCertificate certificate) {
    if (!request.certificate) {
        return false;
    }
    certificate.imported_at = request.certificate->imported_at;
    certificate.has_whole_chain = certificate.has_whole_chain || request.certificate->has_whole_chain;
    return *request.certificate == certificate;
}

/// The values in `names` that are not in `others`.
std::vector<std::string> without(const std::vector<CertName>& names, const std::vector<CertName>& others) {
    std::set<std::pair<NameType, std::string>> known;
    for (const auto& name : others) {
        known.emplace(name.type, name.value);
    }
    std::vector<std::string> values;
    for (const auto& name : names) {
        if (!known.contains({name.type, name.value})) {
            values.push_back(escape(name.value));
        }
    }
    return values;
}

}  // namespace

Error wrong_state(const CertRequest& request, std::string_view hint) {
    return Error{ErrorKind::conflict,
                 fmt::format("certificate request {} is {}", request.number, name_of(request.state))}
        .hint(std::string{hint});
}

std::string requests_have(std::span<const std::int64_t> numbers) {
    std::vector<std::string> words;
    for (const auto number : numbers) {
        words.push_back(std::to_string(number));
    }
    const bool is_one = words.size() == 1;
    return fmt::format("certificate request{} {} {}", is_one ? "" : "s", shortened_list(std::move(words)),
                       is_one ? "has" : "have");
}

Diagnostics check_path_dates(const Delivery& delivery, std::chrono::sys_seconds now, Days warn) {
    auto diagnostics = check_dates(delivery.certificate, now, warn, the_certificate);
    for (const auto& above : delivery.path.chain) {
        for (auto diagnostic : check_dates(above, now, warn, name_of_ca(above))) {
            diagnostic.hint = "give the CA's present certificates: `xmppfed cert import FILE --chain FILE`";
            diagnostics.push_back(std::move(diagnostic));
        }
    }
    return diagnostics;
}

Diagnostics check_chain_on_record(const Delivery& delivery) {
    if (delivery.certificate.self_signed || delivery.path.has_root || !delivery.path.chain.empty()) {
        return {};
    }
    auto diagnostic = make_diagnostic(
        rule::cert_chain_incomplete, {},
        fmt::format(
            "no chain is on record: peers that do not have the CA {} by themselves cannot verify the certificate",
            quote(delivery.certificate.issuer)),
        "import it again with the CA certificates above it: `xmppfed cert import FILE --chain FILE`; with --ca-file it "
        "is on record when a root has issued it");
    diagnostic.severity = Severity::info;
    return {diagnostic};
}

std::chrono::sys_seconds earliest_end(const Delivery& delivery) {
    auto end = delivery.certificate.not_after;
    for (const auto& above : delivery.path.chain) {
        end = std::min(end, above.not_after);
    }
    return end;
}

Diagnostics judge(const Delivery& delivery, std::span<const CertName> needed,
                  const std::vector<std::string>& dependents, std::chrono::sys_seconds now) {
    const auto& certificate = delivery.certificate;
    Diagnostics diagnostics = check_names(certificate.names, needed, delivery.allowed);
    for (const auto& more :
         {check_path_dates(delivery, now, default_warn_days), check_issuance(certificate),
          check_signature(certificate, the_certificate), check_key(certificate.key), check_lifetime(certificate),
          check_usages(certificate, the_certificate), check_form(certificate, the_certificate),
          check_path(delivery.path), check_client_auth(certificate, delivery.path, dependents)}) {
        diagnostics.insert(diagnostics.end(), more.begin(), more.end());
    }
    return diagnostics;
}

void refuse_unissued(const CertRequest& request) {
    if (request.state == RequestState::pending) {
        throw wrong_state(request, "import its certificate first: `xmppfed cert import FILE`");
    }
    if (request.state == RequestState::retired) {
        throw is_retired(request);
    }
    if (!request.certificate || request.state == RequestState::cancelled) {
        throw wrong_state(request, "make a new one: `xmppfed cert request`");
    }
}

ChangeSet import_certificate(const CertRequest& request, const Delivery& delivery, std::string_view now) {
    if (request.state == RequestState::retired) {
        throw is_retired(request);
    }
    const auto certificate = issued(delivery, now);
    ChangeSet changes;
    if (is_recorded(request, certificate)) {
        return changes;
    }
    const bool is_other_chain =
        request.state == RequestState::assigned && request.certificate && request.certificate->pem == certificate.pem;
    if (request.state != RequestState::pending && request.state != RequestState::issued && !is_other_chain) {
        throw wrong_state(
            request, fmt::format("`{}{}` makes a request of its own for another certificate", renewal_command(request),
                                 request.key_file.empty() ? "" : " --reuse-key"));
    }
    auto after = request;
    after.state = is_other_chain ? request.state : RequestState::issued;
    after.certificate = certificate;
    if (request.csr.empty() && delivery.certificate.key.kind) {
        after.key = *delivery.certificate.key.kind;  // what was made on Windows in the end
    }
    if (is_other_chain) {
        changes.notes.push_back(
            fmt::format("the chain of the certificate in use is another now: `xmppfed cert assign {}` puts it to use",
                        request.number));
    }
    changes.requests.push_back({request, std::move(after)});
    return changes;
}

ChangeSet assign_certificate(const CertRequest& request, const std::vector<CertRequest>& all,
                             const std::string& directory, std::string_view now) {
    refuse_unissued(request);
    ChangeSet changes;
    // The one in use gives way first: there is never more than one.
    for (const auto& other : all) {
        if (other.state == RequestState::assigned && other.number != request.number) {
            auto replaced = other;
            replaced.state = RequestState::replaced;
            changes.requests.push_back({other, std::move(replaced)});
        }
    }
    auto after = request;
    after.state = RequestState::assigned;
    after.assigned_at = now;
    after.directory = directory;
    changes.requests.push_back({request, std::move(after)});
    return changes;
}

const CertRequest* pending_twin(std::span<const CertRequest> all, CertRequest wanted) {
    const auto found = std::ranges::find_if(all, [&](const CertRequest& request) {
        wanted.number = request.number;
        wanted.created_at = request.created_at;
        wanted.host = request.host;
        return request.state == RequestState::pending && request == wanted;
    });
    return found == all.end() ? nullptr : &*found;
}

ChangeSet cancel_request(const CertRequest& request) {
    if (request.state != RequestState::pending) {
        throw wrong_state(request, "only a pending request can be cancelled");
    }
    auto after = request;
    after.state = RequestState::cancelled;
    ChangeSet changes;
    changes.requests.push_back({request, std::move(after)});
    return changes;
}

namespace {

/// When something was assigned, to compare it. Times have whole seconds, and within one of them it is the number of the
/// directory that tells, below one that both were put in: a number with more digits is the higher one.
std::tuple<std::string_view, std::size_t, std::string_view> assignment_of(const CertRequest& request) {
    const auto number = std::string_view{request.directory}.substr(request.directory.rfind('/') + 1);
    return {request.assigned_at, number.size(), number};
}

}  // namespace

const CertRequest* request_in_use(std::span<const CertRequest> all) {
    const CertRequest* retired = nullptr;
    for (const auto& request : all) {
        if (request.state == RequestState::assigned) {
            return &request;
        }
        const bool was_assigned = request.state == RequestState::retired && !request.assigned_at.empty();
        if (was_assigned && (retired == nullptr || assignment_of(request) >= assignment_of(*retired))) {
            retired = &request;
        }
    }
    return retired;
}

ChangeSet move_files(const CertRequest& request, const CertRequest& moved) {
    ChangeSet changes;
    if (moved != request) {
        changes.requests.push_back({request, moved});
    }
    return changes;
}

std::vector<std::string> differences(const CertRequest& before, const RequestPlan& after) {
    std::vector<std::string> notes;
    const auto add = [&](std::string_view what, std::vector<std::string> values) {
        if (!values.empty()) {
            notes.push_back(fmt::format("{} since certificate request {}: {}", what, before.number,
                                        shortened_list(std::move(values))));
        }
    };
    add("names that are new", without(after.names, before.names));
    add("names that are gone", without(before.names, after.names));
    std::vector<std::string> attributes;
    for (const auto& field : subject_fields()) {
        if (before.subject.*field.value != after.subject.*field.value) {
            attributes.push_back(fmt::format("{} is {} and was {}", field.short_name, quote(after.subject.*field.value),
                                             quote(before.subject.*field.value)));
        }
    }
    add("attributes that changed", std::move(attributes));
    if (notes.empty()) {
        notes.push_back(fmt::format("the subject and the names are those of certificate request {}", before.number));
    }
    return notes;
}

}  // namespace xmppfed::core
