#include <algorithm>

#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/context.hpp"
#include "cli/request_key.hpp"
#include "cli/request_lookup.hpp"
#include "cli/view/request_view.hpp"
#include "core/cert_lifecycle.hpp"
#include "core/cert_rules.hpp"
#include "core/field.hpp"
#include "core/pki/chain.hpp"
#include "core/rules.hpp"
#include "core/text.hpp"

namespace xmppfed::cli {

namespace {

using core::Certificate;
using core::Error;
using core::ErrorKind;
using core::RequestState;

class CertImport : public Request {
  public:
    void bind(OptionSet& options) override;
    ExitCode run(Context& context) const override;

  private:
    [[nodiscard]] std::vector<Certificate> certificates() const;
    [[nodiscard]] core::Diagnostics chain_findings(const core::Delivery& delivery, const Context& context) const;
    void add_notes_on_chain(const core::Delivery& delivery, const std::vector<Certificate>& given,
                            std::vector<std::string>& notes) const;

    std::string file_;
    std::optional<std::int64_t> number_;
    std::optional<std::string> chain_;
    std::optional<std::string> ca_file_;
    std::vector<std::string> allowed_;
};

void CertImport::bind(OptionSet& options) {
    options.positional({.name = "FILE",
                        .meaning = "the certificate as the CA sent it, in PEM or DER, alone or with its chain",
                        .least = 1,
                        .most = 1,
                        .names = Names::file,
                        .take = [this](const auto& words) { file_ = words.front(); }});
    options.number({.name = "request",
                    .value_name = "NUMBER",
                    .meaning = "the request that it was issued for",
                    .default_text = "found by the public key",
                    .names = Names::request},
                   number_);
    options.text({.name = "chain",
                  .value_name = "FILE",
                  .meaning = "the CA certificates between it and the root, in any order",
                  .names = Names::file},
                 chain_);
    options.text({.name = "ca-file",
                  .value_name = "FILE",
                  .meaning = "check the chain against these trusted CA certificates",
                  .names = Names::file},
                 ca_file_);
    options.list({.name = "allow-missing",
                  .value_name = "NAME",
                  .meaning = "accept, on record, that this requested name is missing (repeatable)"},
                 allowed_);
}

/// All certificates that were given, those of FILE first.
std::vector<Certificate> CertImport::certificates() const {
    auto file = cert_file("the certificate file", file_);
    if (file.certificates.empty()) {
        throw Error{ErrorKind::failed, fmt::format("{} holds no certificate, but a request", core::quote(file_))}.hint(
            "send the request to the CA, and import the certificate that comes back");
    }
    if (chain_) {
        auto above = cert_file("the chain file", *chain_).certificates;
        if (above.empty()) {
            throw Error{ErrorKind::failed, fmt::format("{} holds no certificate", core::quote(*chain_))}.hint(
                "name a file of CA certificates with --chain");
        }
        std::ranges::move(above, std::back_inserter(file.certificates));
    }
    return std::move(file.certificates);
}

/// The request and the certificate among those given that belong together.
struct Match {
    const core::CertRequest* request = nullptr;
    const Certificate* certificate = nullptr;
};

/// Which of the requests of one key is meant: a pending one, else one that is done, else a cancelled one.
int rank(const core::CertRequest& request) {
    return request.state == RequestState::pending ? 2 : request.state == RequestState::cancelled ? 0 : 1;
}

/// The request whose certificate is among these already: importing it again changes nothing.
Match by_certificate(const std::vector<core::CertRequest>& requests, const std::vector<Certificate>& certificates) {
    for (const auto& request : requests) {
        const auto found = std::ranges::find_if(certificates, [&](const Certificate& it) {
            return request.certificate && it.pem == request.certificate->pem;
        });
        if (found != certificates.end()) {
            return {&request, &*found};
        }
    }
    return {};
}

Match by_public_key(const std::vector<core::CertRequest>& requests, const std::vector<Certificate>& certificates) {
    Match match;
    for (const auto& request : requests) {
        const auto key = public_key_of(request);
        const auto found = std::ranges::find(certificates, key, [](const Certificate& it) { return it.key.der; });
        const bool fits = !key.empty() && found != certificates.end();
        if (fits && (match.request == nullptr || rank(request) >= rank(*match.request))) {
            match = {&request, &*found};  // a later one before an earlier
        }
    }
    return match;
}

/// The only request whose key lives on Windows, of which no public key is known; unless it is named, it is pending.
const core::CertRequest* only_keyless(const std::vector<core::CertRequest>& requests, bool named) {
    const auto fits = [&](const core::CertRequest& request) {
        return request.csr.empty() && (named || request.state == RequestState::pending);
    };
    const auto first = std::ranges::find_if(requests, fits);
    return std::ranges::count_if(requests, fits) == 1 ? &*first : nullptr;
}

const Certificate& leaf_of(const std::vector<Certificate>& certificates) {
    const auto found = std::ranges::find(certificates, false, &Certificate::is_ca);
    return found == certificates.end() ? certificates.front() : *found;
}

/// Which certificate is for which request. Without a request of its key the request is null.
Match match(const std::vector<core::CertRequest>& requests, const std::vector<Certificate>& certificates,
            std::optional<std::int64_t> number) {
    auto candidates = requests;
    if (number) {
        std::erase_if(candidates, [&](const core::CertRequest& request) { return request.number != *number; });
    }
    auto found = by_certificate(candidates, certificates);
    if (found.request == nullptr) {
        found = by_public_key(candidates, certificates);
    }
    if (found.request == nullptr) {
        const auto* const keyless = only_keyless(candidates, number.has_value());
        found = {keyless, &leaf_of(certificates)};
    }
    if (found.request != nullptr) {  // of `requests`, which outlives this
        found.request = &*std::ranges::find(requests, found.request->number, &core::CertRequest::number);
    }
    return found;
}

core::Diagnostics key_mismatch(std::optional<std::int64_t> number) {
    return {core::make_finding(
        "cert-key-mismatch", "key",
        number ? fmt::format("the certificate belongs to another key than that of certificate request {}", *number)
               : "the certificate belongs to another key than those of all requests",
        "`xmppfed cert list` shows the requests; for a key that lives on Windows name its request with --request")};
}

core::Diagnostics CertImport::chain_findings(const core::Delivery& delivery, const Context& context) const {
    if (!ca_file_) {
        return {};
    }
    const auto anchors = cert_file("the CA file", *ca_file_).certificates;
    if (anchors.empty()) {
        throw Error{ErrorKind::failed, fmt::format("{} holds no certificate", core::quote(*ca_file_))}.hint(
            "name a file of trusted CA certificates in PEM");
    }
    const auto problem = pki::chain_problem(delivery.certificate, delivery.chain, anchors, context.world().now());
    if (problem.empty()) {
        return {};
    }
    return {core::make_finding("cert-chain-incomplete", {}, fmt::format("no chain leads to a trusted CA: {}", problem),
                               "give the CA certificates between it and the root with --chain")};
}

/// The certificates, and those above the one that the request has already: whoever imports the next one of the same CA
/// need not give them again.
std::vector<Certificate> with_recorded_chain(std::vector<Certificate> certificates, const core::CertRequest* request,
                                             std::chrono::sys_seconds now) {
    if (request != nullptr && request->certificate && !request->certificate->chain.empty()) {
        auto recorded = pki::read_cert_file(request->certificate->chain, "the recorded chain").certificates;
        std::erase_if(recorded, [&](const Certificate& it) { return it.not_after < now; });
        std::ranges::move(recorded, std::back_inserter(certificates));
    }
    return certificates;
}

/// What there is to say when nothing that was given is between the certificate and its root.
void CertImport::add_notes_on_chain(const core::Delivery& delivery, const std::vector<Certificate>& given,
                                    std::vector<std::string>& notes) const {
    const auto& certificate = delivery.certificate;
    if (!pki::chain_of(certificate, given).empty()) {
        return;
    }
    const bool is_by_root = std::ranges::any_of(given, [&](const Certificate& it) {
        return it.self_issued && it.issuer == certificate.issuer && it.pem != certificate.pem;
    });
    if (is_by_root) {
        notes.emplace_back("a root has issued this one: it is left out of the chain, for peers have it");
    } else if (chain_) {
        notes.emplace_back("no certificate of --chain has issued this one: they are left out");
    }
    if (!delivery.chain.empty()) {
        notes.emplace_back("the chain on record is kept");
    } else if (!is_by_root && !chain_ && !ca_file_ && !certificate.self_issued) {
        notes.emplace_back("servers will send it without a chain: if no root has issued it, add its issuer by --chain");
    }
}

ExitCode CertImport::run(Context& context) const {
    const auto all = certificates();
    core::CertRequest shown;
    const auto changes = context.commit([&](store::Reader& reader, std::string_view now) {
        if (number_) {
            (void)request_by_number(reader, *number_);
        }
        const auto requests = reader.cert_requests();
        const auto [request, certificate] = match(requests, all, number_);
        core::Delivery delivery{
            *certificate, pki::chain_of(*certificate, with_recorded_chain(all, request, context.world().now())), {}};
        for (const auto& name : allowed_) {
            delivery.allowed.push_back(core::canonical_or_as_is(name));
        }
        auto findings = request == nullptr ? key_mismatch(number_) : core::Diagnostics{};
        const std::vector<core::CertName> needed = request == nullptr ? std::vector<core::CertName>{} : request->names;
        std::ranges::move(core::judge(delivery, needed, dependents(reader), context.world().now()),
                          std::back_inserter(findings));
        std::ranges::move(chain_findings(delivery, context), std::back_inserter(findings));
        core::ChangeSet decided;
        if (request != nullptr && core::count(findings, core::Severity::error) == 0) {
            decided = core::import_certificate(*request, delivery, now);
            shown = decided.requests.empty() ? *request : decided.requests.front().after;
        }
        add_notes_on_chain(delivery, all, decided.notes);
        decided.diagnostics = std::move(findings);
        return decided;
    });
    view::print_committed(context, shown, changes.diagnostics);
    return ExitCode::done;
}

}  // namespace

constinit const Command cert_import{
    .noun = "cert",
    .verb = "import",
    .summary = "Record the certificate that a CA issued",
    .description =
        "Finds the request by its public key and looks for what would fail later: another key, missing names, "
        "wrong dates, a weak key or signature. The files stay where they are.",
    .examples =
        {
            {"cert import edge.crt", "the certificate of one of our requests"},
            {"cert import edge.crt --chain intermediates.pem --ca-file root.pem",
             "with its chain, which is checked up to the root"},
            {"cert import edge.crt --allow-missing webcon.contoso.com", "although the CA left a name out"},
        },
    .nature = Nature::changes,
    .formats = Formats::items,
    .make = make_request<CertImport>,
};

}  // namespace xmppfed::cli
