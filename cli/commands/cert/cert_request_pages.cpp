#include "cli/commands/cert/cert_request_pages.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "app/cert/request/request_lookup.hpp"
#include "app/cert/request/secrets.hpp"
#include "cli/view/partner_view.hpp"
#include "cli/view/request_view.hpp"
#include "core/cert/cert_rules.hpp"
#include "core/refusal.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli {

namespace {

namespace fs = std::filesystem;

using core::Error;
using core::ErrorKind;

constexpr std::string_view files_heading = "Certificate Request File";
constexpr std::string_view settings_heading = "Name and Security Settings";

/// What the answers come to so far: what a page shows as its current answer.
struct PageDraft {
    const Answers& answers;
    core::Edge edge;
    core::RequestPlan plan;
    app::RequestPaths paths;
    core::CertRequest request;
};

core::Edge edge_in(Context& context) {
    return context.store().read()->edge();
}

/// Everything is read again after each answer, and a pipe can be read only once.
void refuse_pipe(const Answers& answers, const std::string& option) {
    std::error_code failed;
    const auto path = answers.text(option);
    if (path && fs::exists(*path, failed) && !fs::is_regular_file(*path, failed)) {
        throw Error{ErrorKind::usage,
                    fmt::format("--{} {} is no regular file, and --interactive reads it more than once", option,
                                core::quote(*path))}
            .hint("name a regular file, or leave --interactive out");
    }
}

/// The pages are those of a new request whose key is made here.
void refuse_other_requests(const Answers& answers) {
    for (const auto* option : {"renew", "format"}) {
        if (answers.has(option)) {
            throw Error{ErrorKind::usage, fmt::format("--{} excludes --interactive", option)}.hint(
                fmt::format("leave --interactive out, or make a request without --{}", option));
        }
    }
}

void refuse_unrepeatable_input(const Answers& answers) {
    if (answers.has("key-passphrase-fd")) {
        throw Error{ErrorKind::usage, "--key-passphrase-fd excludes --interactive, which reads more than once"}.hint(
            "name a file with --key-passphrase-file");
    }
    for (const auto* option : {"key", "san-file", "key-passphrase-file"}) {
        refuse_pipe(answers, option);
    }
}

PageDraft draft_of(Context& context, const CertRequestOptions& options, const Answers& answers) {
    PageDraft draft{answers, edge_in(context), {}, {}, {}};
    core::refuse_unsound(core::check_complete(draft.edge), /*strict=*/false);
    const auto order = options.order(context.world());
    draft.plan = core::plan_request(draft.edge, app::wish_of(order), {});
    draft.paths = app::paths_of(order, draft.edge);
    draft.request = app::described(order, draft.edge, draft.paths);
    return draft;
}

std::string name_of_file(const PageDraft& draft, const std::string& option, const std::string& path) {
    return draft.answers.text(option).value_or(fs::path{path}.filename().string());
}

void add_file_pages(std::vector<Page>& pages, const PageDraft& draft) {
    pages.push_back({.heading = files_heading,
                     .label = "CSR file",
                     .field = "csr_file",
                     .current = name_of_file(draft, "out", draft.paths.csr.value_or("-")),
                     .options = {"out"}});
    pages.push_back({.heading = files_heading,
                     .label = "Existing key",
                     .field = "key",
                     .text = "Empty: a new key is made.",
                     .current = draft.answers.text("key").value_or(""),
                     .options = {"key"},
                     .replaces = {"key-out", "bits", "curve"},
                     .clearing = Clearing::leaves_out});
    if (draft.paths.key_is_new) {
        pages.push_back({.heading = files_heading,
                         .label = "Key file",
                         .field = "key_file",
                         .current = name_of_file(draft, "key-out", draft.paths.key),
                         .options = {"key-out"}});
    }
}

void add_setting_pages(std::vector<Page>& pages, const PageDraft& draft) {
    const auto& request = draft.request;
    pages.push_back({.heading = "Alternate Certificate Template",
                     .label = "Template",
                     .field = "template",
                     .current = request.template_name,
                     .options = {"template"},
                     .clearing = Clearing::leaves_out});
    pages.push_back({.heading = settings_heading,
                     .label = "Friendly name",
                     .field = "friendly_name",
                     .current = request.friendly_name,
                     .options = {"friendly-name"}});
    if (draft.paths.key_is_new) {
        const bool is_rsa = request.key.algorithm == core::KeyAlgorithm::rsa;
        pages.push_back(
            {.heading = settings_heading,
             .label = "Bit length or curve",
             .field = "key",
             .current = is_rsa ? fmt::to_string(request.key.bits) : std::string{core::name_of(request.key.curve)},
             .options = {"bits", "curve"}});
    }
    pages.push_back({.heading = settings_heading,
                     .label = "Private key exportable",
                     .field = "exportable",
                     .current = request.exportable ? "true" : "false",
                     .options = {"exportable"}});
}

void add_subject_pages(std::vector<Page>& pages, const PageDraft& draft) {
    for (const auto& field : core::edge_fields()) {
        const auto attribute = std::ranges::find(core::subject_fields(), field.key, &core::SubjectField::key);
        if (attribute != core::subject_fields().end()) {
            pages.push_back({.heading = "Organization and Geographical Information",
                             .label = field.label,
                             .field = field.key,
                             .current = draft.plan.subject.*attribute->value,
                             .options = {std::string{field.option}},
                             .clearing = Clearing::gives_empty});
        }
    }
    pages.push_back({.heading = "Subject Name",
                     .label = "Common name",
                     .field = "common_name",
                     .current = draft.plan.subject.common_name,
                     .options = {"common-name"},
                     .clearing = Clearing::gives_empty});
}

/// What nobody has to type: the subject, and the names that come of the edge.
std::string filled_in(const PageDraft& draft, const Style& style) {
    auto names = draft.plan.names;
    std::erase_if(names, [](const core::CertName& name) { return name.source == core::NameSource::additional; });
    return view::labelled("Subject", view::subject_text(draft.plan.subject)) + view::names_with_sources(names, style);
}

void add_name_pages(std::vector<Page>& pages, const PageDraft& draft, const Style& style) {
    pages.push_back({.heading = "Subject Name/Subject Alternate Names",
                     .label = "Enter",
                     .field = "filled_in",  // what is wrong with a name is for the page that asks for it
                     .text = "Filled in by itself. The next two pages choose the SIP domains and ask for more names.",
                     .details = filled_in(draft, style),
                     .options = {}});
    const auto& answers = draft.answers;
    const auto chosen = answers.text("sip-domain").value_or("all");
    const auto& domains = draft.edge.sip_domains;
    const auto listed = domains.empty() ? "none" : core::escape(core::join(domains, ", "));
    pages.push_back({.heading = "SIP Domain Setting on SANs",
                     .label = "SIP domains",
                     .field = "sip_domains",
                     .text = fmt::format("The edge's SIP domains: {}. All of them is recommended.", listed),
                     .current = answers.has("no-sip-domains") ? "none" : chosen,
                     .options = {"sip-domain"},
                     .keywords = {{"all", "all-sip-domains"}, {"none", "no-sip-domains"}}});
    pages.push_back({.heading = "Configure Additional SANs",
                     .label = "Additional names",
                     .field = "names",
                     .current = answers.text("san").value_or(""),
                     .options = {"san"},
                     .clearing = Clearing::leaves_out});
}

/// Whether the file that a page asks for may be written: what another page asks for is left to that page.
void review_file(Context& context, app::RequestPaths paths, const Page& page) {
    paths.key_request = app::recorded_with(*context.store().read(), paths.key, context.book().host());
    if (page.field == "csr_file") {
        paths.key_is_new = false;
        app::refuse_taken(paths, *context.book().site());
    } else if (page.field == "key_file") {
        paths.csr.reset();
        app::refuse_taken(paths, *context.book().site());
    }
}

}  // namespace

