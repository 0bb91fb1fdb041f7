#include <optional>

#include <fmt/format.h>

#include "cli/certificate_directory.hpp"
#include "cli/commands.hpp"
#include "cli/context.hpp"
#include "cli/request_key.hpp"
#include "cli/request_lookup.hpp"
#include "cli/restart_command.hpp"
#include "cli/view/request_view.hpp"
#include "core/cert_lifecycle.hpp"
#include "core/cert_rules.hpp"
#include "core/text.hpp"

namespace xmppfed::cli {

namespace {

using core::Error;
using core::ErrorKind;

class CertAssign : public Request {
  public:
    void bind(OptionSet& options) override;
    ExitCode run(Context& context) const override;

  private:
    [[nodiscard]] std::string directory(Context& context, const std::vector<core::CertRequest>& all) const;
    void tell_restart(Context& context, const core::CertRequest& request) const;

    std::int64_t number_ = 0;
    std::optional<std::string> to_;
    std::optional<std::string> restart_command_;
    PassphraseSource passphrase_;
};

void CertAssign::bind(OptionSet& options) {
    bind_request_number(options, number_);
    options.text({.name = "to",
                  .value_name = "DIRECTORY",
                  .meaning = "where the numbered directories and the link `current` are",
                  .default_text = "where they were, else `certificates` beside the store",
                  .names = Names::file},
                 to_);
    options.text({.name = "restart-command",
                  .value_name = "COMMAND",
                  .meaning = "a program and its arguments to run afterwards, without a shell"},
                 restart_command_);
    bind_passphrase(options, passphrase_, "opens an encrypted key");
}

/// The directory of what is in use or was assigned last, else one beside the store.
std::string CertAssign::directory(Context& context, const std::vector<core::CertRequest>& all) const {
    if (to_) {
        if (to_->empty()) {
            throw Error{ErrorKind::usage, "--to is empty"}.hint("name a directory");
        }
        auto path = absolute_path(context.world(), *to_);
        while (path.size() > 1 && path.ends_with('/')) {
            path.pop_back();
        }
        return path;
    }
    const core::CertRequest* last = nullptr;
    for (const auto& request : all) {
        if (!request.directory.empty() && (last == nullptr || request.assigned_at >= last->assigned_at)) {
            last = &request;
        }
    }
    return last == nullptr ? store::directory_of(context.location().path) + "/certificates"
                           : store::directory_of(last->directory);
}

void CertAssign::tell_restart(Context& context, const core::CertRequest& request) const {
    if (request.key_file.empty()) {
        context.messages().note(fmt::format(
            "on Windows: `Import-CsCertificate -Path FILE -PrivateKeyExportable ${}`, then `Set-CsCertificate -Type "
            "AccessEdgeExternal,DataEdgeExternal,AudioVideoAuthentication -Thumbprint {}`",
            request.exportable, request.certificate->thumbprint));
    }
    if (!restart_command_) {
        context.messages().note(
            "restart what uses the certificate: `Stop-CsWindowsService`, then `Start-CsWindowsService`; a Prosody or "
            "ejabberd is reloaded");
    }
}

ExitCode CertAssign::run(Context& context) const {
    const auto restart = restart_command_ ? command_words(*restart_command_) : std::vector<std::string>{};
    forbid_core_dumps();
    const auto passphrase = read_passphrase(passphrase_);
    std::optional<CertificateDirectory> files;
    std::string fullchain;
    std::optional<RequestKey> key;
    const auto changes = context.commit(
        [&](store::Reader& reader, std::string_view now) {
            const auto request = request_by_number(reader, number_);
            const auto all = reader.cert_requests();
            core::refuse_unissued(request);
            const auto certificate = certificate_of(request);
            if (!request.key_file.empty()) {
                key.emplace(key_of(request, certificate, passphrase));
                fullchain = request.certificate->pem + request.certificate->chain;
                files.emplace(directory(context, all));
                files->refuse_unwritable();
            } else if (to_) {
                throw Error{ErrorKind::usage, "--to has no sense for a key that lives on Windows"}.hint(
                    "leave it out, and assign the certificate there with Set-CsCertificate");
            }
            auto decided = core::assign_certificate(request, all, files ? files->numbered() : "", now);
            decided.diagnostics = core::check_path_dates(delivery_of(request, context.world().now()),
                                                         context.world().now(), core::default_warn_days);
            return decided;
        },
        [&] {
            if (files) {
                files->write(fullchain, key->pem);
                files->switch_current();
            }
        });
    if (files && !context.globals().dry_run) {
        files->keep();
    }
    if (!restart.empty() && !context.globals().dry_run) {
        run_program(restart);  // before anything is printed: nobody may be there to read it
    }
    const auto& request = changes.requests.back().after;
    view::print_committed(context, request, changes.diagnostics);
    tell_restart(context, request);
    return ExitCode::done;
}

}  // namespace

constinit const Command cert_assign{
    .noun = "cert",
    .verb = "assign",
    .summary = "Make an imported certificate the one in use",
    .description =
        "Makes a new numbered directory with fullchain.pem and privkey.pem, then switches the link `current` to it in "
        "one step: a server that reads it sees the old pair or the new one. The key is copied as it is, encrypted or "
        "not. A certificate that was replaced can be assigned again.",
    .examples =
        {
            {"cert assign 1 --to /etc/prosody/certs/edge", "fullchain.pem and privkey.pem below its `current`"},
            {"cert assign 2 --restart-command 'systemctl reload prosody'", "the next one in the same place"},
        },
    .nature = Nature::changes,
    .formats = Formats::items,
    .make = make_request<CertAssign>,
};

}  // namespace xmppfed::cli
