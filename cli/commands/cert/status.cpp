#include <fmt/format.h>

#include "app/cert/standing.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/view/standing_view.hpp"

namespace xmppfed::cli {

namespace {

constexpr std::int64_t most_warn_days = 3650;

class CertStatus : public CommandRequest {
  public:
    void bind(OptionSet& options) override {
        options.number(
            {.name = "warn-days", .value_name = "N", .meaning = "warn when fewer days are left", .default_text = "30"},
            warn_days_);
    }
    ExitCode run(Context& context) const override;

  private:
    [[nodiscard]] core::Days warn_days() const {
        const auto days = warn_days_.value_or(core::default_warn_days.count());
        if (days < 0 || days > most_warn_days) {
            throw core::Error{core::ErrorKind::usage, fmt::format("--warn-days {} is out of range", days)}.hint(
                fmt::format("give 0 to {} days", most_warn_days));
        }
        return core::Days{days};
    }

    std::optional<std::int64_t> warn_days_;
};

ExitCode CertStatus::run(Context& context) const {
    const auto standing = app::look_at_certificate(context.book(), warn_days());
    for (const auto& note : standing.notes) {
        context.messages().note(note);
    }
    view::print_standing(context.display(), standing);
    return verdict(standing.diagnostics, context.globals().strict);
}

}  // namespace

constinit const Command cert_status{
    .noun = "cert",
    .verb = "status",
    .summary = "Tell how long the certificate in use is still valid",
    .description =
        "Exits 3 when it has expired or lacks a name that the edge needs by now, or when the files in use are not "
        "those "
        "on record, 0 with a warning when it expires soon, and 4 when none is assigned.",
    .examples =
        {
            {"cert status", "days left, and names that no longer match the edge"},
            {"cert status --warn-days 60 --strict", "exit 3 two months before it expires, for a monitoring system"},
        },
    .nature = Nature::checks,
    .formats = Formats::items,
    .make = make_request<CertStatus>,
};

}  // namespace xmppfed::cli
