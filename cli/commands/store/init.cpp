#include <algorithm>
#include <array>
#include <iterator>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/store_making.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/store/store_summary.hpp"
#include "core/text/text.hpp"
#include "store/address.hpp"
#include "store/files/ownership.hpp"

namespace xmppfed::cli {

namespace {

/// `ROLE=RIGHT`; a role's name may have an equals sign in it.
store::Grant read_grant(const std::string& text) {
    const auto mark = text.rfind('=');
    if (mark == std::string::npos || mark == 0) {
        throw core::Error{core::ErrorKind::usage, fmt::format("--grant needs ROLE=RIGHT, not {}", core::quote(text))}
            .hint("a right is viewer, operator or admin");
    }
    return {.role = text.substr(0, mark),
            .right = static_cast<store::Right>(
                core::read_value("--grant", store::grantable_rights(), text.substr(mark + 1)))};
}

class StoreInit : public CommandRequest {
  public:
    void bind(OptionSet& options) override {
        options.text({.name = "group",
                      .value_name = "GROUP",
                      .meaning = "its members administer together: directory 2770, file 0660",
                      .default_text = "only the owner: directory 0700, file 0600"},
                     group_);
        options.add({.name = "grant",
                     .value_name = "ROLE=RIGHT",
                     .meaning = "a role of the database gets viewer, operator or admin; may be repeated",
                     .repeat = Repeat::collects,
                     .take = [this](const auto& values) {
                         std::ranges::transform(values, std::back_inserter(grants_), read_grant);
                     }});
        options.text({.name = "from",
                      .value_name = "FILE",
                      .meaning = "a copy of the store in that file, with its history",
                      .names = Names::file},
                     from_);
    }
    ExitCode run(Context& context) const override;

  private:
    [[nodiscard]] app::StoreWish wish(Context& context) const;
    void tell_intention(Context& context) const;

    std::optional<std::string> group_;
    std::vector<store::Grant> grants_;
    std::optional<std::string> from_;
};

app::StoreWish StoreInit::wish(Context& context) const {
    app::StoreWish wish;
    if (group_) {
        wish.group = store::group_id(*group_);
    }
    wish.grants = grants_;
    if (from_) {
        wish.from = store_file(context.world(), *from_, "--from needs", "name one that `xmppfed store backup` made");
    }
    return wish;
}

/// What only one kind of store has is refused before anything is made.
void refuse_other_kind(Context& context, bool has_group, bool has_grants) {
    const bool is_shared = store::is_known_address(context.store_path());
    if (is_shared && has_group) {
        throw core::Error{core::ErrorKind::usage, "--group is for a store in a file"}.hint(
            "a store in a database has roles: give them rights with --grant");
    }
    if (!is_shared && has_grants) {
        throw core::Error{core::ErrorKind::usage, "--grant is for a store in a database"}.hint(
            "a store in a file is given to a group with --group");
    }
}

/// Keys and certificates are not in a store: its files may be elsewhere by now.
void add_note_on_files(Context& context) {
    if (!context.store().read()->cert_requests().empty()) {
        context.messages().note(
            "files of certificate requests are looked for where they were: `xmppfed store check` names what is "
            "missing, and `xmppfed cert move` records another place");
    }
}

/// What a dry run looks at, and says of it.
void StoreInit::tell_intention(Context& context) const {
    const bool is_there = app::intend_store(context.book(), wish(context)) == app::Making::was_there;
    const auto intend = [&](const std::string& what) { context.messages().note("would " + what); };
    const auto name = core::quote(context.book().name());
    if (is_there) {
        context.messages().note("the store is there already");
    } else if (from_) {
        intend(fmt::format("make the store {} as a copy of {}, with its history", name, core::quote(*from_)));
    } else {
        intend(fmt::format("make the store {}", name));
    }
    if (group_) {
        intend(fmt::format("give it to the group {}: directory 2770, file 0660", core::quote(*group_)));
    }
    for (const auto& grant : grants_) {
        intend(fmt::format("give the role {} the right {}", core::quote(grant.role), core::name_of(grant.right)));
    }
    context.messages().note("dry run: nothing was made");
}

ExitCode StoreInit::run(Context& context) const {
    refuse_other_kind(context, group_.has_value(), !grants_.empty());
    if (context.globals().dry_run) {
        tell_intention(context);
        const bool is_in_file = context.book().site()->is_made_by_first_change();  // else it may be too old to be read
        const auto summary = is_in_file ? summary_of(context) : std::nullopt;
        if (summary || context.globals().output == Format::json) {
            print_store(context, store_members(context, summary));
        }
        return ExitCode::done;
    }
    if (app::make_store(context.book(), wish(context)) == app::Making::was_there) {
        context.messages().note("the store is there already");
    }
    context.achieve({.what = "the store is ready", .hint = "`xmppfed store info` shows it"});
    if (from_) {
        add_note_on_files(context);
    }
    const auto members = store_members(context, summary_of(context));
    if (context.display().shows_result()) {
        print_store(context, members);
    }
    return ExitCode::done;
}

}  // namespace

constinit const Command store_init{
    .noun = "store",
    .verb = "init",
    .summary = "Make an empty store, or a copy of another",
    .description =
        "The permissions of the file are who may administer. With --group the store needs a directory of its own, for "
        "the group may write to all of it. In a PostgreSQL database nothing else makes the store or brings it up to "
        "date, and rights are given to roles. A store that is there keeps what is in it. With --from the store is a "
        "copy of one in a file, such as a backup, which stays as it is; for a move to another host see "
        "xmppfed-store(7).",
    .examples =
        {
            {"store init", "make an empty store; the first change would make it too"},
            {"store init --store /srv/xmppfed/store.db --group xmpp-admins", "one that a team shares"},
            {"store init --from /var/backups/xmppfed-2026-03-15.db", "take a backup over"},
            {"store init --group xmpp-admins --dry-run", "whether that would do, and nothing else"},
            {"store init --store postgresql://db.example/book --grant alice=admin --grant ci=viewer",
             "one in a database, by its owner, or new rights in it"},
        },
    .nature = Nature::prepares,
    .formats = Formats::document,
    .make = make_request<StoreInit>,
};

}  // namespace xmppfed::cli
