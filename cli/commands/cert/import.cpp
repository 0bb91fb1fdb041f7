#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "app/cert/reception.hpp"
#include "app/cert/request/request_lookup.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/view/request_view.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli {

namespace {

using core::Certificate;
using core::Error;
using core::ErrorKind;

class CertImport : public CommandRequest {
  public:
    void bind(OptionSet& options) override;
    ExitCode run(Context& context) const override;

  private:
    [[nodiscard]] std::vector<Certificate> certificates() const;
    [[nodiscard]] std::vector<Certificate> anchors() const;

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
    options.record_number({.name = "request",
                           .value_name = "NUMBER",
                           .meaning = "the request that it was issued for",
                           .default_text = "found by the public key",
                           .names = Names::request},
                          number_, request_record);
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

ExitCode CertImport::run(Context& context) const {
    const app::Consignment sent{.certificates = certificates(),
                                .has_chain = chain_.has_value(),
                                .anchors = anchors(),
                                .allowed = allowed_,
                                .number = number_};
    const auto now = context.world().now();
    core::CertRequest shown;
    const auto changes = context.commit([&](store::Reader& reader, std::string_view at) {
        auto [decided, request] = app::receive(reader, sent, now, at);
        shown = std::move(request);
        return std::move(decided);
    });
    view::print_committed(context.display(), shown, changes.diagnostics);
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
