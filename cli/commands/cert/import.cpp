#include <algorithm>

#include <fmt/format.h>

#include "app/cert/request_key.hpp"
#include "app/cert/request_lookup.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/view/request_view.hpp"
#include "core/cert/cert_lifecycle.hpp"
#include "core/cert/cert_match.hpp"
#include "core/cert/cert_rules.hpp"
#include "core/field.hpp"
#include "core/pki/chain.hpp"
#include "core/rules.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli {

namespace {

using core::Certificate;
using core::Error;
using core::ErrorKind;

class CertImport : public Request {
  public:
    void bind(OptionSet& options) override;
    ExitCode run(Context& context) const override;

  private:
    [[nodiscard]] std::vector<Certificate> certificates() const;
    [[nodiscard]] std::vector<Certificate> anchors() const;
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
                        .meaning = "the certificate as the CA sent it, in PEM, DER or PKCS#7, alone or with its chain",
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
    auto file = app::cert_file("the certificate file", file_);
    if (file.certificates.empty()) {
        throw Error{ErrorKind::failed, fmt::format("{} holds no certificate, but a request", core::quote(file_))}.hint(
            "send the request to the CA, and import the certificate that comes back");
    }
    if (chain_) {
        auto above = app::cert_file("the chain file", *chain_).certificates;
        if (above.empty()) {
            throw Error{ErrorKind::failed, fmt::format("{} holds no certificate", core::quote(*chain_))}.hint(
                "name a file of CA certificates with --chain");
        }
        std::ranges::move(above, std::back_inserter(file.certificates));
    }
    return std::move(file.certificates);
}

core::Diagnostics key_mismatch(std::optional<std::int64_t> number) {
    return {core::make_finding(
        core::rule::cert_key_mismatch, "key",
        number ? fmt::format("the certificate belongs to another key than that of certificate request {}", *number)
               : "the certificate belongs to another key than those of all requests",
        "`xmppfed cert list` shows the requests; for a key that lives on Windows name its request with --request")};
}

std::vector<Certificate> CertImport::anchors() const {
    if (!ca_file_) {
        return {};
    }
    auto trusted = app::cert_file("the CA file", *ca_file_).certificates;
    if (trusted.empty()) {
        throw Error{ErrorKind::failed, fmt::format("{} holds no certificate", core::quote(*ca_file_))}.hint(
            "name a file of trusted CA certificates in PEM");
    }
    return trusted;
}

/// What there is to say when nothing that was given is between the certificate and its root.
void CertImport::add_notes_on_chain(const core::Delivery& delivery, const std::vector<Certificate>& given,
                                    std::vector<std::string>& notes) const {
    const auto& [certificate, path, allowed] = delivery;
    const auto is_given = [&](const Certificate& it) {
        return std::ranges::find(given, it.fingerprint, &Certificate::fingerprint) != given.end();
    };
    if (certificate.self_signed || std::ranges::any_of(path.chain, is_given)) {
        return;
    }
    const bool is_by_root = path.chain.empty() && path.has_root;
    if (is_by_root && given.size() > 1) {
        notes.emplace_back("a root has issued this one: it is left out of the chain, for peers have it");
    } else if (chain_) {
        notes.emplace_back("no certificate of --chain has issued this one: they are left out");
    }
    if (!path.chain.empty()) {
        notes.emplace_back("the chain on record is kept");
    } else if (!path.has_root) {
        notes.emplace_back("servers will send it without a chain: if no root has issued it, add its issuer by --chain");
    }
}

ExitCode CertImport::run(Context& context) const {
    const auto given = certificates();
    const auto trusted = anchors();
    const auto now = context.world().now();
    core::CertRequest shown;
    const auto changes = context.commit([&](store::Reader& reader, std::string_view at) {
        if (number_) {
            (void)app::request_by_number(reader, *number_);
        }
        const auto requests = reader.cert_requests();
        const auto needing_sasl = app::dependents(reader);
        const auto delivery = [&](const core::CertRequest* request, const Certificate& certificate) {
            auto pool = given;
            if (request != nullptr) {
                std::ranges::move(app::recorded_chains(*request, requests), std::back_inserter(pool));
            }
            core::Delivery made{certificate, pki::best_path(certificate, pool, trusted, now), {}};
            std::ranges::transform(allowed_, std::back_inserter(made.allowed), core::canonical_or_as_is);
            return made;
        };
        const auto judged = [&](const core::CertRequest* request, const core::Delivery& made) {
            const auto needed = request == nullptr ? std::span<const core::CertName>{} : std::span{request->names};
            return core::judge(made, needed, needing_sasl, now);
        };
        const auto [request, certificate] = core::match_certificate(
            requests, given, number_, {app::public_key_of, [&](const auto* its_request, const Certificate& its) {
                                           return core::count(judged(its_request, delivery(its_request, its)),
                                                              core::Severity::error) == 0;
                                       }});
        const auto chosen = delivery(request, *certificate);
        auto findings = request == nullptr ? key_mismatch(number_) : core::Diagnostics{};
        std::ranges::move(judged(request, chosen), std::back_inserter(findings));
        if (request != nullptr) {
            core::name_request(findings, request->number);
        }
        core::ChangeSet decided;
        if (request != nullptr && core::count(findings, core::Severity::error) == 0) {
            decided = core::import_certificate(*request, chosen, at);
            shown = decided.requests.empty() ? *request : decided.requests.front().after;
        }
        add_notes_on_chain(chosen, given, decided.notes);
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
