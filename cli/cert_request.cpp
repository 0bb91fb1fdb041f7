#include <array>
#include <memory>

#include <fmt/format.h>

#include "cli/cert_request_options.hpp"
#include "cli/commands.hpp"
#include "cli/context.hpp"
#include "cli/view/request_view.hpp"

namespace xmppfed::cli {

namespace {

using core::Error;
using core::ErrorKind;

class CertRequest : public Request {
  public:
    void bind(OptionSet& options) override { options_.bind(options); }
    ExitCode run(Context& context) const override;

  private:
    void make(Context& context, const core::Edge& edge, const core::Diagnostics& findings, core::CertRequest& request,
              const RequestPaths& paths) const;

    CertRequestOptions options_;
};

/// Enabled partners that only a certificate with client authentication can reach.
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

/// Records the request in one transaction with its history, if the edge is still what the request was made for.
void record(Context& context, core::CertRequest& request, const core::Edge& edge, const core::Diagnostics& findings) {
    context.commit([&](store::Reader& reader, std::string_view now) {
        if (reader.edge() != edge) {
            throw Error{ErrorKind::conflict, "somebody changed the edge meanwhile"}.hint("run the command again");
        }
        request.number = reader.next_request_number();
        request.created_at = now;
        core::ChangeSet changes;
        changes.request = {std::shared_ptr<void>{}, &request};  // it outlives the commit
        changes.diagnostics = findings;
        return changes;
    });
}

/// Makes the key and the CSR, writes both, then records the request; whatever fails takes the files with it.
void CertRequest::make(Context& context, const core::Edge& edge, const core::Diagnostics& findings,
                       core::CertRequest& request, const RequestPaths& paths) const {
    const auto passphrase = options_.passphrase();
    const auto key = options_.key_pair(passphrase);
    request.key = key.kind();
    refuse_unsound(core::check_key(request.key), context.globals().strict);
    request.csr = pki::make_csr({.subject = request.subject,
                                 .names = request.names,
                                 .template_name = request.template_name,
                                 .client_auth = options_.client_auth(),
                                 .hash = options_.hash()},
                                key);
    if (context.globals().dry_run) {
        record(context, request, edge, findings);
        return;
    }
    RequestFiles files{context, paths};
    files.write(paths.key_is_new ? key.to_pem(passphrase) : pki::Secret{}, request.csr);
    record(context, request, edge, findings);
    files.keep();
}

ExitCode CertRequest::run(Context& context) const {
    options_.refuse_contradictions(context.globals().output);
    forbid_core_dumps();
    const auto wish = options_.wish();
    core::Edge edge;
    core::RequestPlan plan;
    {
        const auto reader = context.store().read();
        edge = reader->edge();
        plan = core::plan_request(edge, wish, dependents(*reader));
    }
    refuse_unsound(plan.diagnostics, context.globals().strict);
    const auto paths = options_.paths(context.world(), edge);
    auto request = options_.described(edge, paths);
    request.subject = std::move(plan.subject);
    request.names = std::move(plan.names);
    refuse_taken(paths, context.location().path);
    if (context.globals().dry_run && options_.makes_key()) {
        record(context, request, edge, plan.diagnostics);  // a key that nobody keeps is not made
    } else {
        make(context, edge, plan.diagnostics, request, paths);
    }
    const bool wants_table = context.wants_table() && !options_.prints_csr();
    if (context.globals().output != Format::table || wants_table) {
        view::print_request(context, request, plan.diagnostics);
    }
    return ExitCode::done;
}

constexpr std::array examples{
    Example{"cert request", "the names of the edge, a new RSA key, both files in the current directory"},
    Example{"cert request --curve P-256 --out edge.csr --key-out edge.key", "an EC key, and files of your choice"},
    Example{"cert request --key edge.key --out - --quiet", "an existing key, the CSR on standard output"},
    Example{"cert request --san im.contoso.com --key-passphrase-file passphrase.txt",
            "one more name, and an encrypted key"},
    Example{"cert request --srv-names --xmpp-addrs --template XmppEdge", "for a private CA"},
    Example{"cert request --dry-run", "the summary, and nothing else"},
};

}  // namespace

constinit const Command cert_request{
    .noun = "cert",
    .verb = "request",
    .summary = "Prepare the request for the external edge certificate",
    .description =
        "Makes a key and a certificate request (PKCS#10) with the names that federation needs, to be sent to a CA "
        "later. Nothing that exists is overwritten, a request that fails leaves no file behind, and the key is "
        "never shown.",
    .examples = examples,
    .nature = Nature::changes,
    .formats = Formats::items,
    .make = make_request<CertRequest>,
};

}  // namespace xmppfed::cli