std::vector<Page> cert_request_pages(Context& context, const CertRequestOptions& options, const Answers& answers) {
    refuse_other_requests(answers);
    refuse_unrepeatable_input(answers);
    options.refuse_contradictions(context.globals().output);
    const auto draft = draft_of(context, options, answers);
    std::vector<Page> pages;
    add_file_pages(pages, draft);
    add_setting_pages(pages, draft);
    add_subject_pages(pages, draft);
    add_name_pages(pages, draft, context.style());
    return pages;
}

void review_cert_request(Context& context, const CertRequestOptions& options, const Answers& answers,
                         const Page& page) {
    refuse_other_requests(answers);
    refuse_unrepeatable_input(answers);
    options.refuse_contradictions(context.globals().output);
    const auto edge = edge_in(context);
    const auto order = options.order(context.world());
    auto diagnostics = core::plan_request(edge, app::wish_of(order), {}).diagnostics;
    std::erase_if(diagnostics, [&](const auto& diagnostic) { return diagnostic.field != page.field; });
    core::refuse_unsound(diagnostics, /*strict=*/false);
    review_file(context, app::paths_of(order, edge), page);
    if (page.field == "key" && !order.makes_key()) {
        app::guard_secrets();
        core::refuse_unsound(core::check_key(app::key_pair(order, order.read_passphrase()).kind()), /*strict=*/false);
    }
    view::print_diagnostics(context.display(), diagnostics, "  ");
}

}  // namespace xmppfed::cli
