#include <optional>

#include <fmt/format.h>

#include "app/cert/assignment.hpp"
#include "app/cert/request/request_lookup.hpp"
#include "app/cert/request/secrets.hpp"
#include "app/outside_command.hpp"
#include "cli/commands/cert/assign_destination.hpp"
#include "cli/commands/cert/assign_notes.hpp"
#include "cli/commands/cert/passphrase_question.hpp"
#include "cli/commands/cert/request_number.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/terminal/editing/secret_input.hpp"
#include "cli/view/request_view.hpp"
#include "store/files/ownership.hpp"

namespace xmppfed::cli {

namespace {

using core::Error;
using core::ErrorKind;

constexpr std::int64_t default_keep = 2;
constexpr std::int64_t most_keep = 1000;

class CertAssign : public CommandRequest {
  public:
    void bind(OptionSet& options) override;
    ExitCode run(Context& context) const override;

  private:
    [[nodiscard]] core::AccessWish access() const;
    void refuse_for_windows() const;
    void finish(Context& context, app::Assignment& work, const std::vector<std::string>& restart) const;

    std::int64_t number_ = 0;
    std::optional<std::string> to_;
    std::optional<std::string> owner_;
    std::optional<std::string> group_;
    std::optional<std::int64_t> keep_;
    std::optional<std::string> restart_command_;
    PassphraseSource passphrase_;
    bool yes_ = false;
};

void CertAssign::bind(OptionSet& options) {
    bind_request_number(options, number_);
    options.text({.name = "to",
                  .value_name = "DIRECTORY",
                  .meaning = "where the numbered directories and the link `current` are",
                  .default_text = "where they were, else `certificates` beside the store",
                  .names = Names::file},
                 to_);
    options.text({.name = "owner",
                  .value_name = "USER",
                  .meaning = "whom the files belong to",
                  .default_text = "whom those in use do, else you"},
                 owner_);
    options.text(
        {.name = "group",
         .value_name = "GROUP",
         .meaning = "who may read the key too, which gets mode 0640",
         .default_text = "group and mode of the key in use, else the group of a set-group-ID directory, else 0600"},
        group_);
    options.number({.name = "keep",
                    .value_name = "N",
                    .meaning = "how many directories before the one in use stay",
                    .default_text = "2"},
                   keep_, {0, most_keep, "directories"});
    options.text({.name = "restart-command",
                  .value_name = "COMMAND",
                  .meaning = "a program and its arguments to run afterwards, without a shell"},
                 restart_command_);
    bind_passphrase(options, passphrase_, "opens an encrypted key");
    options.flag("yes", yes_, "do not ask about a directory that others may write");
}

core::AccessWish CertAssign::access() const {
    core::AccessWish wish;
    if (owner_) {
        wish.owner = store::user_id(*owner_);
    }
    if (group_) {
        wish.group = store::group_id(*group_);
    }
    return wish;
}

/// Options about files, where there are none.
void CertAssign::refuse_for_windows() const {
    for (const auto& [option, given] :
         {std::pair{"--to", to_.has_value()}, {"--owner", owner_.has_value()}, {"--group", group_.has_value()}}) {
        if (given) {
            throw Error{ErrorKind::usage, fmt::format("{} has no sense for a key that lives on Windows", option)}.hint(
                "leave it out, and assign the certificate there with Set-CsCertificate");
        }
    }
}

/// What is left when the change is committed.
void CertAssign::finish(Context& context, app::Assignment& work, const std::vector<std::string>& restart) const {
    work.release();
    if (!restart.empty()) {
        app::run_program(
            restart,
            "restart what uses the certificate by hand");  // before anything is printed: nobody may be there to read it
    }
    for (const auto& note : work.remove_outdated(keep_.value_or(default_keep))) {
        context.messages().note(note);
    }
}

ExitCode CertAssign::run(Context& context) const {
    const auto restart =
        restart_command_ ? app::command_words("--restart-command", *restart_command_) : std::vector<std::string>{};
    app::guard_secrets();
    const auto to = settle_destination(context, number_, to_, yes_);
    if (to.path.empty()) {
        refuse_for_windows();
    }
    const auto key_file = app::request_by_number(*context.store().read(), number_).key_file;
    const auto passphrase = passphrase_of(context, passphrase_, key_file);
    app::Assignment work{context.book(), {.request = number_, .access = access(), .destination = to}, passphrase};
    const auto changes = context.tell(work.commit());
    if (const auto* const files = work.files()) {
        tell_files(context.messages(), *files, work.request());
    }
    if (!context.globals().dry_run) {
        finish(context, work, restart);
    }
    const auto& assigned = changes.requests.empty() ? work.request() : changes.requests.back().after;
    view::print_committed(context.display(), assigned, changes.diagnostics);
    tell_restart(context.messages(), assigned, restart_command_.has_value());
    return ExitCode::done;
}

}  // namespace

constinit const Command cert_assign{
    .noun = "cert",
    .verb = "assign",
    .summary = "Make an imported certificate the one in use",
    .description =
        "Makes a new numbered directory with fullchain.pem and privkey.pem, then switches the link `current` to it in "
        "one step: a server that reads it sees the old pair or the new one. What is in use already stays as it is. The "
        "key is copied as it is, encrypted or not, and gets the owner, group and mode of the one in use. Older "
        "directories than --keep says go. A certificate that was replaced can be assigned again.",
    .examples =
        {
            {"cert assign 1 --to /etc/xmppfed/edge --group prosody", "for a server that runs as another user"},
            {"cert assign 2 --restart-command 'systemctl reload prosody'", "the next one in the same place"},
        },
    .nature = Nature::changes,
    .formats = Formats::items,
    .make = make_request<CertAssign>,
};

}  // namespace xmppfed::cli
