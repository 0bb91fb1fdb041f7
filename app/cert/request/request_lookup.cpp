#include "app/cert/request/request_lookup.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "app/cert/request/secrets.hpp"
#include "core/cert/cert_match.hpp"
#include "core/cert/cert_rules.hpp"
#include "core/cert/files/file_host.hpp"
#include "core/error.hpp"
#include "core/pki/chain.hpp"
#include "core/text/text.hpp"
#include "store/files/file.hpp"

namespace xmppfed::app {

namespace {

using core::Error;
using core::ErrorKind;

constexpr std::size_t longest_cert_file = std::size_t{64} * 1024 * 1024;

}  // namespace

core::CertRequest request_by_number(store::Reader& reader, std::int64_t number) {
    if (auto request = reader.cert_request(number)) {
        return *request;
    }
    throw Error{ErrorKind::not_found, fmt::format("there is no certificate request {}", number)}.hint(
        "`xmppfed cert list` shows all requests");
}

std::optional<std::int64_t> recorded_with(store::Reader& reader, const std::string& key_file, std::string_view here) {
    if (key_file.empty() || !store::is_taken(key_file)) {
        return std::nullopt;
    }
    const auto requests = core::with_files_here(reader.cert_requests(), here);
    const auto latest = std::find_if(requests.rbegin(), requests.rend(),
                                     [&](const core::CertRequest& request) { return request.key_file == key_file; });
    return latest == requests.rend() ? std::nullopt : std::optional{latest->number};
}

core::CertRequest request_in_use(store::Reader& reader) {
    const auto requests = reader.cert_requests();
    const auto* const found = core::request_in_use(requests);
    if (found == nullptr) {
        throw Error{ErrorKind::not_found, "no certificate is assigned"}.hint(
            "`xmppfed cert assign NUMBER` puts an imported one to use");
    }
    return *found;
}

std::vector<std::string> dependents(store::Reader& reader) {
    std::vector<std::string> domains;
    reader.visit_partners([&](const core::CommittedPartner& partner) {
        if (partner.enabled && core::offer(partner.negotiation).methods == std::vector{core::Method::sasl_over_tls}) {
            domains.push_back(partner.primary_domain);
        }
        return true;
    });
    return domains;
}

core::Diagnostics diagnostics_on(const core::CertRequest& request, store::Reader& reader,
                                 std::chrono::sys_seconds now) {
    using core::RequestState;
    if (request.state == RequestState::pending) {
        const auto edge = reader.edge();
        return core::plan_request(edge, core::wish_of(request, edge), dependents(reader)).diagnostics;
    }
    if (request.state == RequestState::issued || request.state == RequestState::assigned) {
        auto diagnostics = core::judge(delivery_of(request, now), request.names, dependents(reader), now);
        core::name_request(diagnostics, request);
        return diagnostics;
    }
    return {};
}

pki::CertFile cert_file(const std::string& what, const std::string& path) {
    // A key that somebody took for a certificate is refused, and leaves nothing behind.
    const auto content = read_secret(what, path, longest_cert_file);
    return pki::read_cert_file(content.text(), fmt::format("{} {}", what, core::quote(path)));
}

core::Certificate certificate_of(const core::CertRequest& request) {
    auto file =
        pki::read_cert_file(request.certificate->pem, fmt::format("the certificate of request {}", request.number));
    if (file.certificates.size() != 1 || !file.requests.empty()) {
        throw core::damaged_store(
            fmt::format("certificate request {} has something else for its certificate", request.number));
    }
    return std::move(file.certificates.front());
}

namespace {

std::vector<core::Certificate> recorded_chain(const core::CertRequest& request) {
    return !request.certificate || request.certificate->chain.empty()
               ? std::vector<core::Certificate>{}
               : pki::read_cert_file(request.certificate->chain, "the recorded chain").certificates;
}

}  // namespace

RecordedTexts recorded_texts(const core::CertRequest& request) {
    RecordedTexts texts{certificate_of(request).pem, {}};
    for (const auto& above : recorded_chain(request)) {
        texts.chain += above.pem;
    }
    return texts;
}

core::Delivery delivery_of(const core::CertRequest& request, std::chrono::sys_seconds now) {
    auto certificate = certificate_of(request);
    auto path = pki::best_path(certificate, recorded_chain(request), {}, now);
    path.has_root = path.has_root || request.certificate->has_whole_chain;
    return {std::move(certificate), std::move(path), request.certificate->allowed_missing};
}

std::vector<core::Certificate> recorded_chains(const core::CertRequest& request,
                                               const std::vector<core::CertRequest>& all) {
    const auto* const used = core::request_in_use(all);
    auto chain = recorded_chain(request);
    auto renewed = request.renews;
    std::for_each(all.rbegin(), all.rend(), [&](const core::CertRequest& next) {  // a request renews an earlier one
        const bool is_renewed = renewed == next.number;
        if (is_renewed || &next == used) {
            std::ranges::move(recorded_chain(next), std::back_inserter(chain));
        }
        if (is_renewed) {
            renewed = next.renews;
        }
    });
    return chain;
}

std::optional<core::Delivery> delivery_in(const pki::CertFile& file, std::chrono::sys_seconds now) {
    if (file.certificates.empty()) {
        return std::nullopt;
    }
    const auto delivery = [&](const core::Certificate& certificate) {
        return core::Delivery{certificate, pki::best_path(certificate, file.certificates, {}, now), {}};
    };
    return delivery(core::best_leaf(file.certificates, [&](const core::Certificate& certificate) {
        return core::count(core::judge(delivery(certificate), {}, {}, now), core::Severity::error) == 0;
    }));
}

}  // namespace xmppfed::app
