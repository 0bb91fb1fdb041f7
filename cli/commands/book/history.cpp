#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/commit_lookup.hpp"
#include "app/partner_lookup.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/view/history_view.hpp"
#include "cli/view/partner_view.hpp"
#include "core/text/moment.hpp"

namespace xmppfed::cli {

namespace {

constexpr std::int64_t default_limit = 50;

class History : public CommandRequest {
  public:
    void bind(OptionSet& options) override {
        options.text(
            {.name = "partner",
             .value_name = "DOMAIN",
             .meaning = "only what happened under this primary domain, and to what bears it under earlier ones",
             .names = Names::primary_domain},
            partner_);
        options.text(
            {.name = "actor", .value_name = "ACTOR", .meaning = "only what that login name committed, also by sudo"},
            actor_);
        options.add({.name = "action",
                     .value_name = "ACTION",
                     .meaning = "only entries of that action",
                     .values = core::history_actions(),
                     .take = [this](const auto& values) {
                         const auto actions = core::history_actions();
                         action_ = actions[core::read_value("--action", actions, values.back())].name;
                     }});
        options.number({.name = "commit", .value_name = "N", .meaning = "only the entries of one commit"}, commit_);
        options.text({.name = "commit-id",
                      .value_name = "ID",
                      .meaning = "whether a shared store has the commit whose answer was lost: exit 4 when it has not"},
                     commit_id_);
        options.text({.name = "since",
                      .value_name = "TIME",
                      .meaning = "not what is older: a time (RFC 3339), a date in UTC, or how long ago, 7d or 24h"},
                     since_);
        options.text({.name = "until", .value_name = "TIME", .meaning = "not what is newer; a date counts to its end"},
                     until_);
        options.number({.name = "limit",
                        .value_name = "N",
                        .meaning = "the newest N entries",
                        .default_text = fmt::to_string(default_limit)},
                       limit_);
    }
    ExitCode run(Context& context) const override;

  private:
    [[nodiscard]] store::HistoryQuery query(const World& world) const;

    std::optional<std::string> partner_;
    std::optional<std::string> actor_;
    std::optional<std::string> action_;
    std::optional<std::int64_t> commit_;
    std::optional<std::string> commit_id_;
    std::optional<std::string> since_;
    std::optional<std::string> until_;
    std::optional<std::int64_t> limit_;
};

std::optional<std::string> moment(std::string_view option, const std::optional<std::string>& text, const World& world,
                                  core::Bound bound) {
    if (!text) {
        return std::nullopt;
    }
    auto time = core::read_moment(*text, world.now(), bound);
    if (!time) {
        throw core::Error{core::ErrorKind::usage, fmt::format("{} needs a time, not {}", option, core::quote(*text))}
            .hint("write 2026-03-15T09:30:00Z, 2026-03-15, or how long ago: 7d, 24h");
    }
    return time;
}

store::HistoryQuery History::query(const World& world) const {
    const auto limit = limit_.value_or(default_limit);
    if (commit_ && commit_id_) {
        throw core::Error{core::ErrorKind::usage, "--commit and --commit-id contradict each other"}.hint(
            "name the commit once");
    }
    if (limit < 0) {
        throw core::Error{core::ErrorKind::usage, "--limit needs a number of entries, 0 or more"};
    }
    return {.partner = partner_ ? std::optional{app::domain_argument(*partner_)} : std::nullopt,
            .actor = actor_,
            .action = action_,
            .commit = commit_,
            .since = moment("--since", since_, world, core::Bound::first),
            .until = moment("--until", until_, world, core::Bound::last),
            .limit = limit};
}

ExitCode History::run(Context& context) const {
    auto query = this->query(context.world());
    if (commit_id_) {
        query.commit = app::find_commit(context.book(), *commit_id_);
    }
    const auto limit = *query.limit;
    auto reader = context.store().read();
    const auto list = view::make_list_view(context.out(), view::history_shape(context.book().site()->is_shared()),
                                           view::list_options(context.display()));
    const auto left_out = std::max<std::int64_t>(0, reader->count_history(query) - limit);
    bool empty = true;
    list->begin();
    reader->visit_history(query, [&](const core::HistoryEntry& entry) {
        list->item(core::to_json(entry));
        empty = false;
        return true;
    });
    list->end(core::Json::object({{"more", left_out > 0}}));
    reader.reset();         // who reads the output slowly holds nobody up
    context.out().flush();  // the note comes after what it is about
    if (left_out > 0) {
        context.messages().note(fmt::format(
            "{} left out: `--limit {}` shows all",
            left_out == 1 ? std::string{"1 older entry was"} : fmt::format("{} older entries were", left_out),
            limit + left_out));
    } else if (empty) {
        context.messages().note("there is no such entry");
    }
    return ExitCode::done;
}

}  // namespace

constinit const Command history{
    .noun = "history",
    .verb = {},
    .summary = "Show who committed what, and when",
    .description = "Entries that one command committed together share their commit number, the revision of the store.",
    .examples =
        {
            {"history", "the last commits, newest first"},
            {"history --partner fabrikam.com", "what happened to one partner, under its former names too"},
            {"history --since 7d --actor alice", "what somebody committed in the last week"},
            {"history --commit 17", "what one commit changed, field by field"},
            {"history --commit-id 6f1b2c3d-9f3e-4a52-8d0b-0123456789ab",
             "what became of a commit whose answer was lost"},
            {"history --limit 1 -o json", "the last commit with the objects before and after it"},
        },
    .nature = Nature::reads,
    .formats = Formats::items,
    .make = make_request<History>,
};

}  // namespace xmppfed::cli
