#include <limits>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "cli/context.hpp"
#include "cli/partner_lookup.hpp"
#include "cli/view/partner_view.hpp"
#include "core/partner_fields.hpp"
#include "core/text.hpp"

namespace xmppfed::cli {

namespace {

using core::Error;
using core::ErrorKind;

class PartnerRevert : public Request {
  public:
    void bind(OptionSet& options) override {
        options.positional({.name = "DOMAIN",
                            .meaning = "the partner's primary domain, now or before it was removed",
                            .least = 1,
                            .most = 1,
                            .names = Names::primary_domain,
                            .take = [this](const auto& words) { domain_ = words.front(); }});
        options.number({.name = "to",
                        .value_name = "REVISION",
                        .meaning = "the partner's revision to commit again, as `history` shows it (required)"},
                       revision_);
    }
    ExitCode run(Context& context) const override;

  private:
    std::string domain_;
    std::optional<std::int64_t> revision_;
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
    if (auto partner = reader.partner(domain)) {
        return partner;
    }
    std::optional<core::HistoryEntry> last;
    reader.visit_history({.partner = domain, .limit = 1}, [&](const core::HistoryEntry& entry) {
        last = entry;
        return false;
    });
    if (!last) {
        return partner_by_primary(reader, domain);  // which there is not: an additional domain, or unknown
    }
    if (last->name != domain) {
        throw Error{ErrorKind::not_found, fmt::format("there is no partner {}", core::quote(domain))}.hint(
            fmt::format("it was renamed to {}: name that one", last->name));
    }
    return std::nullopt;
}

core::Partner past_state(store::Reader& reader, const std::string& domain, std::int64_t revision) {
    PastStates states{reader, domain};
    if (auto found = states.at(revision)) {
        return *found;
    }
    throw Error{ErrorKind::not_found, fmt::format("the partner {} has no revision {} in its history", domain, revision)}
        .hint(fmt::format("`xmppfed history --partner {}` shows what was committed", domain));
}

ExitCode PartnerRevert::run(Context& context) const {
    if (!revision_) {
        throw Error{ErrorKind::usage, "--to is missing"}.hint("name the revision to go back to: --to REVISION");
    }
    const auto domain = domain_argument(domain_);
    std::optional<core::CommittedPartner> current;
    core::Partner past;
    const auto changes = context.commit([&](store::Reader& reader, std::string_view now) {
        current = present_or_removed(reader, domain);
        past = past_state(reader, domain, *revision_);
        return core::decide({.partner = past}, current, surroundings_of(reader, past), now);
    });
    view::print_committed(context, changes.partners.empty() ? *current : *changes.partners.front().after,
                          changes.diagnostics);
    return ExitCode::done;
}

}  // namespace

constinit const Command partner_revert{
    .noun = "partner",
    .verb = "revert",
    .summary = "Commit again what a partner was at an earlier revision",
    .description =
        "The earlier configuration is checked by the rules of today and becomes a new revision; history is never "
        "changed. A partner that was removed comes back.",
    .examples =
        {
            {"partner revert fabrikam.com --to 2 -m 'their new certificate works'", "what it was at revision 2"},
            {"partner revert fabrikam.com --to 1 --dry-run", "what would be committed; `history` shows the revisions"},
        },
    .nature = Nature::changes,
    .formats = Formats::items,
    .make = make_request<PartnerRevert>,
};

}  // namespace xmppfed::cli
