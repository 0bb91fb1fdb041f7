#include <algorithm>
#include <iterator>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cert/assigned_files.hpp"
#include "app/cert/interrupted_assignments.hpp"
#include "app/cert/request_lookup.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/view/cert_names_view.hpp"
#include "cli/view/request_view.hpp"
#include "core/cert/cert_lifecycle.hpp"
#include "core/cert/cert_name_rules.hpp"
#include "core/cert/cert_rules.hpp"
#include "core/rules.hpp"
#include "core/text/text.hpp"
#include "core/text/timestamp.hpp"

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

std::string chain_text(const core::Delivery& delivery, std::chrono::sys_seconds end, std::chrono::sys_seconds now) {
    if (delivery.path.chain.empty()) {
        return delivery.path.has_root ? "none is needed" : "none on record";
    }
    const auto size = core::counted(delivery.path.chain.size(), "CA certificate");
    return end == delivery.certificate.not_after
               ? size
               : fmt::format("{}, {} days left", size, core::days_left(end, now).count());
}

core::Json chain_json(const core::Delivery& delivery, std::chrono::sys_seconds now) {
    auto chain = core::Json::array();
    for (const auto& above : delivery.path.chain) {
        chain.push_back(core::Json::object({{"subject", core::to_json(above.subject)},
                                            {"not_after", core::timestamp(above.not_after)},
                                            {"days_left", core::days_left(above.not_after, now).count()}}));
    }
    return chain;
}

std::string heading(const core::CertRequest& request, const core::Delivery& delivery, std::chrono::sys_seconds now,
                    const Style& style) {
    const auto end = core::earliest_end(delivery);
    auto text = style.bold(fmt::format("Certificate of request {}", request.number)) + "\n";
    text += view::labelled("Friendly name", core::escape(request.friendly_name));
    text += view::labelled("Expires", request.certificate->not_after);
    text +=
        view::labelled("Days left", fmt::format("{}", core::days_left(delivery.certificate.not_after, now).count()));
    text += view::labelled("Chain", chain_text(delivery, end, now));
    text += view::labelled("Directory", request.directory.empty() ? "-" : core::escape(request.directory));
    return text;
}

/// Servers may use what is not on record: a process was killed in between.
core::CertRequest request_in_use(store::Reader& reader) {
    try {
        return app::assigned_request(reader);
    } catch (core::Error& error) {
        error.diagnostics = app::interrupted_assignments(reader);
        throw;
    }
}

ExitCode CertStatus::run(Context& context) const {
    const auto warn = warn_days();
    const auto reader = context.store().read();
    const auto request = request_in_use(*reader);
    const auto now = context.world().now();
    const auto delivery = app::delivery_of(request, now);
    const auto& certificate = delivery.certificate;
    // What the request would ask for today: the edge may have changed since.
    const auto edge = reader->edge();
    const auto needed = core::plan_request(edge, core::wish_of(request, edge), {}).names;
    auto diagnostics = core::check_path_dates(delivery, now, warn);
    auto missing = core::check_names(certificate.names, needed, request.certificate->allowed_missing);
    diagnostics.insert(diagnostics.end(), missing.begin(), missing.end());
    for (auto& diagnostic : diagnostics) {
        if (diagnostic.rule == &core::rule::cert_name_missing) {
            diagnostic.hint = core::renew_hint;
        }
    }
    core::name_request(diagnostics, request.number);
    const auto incomplete = core::check_chain_on_record(delivery);
    diagnostics.insert(diagnostics.end(), incomplete.begin(), incomplete.end());
    if (const auto files = app::look_at_assigned_files(request, certificate)) {
        for (const auto& note : core::unread_files(*files)) {
            context.messages().note(note);
        }
        std::ranges::move(core::check_files(*files), std::back_inserter(diagnostics));
    }
    const auto end = core::earliest_end(delivery);
    view::print_cert_diagnostics(
        context.display(), "cert-status", heading(request, delivery, now, context.style()),
        core::Json::object({{"request", request.number},
                            {"friendly_name", request.friendly_name},
                            {"directory", request.directory.empty() ? core::Json{} : core::Json(request.directory)},
                            {"not_after", request.certificate->not_after},
                            {"days_left", core::days_left(certificate.not_after, now).count()},
                            {"chain", chain_json(delivery, now)},
                            {"earliest_end", core::timestamp(end)},
                            {"earliest_days_left", core::days_left(end, now).count()}}),
        view::names_json(needed, certificate.names), diagnostics, view::surplus_json(needed, certificate.names));
    return verdict(diagnostics, context.globals().strict);
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
