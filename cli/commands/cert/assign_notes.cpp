#include "cli/commands/cert/assign_notes.hpp"

#include <fmt/format.h>

#include "app/cert/certificate_directory.hpp"
#include "app/cert/request/request_key.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli {

void tell_files(Messages& messages, const app::CertificateDirectory& files, const core::CertRequest& request) {
    if (app::look_at_key(request) == app::KeyFileState::encrypted) {
        messages.note(
            "the key is encrypted: ejabberd cannot read such a key, and Prosody needs its passphrase as `password` in "
            "its `ssl` settings");
    }
    if (const auto closed = files.closed_to_readers(); !closed.empty()) {
        messages.note(
            fmt::format("the directory {} cannot be searched by the owner or the group of the key: open it to them, or "
                        "name another place with --to",
                        core::quote(closed)));
    }
    if ((files.key_access().mode & core::others_bits) != 0) {
        messages.note(fmt::format(
            "everybody may use the key, as the one before it: its mode is {:04o}; `--group` takes that away",
            files.key_access().mode));
    }
}

void tell_restart(Messages& messages, const core::CertRequest& request, bool is_restarted) {
    if (request.key_file.empty()) {
        messages.note(fmt::format(
            "on Windows: `Import-CsCertificate -Path FILE -PrivateKeyExportable ${}`, then `Set-CsCertificate -Type "
            "AccessEdgeExternal,DataEdgeExternal,AudioVideoAuthentication -Thumbprint {}`",
            request.exportable, request.certificate->thumbprint));
    }
    if (!is_restarted) {
        messages.note(
            "restart what uses the certificate: `Stop-CsWindowsService`, then `Start-CsWindowsService`; a Prosody or "
            "ejabberd is reloaded: `systemctl reload prosody`, `systemctl reload ejabberd`");
    }
}

}  // namespace xmppfed::cli
