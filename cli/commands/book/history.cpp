#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/partner_lookup.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/view/partner_view.hpp"

namespace xmppfed::cli {

namespace {

using core::Json;

constexpr std::int64_t default_limit = 50;

class History : public CommandRequest {
  public:
    void bind(OptionSet& options) override {
        options.text({.name = "partner",
                      .value_name = "DOMAIN",
                      .meaning = "only what happened to the partner with this primary domain, now or then",
                      .names = Names::primary_domain},
                     partner_);
        options.number({.name = "limit",
                        .value_name = "N",
                        .meaning = "the newest N entries",
                        .default_text = fmt::to_string(default_limit)},
                       limit_);
    }
    ExitCode run(Context& context) const override;

  private:
    std::optional<std::string> partner_;
    std::optional<std::int64_t> limit_;
};

/// The object that an entry is about, after the commit or before it.
const Json& object_of(const Json& entry) {
    return entry.at("after").is_null() ? entry.at("before") : entry.at("after");
}

std::string subject_text(const Json& entry) {
    const auto& object = object_of(entry);
    if (const auto number = object.find("number"); number != object.end()) {
        return fmt::format("request {}", number->dump());
    }
    return object.value("primary_domain", entry.at("subject").get<std::string>());
}

/// The partner's revision after the commit, which `partner revert` takes.
std::string revision_text(const Json& entry) {
    const auto& after = entry.at("after");
    return after.is_object() && after.contains("revision") ? after.at("revision").dump() : std::string{};
}

/// The keys in which before and after differ, of an update.
std::string fields_text(const Json& entry) {
    const auto& before = entry.at("before");
    const auto& after = entry.at("after");
    std::string text;
    if (!before.is_object() || !after.is_object()) {
        return text;
    }
    for (const auto& [key, value] : after.items()) {
        const bool bookkeeping = key == "revision" || key == "updated_at";
        if (!bookkeeping && before.value(key, Json{}) != value) {
            text += (text.empty() ? "" : " ") + key;
        }
    }
    return text;
}

constexpr std::array history_columns{
    view::Column{.key = "sequence", .heading = "ENTRY"},
    view::Column{.key = "commit", .heading = "COMMIT", .rank = 3},
    view::Column{.key = "at", .heading = "AT"},
    view::Column{.key = "actor", .heading = "ACTOR", .rank = 1},
    view::Column{.key = "action", .heading = "ACTION"},
    view::Column{.key = "subject", .heading = "SUBJECT", .text = subject_text},
    view::Column{.key = "after", .heading = "REV", .rank = 5, .text = revision_text},
    view::Column{.key = "after", .heading = "CHANGED", .content = view::Content::names, .rank = 2, .text = fields_text},
    view::Column{.key = "message", .heading = "MESSAGE", .content = view::Content::text, .rank = 4},
};

constexpr std::array<std::string_view, 9> history_csv_keys{"sequence", "commit",  "at",     "actor", "message",
                                                           "action",   "subject", "before", "after"};

ExitCode History::run(Context& context) const {
    const auto limit = limit_.value_or(default_limit);
    if (limit < 0) {
        throw core::Error{core::ErrorKind::usage, "--limit needs a number of entries, 0 or more"};
    }
    const auto partner = partner_ ? std::optional{app::domain_argument(*partner_)} : std::nullopt;
    auto reader = context.store().read();
    const view::ListShape shape{
        .kind = "history", .items = "entries", .columns = history_columns, .csv_keys = history_csv_keys};
    const auto list = view::make_list_view(context.out(), shape, view::list_options(context.display()));
    const store::HistoryQuery query{.partner = partner, .limit = limit};
    const auto left_out = std::max<std::int64_t>(0, reader->count_history(query) - limit);
    bool empty = true;
    list->begin();
    reader->visit_history(query, [&](const core::HistoryEntry& entry) {
        list->item(core::to_json(entry));
        empty = false;
        return true;
    });
    list->end(Json::object({{"more", left_out > 0}}));
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
            {"history --limit 1 -o json", "the last commit with the objects before and after it"},
        },
    .nature = Nature::reads,
    .formats = Formats::items,
    .make = make_request<History>,
};

}  // namespace xmppfed::cli
