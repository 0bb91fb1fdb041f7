#include <algorithm>
#include <functional>

#include <fmt/format.h>

#include "app/cert/request_key.hpp"
#include "app/cert/request_lookup.hpp"
#include "app/cert/secrets.hpp"
#include "cli/commands/cert/cert_request_options.hpp"
#include "cli/commands/cert/cert_request_pages.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/view/request_view.hpp"
#include "core/cert/cert_lifecycle.hpp"
#include "core/cert/cert_rules.hpp"
#include "core/refusal.hpp"
#include "core/rules.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli {

namespace {

using core::Error;
using core::ErrorKind;

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

/// A request in the making.
struct Draft {
    CertRequestOptions options;
    core::Edge edge;
    core::RequestPlan plan;
    app::RequestPaths paths;
    core::CertRequest request;
    std::string reused_key;          ///< the public key that --reuse-key must find, in DER; or empty
    std::vector<std::string> notes;  ///< what a renewal changes
};

/// The request that is made again. Its key may be on Windows only where the new one's is too.
core::CertRequest renewed(store::Reader& reader, const CertRequestOptions& options) {
    auto request = app::request_by_number(reader, *options.renews());
    if (request.key_file.empty() && !options.on_windows()) {
        throw Error{ErrorKind::usage, fmt::format("the key of certificate request {} lives on Windows", request.number)}
            .hint("add --format inf or --format powershell, or make a request without --renew");
    }
    return request;
}

/// A renewal takes everything over but the passphrase, which is nowhere.
void add_key_difference(const core::CertRequest& before, Draft& draft) {
    const bool makes_plain_key = draft.options.makes_key() && !draft.options.has_passphrase();
    if (makes_plain_key && !draft.options.on_windows() && app::look_at_key(before) == app::KeyFileState::encrypted) {
        draft.notes.push_back(
            fmt::format("the key of request {} is encrypted, and the new one is not: --key-passphrase-file encrypts it",
                        before.number));
    }
}

Draft draft(Context& context, const CertRequestOptions& options) {
    Draft draft{.options = options, .edge = {}, .plan = {}, .paths = {}, .request = {}, .reused_key = {}, .notes = {}};
    {
        const auto reader = context.store().read();
        draft.edge = reader->edge();
        core::refuse_unsound(core::judge(draft.edge, {}),
                             /*strict=*/false);  // past the program anything can be written
        std::optional<core::CertRequest> before;
        if (options.renews()) {
            before = renewed(*reader, options);
            draft.options.take_over(*before, draft.edge, reader->next_request_number());
        }
        draft.plan = core::plan_request(draft.edge, draft.options.wish(), app::dependents(*reader));
        if (before) {
            draft.notes = core::differences(*before, draft.plan);
            add_key_difference(*before, draft);
            draft.reused_key = options.reuses_key() ? app::public_key_of(*before) : std::string{};
        }
    }
    core::refuse_unsound(draft.plan.diagnostics, context.globals().strict);
    draft.paths = draft.options.paths(context.world(), draft.edge);
    draft.paths.key_request = app::recorded_with(*context.store().read(), draft.paths.key);
    draft.request = draft.options.described(draft.edge, draft.paths);
    draft.request.subject = std::move(draft.plan.subject);
    draft.request.names = std::move(draft.plan.names);
    return draft;
}

/// Records the request in one transaction with its history, if the edge is still what the request was made for. What
/// Windows makes the key from may be written any number of times: it is one request as long as it asks for the same.
/// `keep` is called when its files must stay.
void record(Context& context, Draft& draft, const std::function<void()>& keep = {}) {
    const auto decide = [&](store::Reader& reader, std::string_view now) {
        if (reader.edge() != draft.edge) {
            throw Error{ErrorKind::conflict, "somebody changed the edge meanwhile"}.hint("run the command again");
        }
        core::ChangeSet changes;
        changes.diagnostics = draft.plan.diagnostics;
        changes.notes = draft.notes;
        const auto requests = draft.options.on_windows() ? reader.cert_requests() : std::vector<core::CertRequest>{};
        if (const auto* const twin = core::pending_twin(requests, draft.request)) {
            draft.request = *twin;
            changes.notes.push_back(fmt::format(
                "certificate request {} asks for the same and is pending: no other is recorded", twin->number));
            return changes;
        }
        draft.request.number = reader.next_request_number();
        draft.request.created_at = now;
        changes.requests.push_back({std::nullopt, draft.request});
        return changes;
    };
    context.commit(decide, {.act = {}, .keep = keep});
}

/// Makes the key and the CSR, writes both, then records the request; whatever fails takes the files with it.
void make(Context& context, Draft& draft) {
    auto& request = draft.request;
    const auto passphrase = draft.options.passphrase();
    const auto key = draft.options.key_pair(passphrase);
    if (!draft.reused_key.empty() && key.public_der() != draft.reused_key) {
        core::refuse_unsound({core::make_diagnostic(core::rule::cert_key_mismatch, "key_file",
                                                    fmt::format("the key in {} is not that of certificate request {}",
                                                                core::quote(draft.paths.key), *request.renews),
                                                    "bring it back, or leave --reuse-key out to have a new key made")},
                             /*strict=*/false);
    }
    request.key = key.kind();
    core::refuse_unsound(core::check_key(request.key), context.globals().strict);
    request.csr = pki::make_csr({.subject = request.subject,
                                 .names = request.names,
                                 .template_name = request.template_name,
                                 .client_auth = request.basis.client_auth,
                                 .hash = request.basis.hash},
                                key);
    if (context.globals().dry_run) {
        record(context, draft);
        return;
    }
    app::RequestFiles files{context.book(), draft.paths};
    files.write(draft.paths.key_is_new ? key.to_pem(passphrase) : pki::Secret{}, request.csr,
                [&](const std::string& csr) {
                    context.out().write(csr);
                    context.out().flush();  // a request whose CSR nobody got is not recorded
                });
    record(context, draft, [&] { files.keep(); });
}

/// Writes what Windows makes the key and the CSR from, then records the request.
void prepare_on_windows(Context& context, Draft& draft) {
    auto& request = draft.request;
    request.csr_file.reset();  // what is written now is no CSR
    const auto medium = draft.options.prints_csr() ? context.medium() : core::Medium::file;
    const auto text =
        draft.options.format().make(request, {.csr_file = draft.edge.access_edge + ".csr", .medium = medium});
    if (std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) > 0x7F; })) {
        draft.notes.emplace_back("not all of it is ASCII: save it as UTF-16 for Windows to read it rightly");
    }
    if (context.globals().dry_run) {
        record(context, draft);
        return;
    }
    if (draft.options.prints_csr()) {
        context.out().write(core::lines_for(medium, text));
        context.out().flush();  // a request that nobody got is not recorded
        record(context, draft);
        return;
    }
    store::NewFile file{"the request file", *draft.paths.csr, store::public_file};
    file.write(text);
    file.publish();
    record(context, draft, [&] { file.keep(); });
}

ExitCode CertRequest::run(Context& context) const {
    options_.refuse_contradictions(context.globals().output);
    app::guard_secrets();
    auto work = draft(context, options_);
    app::refuse_taken(work.paths, context.store_path());
    app::refuse_unwritable(work.paths);
    if (work.options.on_windows()) {
        prepare_on_windows(context, work);
    } else if (context.globals().dry_run && work.options.makes_key()) {
        (void)work.options.passphrase();  // fails as it would for a real request
        record(context, work);            // a key that nobody keeps is not made
    } else {
        make(context, work);
    }
    const bool is_output_taken = work.options.prints_csr() && !context.globals().dry_run;
    if (context.display().shows_result() && !is_output_taken) {
        view::print_request(context.display(), work.request, work.plan.diagnostics);
    } else {
        context.messages().note(fmt::format("the number of this certificate request is {}", work.request.number));
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
