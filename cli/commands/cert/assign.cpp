#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "app/cert/certificate_directory.hpp"
#include "app/cert/key_announcement.hpp"
#include "app/cert/outdated_directories.hpp"
#include "app/cert/request_key.hpp"
#include "app/cert/request_lookup.hpp"
#include "app/cert/restart_command.hpp"
#include "app/cert/secrets.hpp"
#include "cli/commands/cert/assign_destination.hpp"
#include "cli/commands/cert/assign_notes.hpp"
#include "cli/commands/cert/request_number.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/terminal/secret_input.hpp"
#include "cli/view/request_view.hpp"
#include "core/cert/cert_lifecycle.hpp"
#include "core/cert/cert_rules.hpp"
#include "core/refusal.hpp"
#include "core/text/text.hpp"
#include "core/text/timestamp.hpp"
#include "store/files/file.hpp"
#include "store/files/ownership.hpp"
#include "store/open.hpp"

namespace xmppfed::cli {

namespace {

using core::Error;
using core::ErrorKind;

constexpr std::int64_t default_keep = 2;
constexpr std::int64_t most_keep = 1000;

/// What is worked with from the decision to the end.
struct Assigning {
    core::AccessWish wish;
    core::CertRequest request;
    std::vector<core::CertRequest> all;
    std::optional<app::RequestKey> key;
    std::optional<app::CertificateDirectory> files;  ///< none for a key that lives on Windows
    std::string place;                               ///< the numbered directory, or empty
    Destination to;                                  ///< none for a key that lives on Windows
};

class CertAssign : public Request {
  public:
    void bind(OptionSet& options) override;
    ExitCode run(Context& context) const override;

  private:
    [[nodiscard]] core::AccessWish access() const;
    [[nodiscard]] std::int64_t keep() const;
    void refuse_for_windows() const;
    [[nodiscard]] bool is_first_pair(Context& context, const pki::Secret& passphrase, const Destination& to) const;
    core::ChangeSet decide(Context& context, store::Reader& reader, std::string_view now, const pki::Secret& passphrase,
                           Assigning& work) const;
    void finish(Context& context, Assigning& work, const std::vector<std::string>& restart) const;

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
                   keep_);
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

std::int64_t CertAssign::keep() const {
    const auto keep = keep_.value_or(default_keep);
    if (keep < 0 || keep > most_keep) {
        throw Error{ErrorKind::usage, fmt::format("--keep {} is out of range", keep)}.hint(
            fmt::format("give 0 to {} directories", most_keep));
    }
    return keep;
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

/// What is not in use already gets a numbered directory of its own.
core::ChangeSet CertAssign::decide(Context& context, store::Reader& reader, std::string_view now,
                                   const pki::Secret& passphrase, Assigning& work) const {
    work.request = app::request_by_number(reader, number_);
    work.all = reader.cert_requests();
    core::refuse_unissued(work.request);
    const auto certificate = app::certificate_of(work.request);
    bool is_in_use = work.request.state == core::RequestState::assigned;
    if (work.request.key_file.empty()) {
        refuse_for_windows();
    } else {
        work.key.emplace(app::key_of(work.request, certificate, passphrase));
        if (find_destination(context, to_, work.all).path != work.to.path) {
            throw Error{ErrorKind::conflict, "the store leads to another directory than a moment ago"}.hint(
                "run the command again, or name the directory with --to");
        }
        work.files.emplace(work.to.path,
                           app::CertificatePair{app::recorded_texts(work.request).fullchain(), work.key->pem.text()},
                           work.wish);
        if (!work.to.is_agreed) {
            work.files->require_closed();
        }
        is_in_use = is_in_use && work.files->is_in_use(work.request.directory);
        work.place = is_in_use ? work.request.directory : work.files->numbered();
    }
    if (work.files && !is_in_use) {
        work.files->refuse_unwritable();
    }
    auto decided = is_in_use ? core::ChangeSet{} : core::assign_certificate(work.request, work.all, work.place, now);
    const auto moment = context.world().now();
    decided.diagnostics =
        core::check_path_dates(app::delivery_of(work.request, moment), moment, core::default_warn_days);
    core::name_request(decided.diagnostics, work.request.number);
    return decided;
}

/// Whether the directory gets its first pair: until that is recorded, nothing tells the store of what a killed process
/// leaves there. Where the certificate in use is, it looks anyway. Refuses what the change would be refused for.
bool CertAssign::is_first_pair(Context& context, const pki::Secret& passphrase, const Destination& to) const {
    const auto reader = context.store().read();
    const bool is_known = std::ranges::any_of(reader->cert_requests(), [&](const core::CertRequest& request) {
        return request.state == core::RequestState::assigned && store::directory_of(request.directory) == to.path;
    });
    if (is_known || context.globals().dry_run) {
        return false;
    }
    Assigning work;
    work.wish = access();
    work.to = to;
    const auto decided = decide(context, *reader, core::timestamp(context.world().now()), passphrase, work);
    core::refuse_unsound(decided.diagnostics, context.globals().strict);
    return work.files && !decided.empty();
}

/// What is left when the change is committed.
void CertAssign::finish(Context& context, Assigning& work, const std::vector<std::string>& restart) const {
    work.files.reset();  // signals take effect again
    if (!restart.empty()) {
        app::run_program(restart);  // before anything is printed: nobody may be there to read it
    }
    if (!work.place.empty()) {
        for (const auto& note : app::remove_outdated(work.place, keep(), work.all)) {
            context.messages().note(note);
        }
    }
}

ExitCode CertAssign::run(Context& context) const {
    const auto restart = restart_command_ ? app::command_words(*restart_command_) : std::vector<std::string>{};
    (void)keep();
    app::guard_secrets();
    const auto passphrase = read_passphrase(passphrase_);
    const auto to = settle_destination(context, number_, to_, yes_);
    std::optional<app::KeyAnnouncement> announcement;
    if (is_first_pair(context, passphrase, to)) {
        announcement.emplace(context.book(), app::announced_directory(to.path));
    }
    Assigning work;  // goes before the announcement
    work.wish = access();
    work.to = to;
    const auto make_files = [&] {
        if (work.files) {
            work.files->write();
            work.files->switch_current();
        }
    };
    const auto keep_files = [&] {
        if (work.files) {
            work.files->keep();
        }
        if (announcement) {
            announcement->settle();
        }
    };
    const auto changes = context.commit(
        [&](store::Reader& reader, std::string_view now) { return decide(context, reader, now, passphrase, work); },
        {.act = make_files, .keep = keep_files});
    if (work.files) {
        tell_files(context.messages(), *work.files, work.request);
    }
    if (!context.globals().dry_run) {
        finish(context, work, restart);
    }
    const auto& assigned = changes.requests.empty() ? work.request : changes.requests.back().after;
    view::print_committed(context, assigned, changes.diagnostics);
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
