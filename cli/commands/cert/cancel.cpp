#include <optional>

#include <fmt/format.h>

#include "app/cert/key_deletion.hpp"
#include "app/cert/request/request_lookup.hpp"
#include "app/cert/request/secrets.hpp"
#include "cli/commands/cert/directory_consent.hpp"
#include "cli/commands/cert/passphrase_question.hpp"
#include "cli/commands/cert/request_number.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/terminal/editing/secret_input.hpp"
#include "cli/view/request_view.hpp"
#include "core/cert/cert_lifecycle.hpp"
#include "core/cert/files/file_host.hpp"
#include "core/text/text.hpp"
#include "store/files/file.hpp"

namespace xmppfed::cli {

namespace {

using core::Error;
using core::ErrorKind;

class CertCancel : public CommandRequest {
  public:
    void bind(OptionSet& options) override {
        bind_request_number(options, number_);
        options.flag("delete-key", delete_key_, "delete the key file too, which cannot be undone");
        bind_passphrase(options, passphrase_, "opens an encrypted key, which --delete-key compares");
        options.flag("yes", yes_, "do not ask about a directory that others may write");
    }
    ExitCode run(Context& context) const override;

  private:
    [[nodiscard]] std::string settle_directory(Context& context) const;
    void settle_key(Context& context, const core::CertRequest& request,
                    const std::optional<app::KeyDeletion>& key) const;

    std::int64_t number_ = 0;
    bool delete_key_ = false;
    bool yes_ = false;
    PassphraseSource passphrase_;
};

/// Asks before anything is deleted in a directory that others may write. Returns the directory.
std::string CertCancel::settle_directory(Context& context) const {
    const auto request = app::request_by_number(*context.store().read(), number_);
    if (!delete_key_ || request.key_file.empty()) {
        return {};
    }
    static_cast<void>(core::cancel_request(request));  // what cannot be done needs no question
    core::refuse_files_elsewhere(request, context.book().host());
    auto directory = store::directory_of(request.key_file);
    if (!context.globals().dry_run) {
        agree_to(context,
                 {directory, fmt::format("Delete the key file {}", core::quote(request.key_file)),
                  "leave --delete-key out and delete the key file by hand"},
                 yes_);
    }
    return directory;
}

/// After the commit: a recorded request never loses its key.
void CertCancel::settle_key(Context& context, const core::CertRequest& request,
                            const std::optional<app::KeyDeletion>& key) const {
    if (request.key_file.empty()) {
        return;  // it lives on Windows
    }
    const auto shown = core::quote(request.key_file);
    const bool dry_run = context.globals().dry_run;
    if (key && !dry_run) {
        key->carry_out();
    }
    const auto* fate = !delete_key_ ? "stays" : !key ? "is gone already" : dry_run ? "would be deleted" : "is deleted";
    const auto where = core::has_files_elsewhere(request, context.book().host())
                           ? fmt::format(" on the host {}", core::quote(request.host))
                           : std::string{};
    context.messages().note(fmt::format("the key file {}{} {}", shown, where, fate));
}

ExitCode CertCancel::run(Context& context) const {
    app::guard_secrets();
    const auto directory = settle_directory(context);
    const auto key_file = delete_key_ ? app::request_by_number(*context.store().read(), number_).key_file : "";
    const auto passphrase = passphrase_of(context, passphrase_, key_file);
    std::optional<app::KeyDeletion> key;
    const auto changes = context.commit([&](store::Reader& reader, std::string_view) {
        const auto request = app::request_by_number(reader, number_);
        auto cancelled = core::cancel_request(request);
        if (delete_key_ && !request.key_file.empty()) {
            if (store::directory_of(request.key_file) != directory) {
                throw Error{ErrorKind::conflict, "the store leads to another key file than a moment ago"}.hint(
                    "run the command again");
            }
            const auto here = context.book().host();
            core::refuse_files_elsewhere(request, here);
            app::refuse_shared_key(request, core::with_files_here(reader.cert_requests(), here));
            key = app::KeyDeletion::of(request, passphrase);
        }
        return cancelled;
    });
    const auto& request = changes.requests.front().after;
    settle_key(context, request, key);
    view::print_committed(context.display(), request, changes.diagnostics);
    return ExitCode::done;
}

}  // namespace

constinit const Command cert_cancel{
    .noun = "cert",
    .verb = "cancel",
    .summary = "Drop a pending certificate request",
    .description =
        "The request stays in the list as cancelled. Its files stay too, unless --delete-key is given: that deletes "
        "the key file when it has the key that the CSR was made with.",
    .examples =
        {
            {"cert cancel 3", "drop a request that nobody will answer"},
            {"cert cancel 3 --delete-key", "and its key"},
        },
    .nature = Nature::changes,
    .formats = Formats::items,
    .make = make_request<CertCancel>,
};

}  // namespace xmppfed::cli
