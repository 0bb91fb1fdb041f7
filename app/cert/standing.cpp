#include "app/cert/standing.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "app/cert/assigned_files.hpp"
#include "app/cert/interrupted_assignments.hpp"
#include "app/cert/request/request_key.hpp"
#include "app/cert/request/request_lookup.hpp"
#include "core/cert/cert_name_rules.hpp"
#include "core/cert/cert_rules.hpp"
#include "core/cert/files/file_host.hpp"
#include "core/cert/retirement.hpp"
#include "core/rule/rules.hpp"

namespace xmppfed::app {

namespace {

core::CertRequest request_to_look_at(store::Reader& reader, std::string_view here) {
    try {
        return request_in_use(reader);
    } catch (core::Error& error) {
        error.diagnostics = interrupted_assignments(reader, here);
        throw;
    }
}

void append(core::Diagnostics& diagnostics, core::Diagnostics more) {
    std::ranges::move(more, std::back_inserter(diagnostics));
}

core::Diagnostics diagnostics_on_names(const core::CertificateStanding& standing) {
    auto diagnostics = core::check_names(standing.delivery.certificate.names, standing.needed,
                                         standing.request.certificate->allowed_missing);
    for (auto& diagnostic : diagnostics) {
        if (diagnostic.rule == &core::rule::cert_name_missing) {
            diagnostic.hint = core::renew_hint;
        }
    }
    return diagnostics;
}

/// Of the certificate in use alone, and only when partners depend on what it lacks: public CAs issue no other.
core::Diagnostics diagnostics_on_client_auth(store::Reader& reader, const core::CertificateStanding& standing) {
    const auto check = [&](const std::vector<std::string>& partners) {
        return core::check_client_auth(standing.delivery.certificate, standing.delivery.path, partners);
    };
    if (standing.request.state != core::RequestState::assigned || check({}).empty()) {
        return {};
    }
    const auto partners = dependents(reader);
    return partners.empty() ? core::Diagnostics{} : check(partners);
}

/// Of a certificate that is, or was, in use: all requests are read for it.
core::Diagnostics diagnostics_on_retirement(store::Reader& reader, const core::CertificateStanding& standing) {
    const auto state = standing.request.state;
    if (state != core::RequestState::assigned && state != core::RequestState::retired) {
        return {};
    }
    return core::check_retired(standing.request, standing.delivery.certificate, reader.cert_requests(), known_key_of);
}

/// Whether it may be assigned again.
bool is_usable(const core::CertificateStanding& standing) {
    return std::ranges::find(standing.diagnostics, &core::rule::cert_retired, &core::Diagnostic::rule) ==
           standing.diagnostics.end();
}

}  // namespace

core::CertificateStanding standing_on_record(store::Reader& reader, core::CertRequest request,
                                             std::chrono::sys_seconds now, core::Days warn) {
    auto delivery = delivery_of(request, now);
    const auto edge = reader.edge();
    auto needed = core::plan_request(edge, core::wish_of(request, edge), {}).names;
    core::CertificateStanding standing{.request = std::move(request),
                                       .delivery = std::move(delivery),
                                       .needed = std::move(needed),
                                       .now = now,
                                       .diagnostics = {},
                                       .notes = {}};
    auto& diagnostics = standing.diagnostics;
    append(diagnostics, diagnostics_on_retirement(reader, standing));
    append(diagnostics, core::check_path_dates(standing.delivery, now, warn));
    append(diagnostics, core::check_complete(edge));
    append(diagnostics, diagnostics_on_names(standing));
    append(diagnostics, diagnostics_on_client_auth(reader, standing));
    core::name_request(diagnostics, standing.request);
    append(diagnostics, core::check_chain_on_record(standing.delivery));
    return standing;
}

core::CertificateStanding look_at_certificate(Book& book, core::Days warn) {
    const auto reader = book.store().read();
    const auto here = book.host();
    auto standing = standing_on_record(*reader, request_to_look_at(*reader, here), book.now(), warn);
    if (core::has_files_elsewhere(standing.request, here)) {
        standing.notes = {core::note_on_files_elsewhere(standing.request)};
    } else if (auto files = look_at_assigned_files(standing.request, standing.delivery.certificate)) {
        if (!is_usable(standing)) {
            files->remedy = core::replacement_of(standing.request);
        }
        standing.notes = core::unread_files(*files);
        append(standing.diagnostics, core::check_files(*files));
    }
    return standing;
}

}  // namespace xmppfed::app
