#include <utility>

#include <fmt/format.h>

#include "app/cert/request/request_preparation.hpp"
#include "app/cert/request/secrets.hpp"
#include "cli/commands/cert/cert_request_options.hpp"
#include "cli/commands/cert/cert_request_pages.hpp"
#include "cli/commands/cert/passphrase_question.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/view/request_view.hpp"

namespace xmppfed::cli {

namespace {

class CertRequest : public InteractiveRequest {
  public:
    void bind(OptionSet& options) override { options_.bind(options); }
    ExitCode run(Context& context) const override;
    std::vector<Page> pages(Context& context, const Answers& answers) const override {
        return cert_request_pages(context, options_, answers);
    }
    void review(Context& context, const Answers& answers, const Page& page) const override {
        review_cert_request(context, options_, answers, page);
    }

  private:
    CertRequestOptions options_;
};

ExitCode CertRequest::run(Context& context) const {
    options_.refuse_contradictions(context.globals().output);
    app::guard_secrets();
    auto order = options_.order(context.world());
    order.ask_passphrase = [&context](const std::string& file) { return passphrase_of(context, {}, file); };
    const bool is_output_taken = order.hands_over() && !context.globals().dry_run;
    app::RequestPreparation work{context.book(), std::move(order)};
    const auto hand_over = [&](const std::string& text) {
        context.out().write(text);
        context.out().flush();  // a request that nobody got is not recorded
    };
    context.tell(work.commit(hand_over, context.medium()));
    if (context.display().shows_result() && !is_output_taken) {
        view::print_request(context.display(), work.request(), work.diagnostics());
    } else {
        context.messages().note(fmt::format("the number of this certificate request is {}", work.request().number));
    }
    return ExitCode::done;
}

}  // namespace

constinit const Command cert_request{
    .noun = "cert",
    .verb = "request",
    .summary = "Prepare the request for the external edge certificate",
    .description =
        "Makes a key and a certificate request (PKCS#10) with the names that federation needs, to be sent to a CA "
        "later. Nothing that exists is overwritten, a request that fails leaves no file behind, and the key is "
        "never shown.",
    .examples =
        {
            {"cert request", "the names of the edge, a new RSA key, both files in the current directory"},
            {"cert request --curve P-256 --out edge.csr --key-out edge.key", "an EC key, and files of your choice"},
            {"cert request --key edge.key --out - --quiet", "an existing key, the CSR on standard output"},
            {"cert request --san im.contoso.com --key-passphrase-file passphrase.txt",
             "one more name, and an encrypted key"},
            {"cert request --srv-names --xmpp-addrs --template XmppEdge", "for a private CA"},
            {"cert request --renew 1 --reuse-key", "the same request again, with the names that the edge needs by now"},
            {"cert request --format inf --out edge.inf", "for `certreq -new` on Windows, where the key is made"},
            {"cert request --dry-run", "the summary, and nothing else"},
            {"cert request --interactive", "the wizard, page by page"},
        },
    .nature = Nature::changes,
    .formats = Formats::items,
    .make = make_request<CertRequest>,
    .make_interactive = make_interactive_request<CertRequest>,
};

}  // namespace xmppfed::cli
