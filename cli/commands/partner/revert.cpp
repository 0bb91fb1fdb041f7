#include <limits>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/partner_lookup.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/view/partner_view.hpp"
#include "core/partner/partner_fields.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli {

namespace {

using core::Error;
using core::ErrorKind;

class PartnerRevert : public CommandRequest {
  public:
    void bind(OptionSet& options) override {
        options.positional({.name = "DOMAIN",
                            .meaning = "the partner's primary domain, now or before it was removed",
                            .least = 1,
                            .most = 1,
                            .names = Names::primary_domain,
                            .take = [this](const auto& words) { domain_ = words.front(); }});
        options.record_number({.name = "to",
                               .value_name = "REVISION",
                               .meaning = "the partner's revision to commit again, as `history` shows it in REV"},
                              revision_, {"revision", commit_record.hint});
        options.record_number(
            {.name = "to-entry",
             .value_name = "SEQUENCE",
             .meaning = "or the entry of the history whose state to commit again, as it shows it in ENTRY"},
            entry_, {"entry", commit_record.hint});
    }
    ExitCode run(Context& context) const override;

  private:
    void refuse_contradictions() const;
    [[nodiscard]] core::Partner past_state(store::Reader& reader, const std::string& domain) const;

    std::string domain_;
    std::optional<std::int64_t> revision_;
    std::optional<std::int64_t> entry_;
};

/// Looks for a revision in the history of one partner, from the newest entry to the oldest and through its renames. A
/// partner that was removed and made again counts from 1 anew: the newest wins.
class PastStates {
  public:
    PastStates(store::Reader& reader, std::string domain) : reader_{reader}, name_{std::move(domain)} {}

    [[nodiscard]] std::optional<core::Partner> at(std::int64_t revision) {
        while (!found_ && !name_.empty()) {
            const auto name = std::exchange(name_, {});
            reader_.visit_history({.partner = name}, [&](const core::HistoryEntry& entry) {
                return entry.sequence >= before_ || entry.name != name || look_at(entry, revision);
            });
        }
        return found_;
    }

  private:
    /// Returns whether to go on.
    bool look_at(const core::HistoryEntry& entry, std::int64_t revision) {
        const auto after = core::stored_object(entry.after);
        if (after.is_object() && after.contains("revision") && after.at("revision") == core::Json(revision)) {
            found_ = core::partner_from_text(*entry.after);
        } else if (entry.former_name) {
            name_ = *entry.former_name;
            before_ = entry.sequence;
        }
        return !found_ && name_.empty();
    }

    store::Reader& reader_;
    std::string name_;  ///< that the partner had before the entries seen so far
    std::int64_t before_ = std::numeric_limits<std::int64_t>::max();
    std::optional<core::Partner> found_;
};

/// The partner of that name, or none when it was the name of one that was removed. Throws not-found for any other name.
std::optional<core::CommittedPartner> present_or_removed(store::Reader& reader, const std::string& domain) {
    return app::was_removed(reader, domain) ? std::nullopt : std::optional{app::partner_by_primary(reader, domain)};
}

core::Partner state_at_revision(store::Reader& reader, const std::string& domain, std::int64_t revision) {
    PastStates states{reader, domain};
    if (auto found = states.at(revision)) {
        return *found;
    }
    throw Error{ErrorKind::not_found, fmt::format("the partner {} has no revision {} in its history", domain, revision)}
        .hint(fmt::format("`xmppfed history --partner {}` shows what was committed; --to-entry takes any entry of it",
                          domain));
}

/// The state after an entry, or before it when it removed the partner. Whatever `history --partner` shows can be named.
core::Partner state_at_entry(store::Reader& reader, const std::string& domain, std::int64_t sequence) {
    std::optional<core::Partner> found;
    reader.visit_history({.partner = domain}, [&](const core::HistoryEntry& entry) {
        if (entry.sequence == sequence) {
            found = core::partner_from_text(entry.after ? *entry.after : entry.before.value_or(""));
        }
        return entry.sequence > sequence;
    });
    if (!found) {
        throw Error{ErrorKind::not_found,
                    fmt::format("the partner {} has no entry {} in its history", domain, sequence)}
            .hint(fmt::format("`xmppfed history --partner {}` shows its entries", domain));
    }
    return *found;
}

void PartnerRevert::refuse_contradictions() const {
    if (revision_ && entry_) {
        throw Error{ErrorKind::usage, "--to and --to-entry exclude each other"}.hint(
            "name the partner's revision with --to, or an entry of the history with --to-entry");
    }
    if (!revision_ && !entry_) {
        throw Error{ErrorKind::usage, "--to or --to-entry is missing"}.hint(
            "name what to go back to: --to REVISION, or --to-entry SEQUENCE");
    }
}

core::Partner PartnerRevert::past_state(store::Reader& reader, const std::string& domain) const {
    return revision_ ? state_at_revision(reader, domain, *revision_) : state_at_entry(reader, domain, *entry_);
}

ExitCode PartnerRevert::run(Context& context) const {
    refuse_contradictions();
    const auto domain = app::domain_argument(domain_);
    std::optional<core::CommittedPartner> current;
    core::Partner past;
    const auto changes = context.commit([&](store::Reader& reader, std::string_view now) {
        current = present_or_removed(reader, domain);
        past = past_state(reader, domain);
        return core::decide({.partner = past}, current, app::surroundings_of(reader, past), now);
    });
    view::print_committed(context.display(), changes.partners.empty() ? *current : *changes.partners.front().after,
                          changes.diagnostics);
    return ExitCode::done;
}

}  // namespace

constinit const Command partner_revert{
    .noun = "partner",
    .verb = "revert",
    .summary = "Commit again what a partner was earlier",
    .description =
        "The earlier configuration is checked by the rules of today and becomes a new revision; history is never "
        "changed. A partner that was removed comes back. An entry of the history also reaches what bore the name "
        "before that: it gives the state after it, or before it when it removed the partner.",
    .examples =
        {
            {"partner revert fabrikam.com --to 2 -m 'their new certificate works'", "what it was at revision 2"},
            {"partner revert fabrikam.com --to 1 --dry-run", "what would be committed; `history` shows the revisions"},
            {"partner revert fabrikam.com --to-entry 17", "what it was after entry 17, or before that removed it"},
        },
    .nature = Nature::changes,
    .formats = Formats::items,
    .make = make_request<PartnerRevert>,
};

}  // namespace xmppfed::cli
