#include <optional>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cert/request/request_key.hpp"
#include "app/cert/request/request_lookup.hpp"
#include "app/cert/request/secrets.hpp"
#include "cli/commands/cert/passphrase_question.hpp"
#include "cli/commands/cert/request_number.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/terminal/editing/secret_input.hpp"
#include "cli/view/request_view.hpp"
#include "core/cert/cert_lifecycle.hpp"
#include "core/cert/files/file_host.hpp"
#include "core/cert/retirement.hpp"
#include "core/pki/pfx.hpp"
#include "core/refusal.hpp"
#include "core/text/text.hpp"
#include "store/files/abandoned.hpp"
#include "store/files/file.hpp"

namespace xmppfed::cli {

namespace {

using core::Error;
using core::ErrorKind;

class CertExport : public CommandRequest {
  public:
    CertExport() { password_.name = "password"; }
    void bind(OptionSet& options) override {
        bind_request_number(options, number_);
        options.text({.name = "pfx",
                      .value_name = "FILE",
                      .meaning = "the PKCS#12 file to write, which must not exist yet (required)",
                      .names = Names::file},
                     pfx_);
        options.enumeration(
            {.name = "encryption", .value_name = "ENCRYPTION", .meaning = "how it is encrypted", .default_text = "aes"},
            encryption_);
        bind_passphrase(options, password_, "the password of the PKCS#12 file");
        bind_passphrase(options, passphrase_, "opens an encrypted key");
    }
    ExitCode run(Context& context) const override;

  private:
    void refuse_missing(const Context& context) const;

    std::int64_t number_ = 0;
    std::optional<std::string> pfx_;
    std::optional<pki::PfxEncryption> encryption_;
    PassphraseSource password_;
    PassphraseSource passphrase_;
};

void CertExport::refuse_missing(const Context& context) const {
    if (!pfx_ || pfx_->empty()) {
        throw Error{ErrorKind::usage, "--pfx is missing"}.hint("name the file to write with --pfx FILE");
    }
    if (*pfx_ == "-") {
        throw Error{ErrorKind::usage, "--pfx cannot be standard output: it would show the key"}.hint(
            "name the file to write with --pfx FILE");
    }
    if (!password_.given() && !context.is_interactive()) {
        throw Error{ErrorKind::usage, "the PKCS#12 file needs a password"}.hint(
            "give the file that holds it: --password-file FILE, or --password-fd N");
    }
}

/// No rule speaks of it: what was asked for when the key was made is nobody's mistake.
void refuse_unexportable(const core::CertRequest& request) {
    if (request.exportable) {
        return;
    }
    core::Diagnostic finding;
    finding.severity = core::Severity::error;
    finding.field = "exportable";
    finding.message = fmt::format("the key of certificate request {} is not exportable", request.number);
    finding.hint = fmt::format("`{} --exportable true` makes one that is", core::renewal_command(request));
    throw core::refusal({std::move(finding)});
}

ExitCode CertExport::run(Context& context) const {
    refuse_missing(context);
    app::guard_secrets();
    const auto request = app::request_by_number(*context.store().read(), number_);
    core::refuse_unissued(request);
    core::refuse_retired(request, app::certificate_of(request), context.store().read()->cert_requests(),
                         app::known_key_of);
    core::refuse_files_elsewhere(request, context.book().host());
    refuse_unexportable(request);
    const auto path = absolute_path(context.world(), *pfx_);
    if (context.book().site()->includes(path)) {
        throw Error{ErrorKind::conflict, fmt::format("{} would be a file of the store itself", core::quote(path))}.hint(
            "name a file that does not exist yet");
    }
    const auto key =
        app::key_of(request, app::certificate_of(request), passphrase_of(context, passphrase_, request.key_file));
    const auto texts = app::recorded_texts(request);
    const auto pfx = pki::make_pfx(key.pair, texts.certificate, texts.chain, request.friendly_name,
                                   new_password(context, password_, "the PKCS#12 file"),
                                   encryption_.value_or(pki::PfxEncryption::aes));
    store::remove_abandoned(path);  // it is encrypted, but a copy of the key
    store::NewFile file{"the PKCS#12 file", path, store::private_file};
    file.write(pfx.text());
    file.publish();
    file.keep();
    context.achieve({.what = "the PKCS#12 file is complete", .hint = "make room, or write elsewhere"});
    if (context.globals().output != Format::table) {
        view::print_request(context.display(), request, {});
    } else {
        context.messages().note(fmt::format("certificate, chain and key are in {}", core::quote(path)));
    }
    return ExitCode::done;
}

}  // namespace

constinit const Command cert_export{
    .noun = "cert",
    .verb = "export",
    .summary = "Write key, certificate and chain to a PKCS#12 file",
    .description =
        "For keys that were marked exportable. The file has mode 0600 and the request's friendly name; nothing that "
        "exists is overwritten. Key and certificates are encrypted by AES-256, which Windows Server 2019 and later "
        "read; `--encryption legacy` is for older ones.",
    .examples =
        {
            {"cert export 1 --pfx edge.pfx --password-file password.txt", "to bring key and certificate to Windows"},
            {"cert export 1 --pfx edge.pfx --password-file password.txt --encryption legacy", "to Windows before 2019"},
        },
    .nature = Nature::writes,
    .formats = Formats::items,
    .make = make_request<CertExport>,
};

}  // namespace xmppfed::cli
