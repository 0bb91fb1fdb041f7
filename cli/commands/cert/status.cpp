#include <algorithm>

#include <fmt/format.h>

#include "app/cert/standing.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/view/report/monitoring.hpp"
#include "cli/view/standing_view.hpp"
#include "core/cert/cert_rules.hpp"

namespace xmppfed::cli {

namespace {

class CertStatus : public CommandRequest {
  public:
    void bind(OptionSet& options) override {
        options.number({.name = "warn-days",
                        .value_name = "N",
                        .meaning = "warn when fewer days are left",
                        .default_text = "the setting warn_days, else 30"},
                       warn_days_, {0, most_warn_days, "days"});
        options.add({.name = "format",
                     .value_name = "FORMAT",
                     .meaning = "for a monitoring program",
                     .values = view::monitoring_values,
                     .take = [this](const auto& values) {
                         const auto index = core::read_value("--format", view::monitoring_values, values.back());
                         monitoring_ = &view::monitoring_forms.at(index);
                     }});
    }
    ExitCode run(Context& context) const override;

  private:
    [[nodiscard]] core::Days warn_days(const SettingsFiles& settings) const {
        const auto days =
            warn_days_.value_or(settings.number(SettingKey::warn_days).value_or(core::default_warn_days.count()));
        return core::Days{days};
    }

    void refuse_wrong_words(const Globals& globals) const;
    [[nodiscard]] view::MonitoringReport monitor(Context& context) const;

    std::optional<std::int64_t> warn_days_;
    const view::Monitoring* monitoring_ = nullptr;  ///< none: for people and programs
};

void CertStatus::refuse_wrong_words(const Globals& globals) const {
    if (monitoring_ != nullptr && globals.output != Format::table) {
        throw core::Error{core::ErrorKind::usage,
                          fmt::format("--format {} and --output exclude each other", monitoring_->value.name)}
            .hint("what a monitoring program reads has no other form");
    }
}

core::CertificateStanding look(Context& context, core::Days warn) {
    auto standing = app::look_at_certificate(context.book(), warn);
    for (const auto& note : standing.notes) {
        context.messages().note(note);
    }
    return standing;
}

view::MonitoringReport CertStatus::monitor(Context& context) const {
    const auto warn = warn_days(context.settings());
    bool has_store = false;
    try {
        (void)context.store();
        has_store = true;
        const auto standing = look(context, warn);
        const auto end = core::earliest_end(standing.delivery);
        return monitoring_->on_certificate({.request = standing.request.number,
                                            .not_after = standing.delivery.certificate.not_after,
                                            .earliest_end = end,
                                            .days_left = core::days_left(end, standing.now).count(),
                                            .warn_days = warn.count(),
                                            .warnings_are_critical = context.globals().strict,
                                            .diagnostics = standing.diagnostics});
    } catch (const core::Error& error) {
        if (!has_store && !monitoring_->tells_of_no_store) {
            throw;  // not found, as the certificate would be, and yet nobody has looked for one
        }
        return monitoring_->on_failure(error);
    }
}

bool says_something(const core::Diagnostics& diagnostics) {
    return std::ranges::any_of(diagnostics,
                               [](const auto& diagnostic) { return diagnostic.severity != core::Severity::info; });
}

ExitCode CertStatus::run(Context& context) const {
    refuse_wrong_words(context.globals());
    if (monitoring_ != nullptr) {
        const auto report = monitor(context);
        context.display().print_text(report.text);
        return report.code;
    }
    const auto standing = look(context, warn_days(context.settings()));
    if (says_something(standing.diagnostics) || !context.globals().quiet || context.globals().output != Format::table) {
        view::print_standing(context.display(), standing);
    }
    return verdict(standing.diagnostics, context.globals().strict);
}

}  // namespace

constinit const Command cert_status{
    .noun = "cert",
    .verb = "status",
    .summary = "Tell how long the certificate in use is still valid",
    .description =
        "Exits 3 when it has expired or lacks a name that the edge needs by now, or when the files in use are not "
        "those on record, 0 with a warning when it expires soon, and 4 when none is assigned. `--format nagios` exits "
        "with the codes of its plugins: 0 is OK, 1 WARNING, 2 CRITICAL, and 3 UNKNOWN, also when none is assigned.",
    .examples =
        {
            {"cert status", "days left, and names that no longer match the edge"},
            {"cert status -q", "silent when nothing is found"},
            {"cert status --format nagios --warn-days 21", "a check of Nagios: one line, and its exit codes"},
            {"cert status --format prometheus", "a text file for node_exporter"},
            {"cert status --warn-days 60 --strict", "exit 3 two months before it expires, for a monitoring system"},
        },
    .nature = Nature::checks,
    .formats = Formats::items,
    .make = make_request<CertStatus>,
};

}  // namespace xmppfed::cli
