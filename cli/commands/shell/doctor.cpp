#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "app/doctor.hpp"
#include "app/held_signals.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/dns/dns_options.hpp"
#include "cli/context.hpp"
#include "cli/view/probe/doctor_view.hpp"
#include "core/text/text.hpp"
#include "core/text/timestamp.hpp"
#include "store/files/file.hpp"

namespace xmppfed::cli {

namespace {

class Doctor : public CommandRequest {
  public:
    void bind(OptionSet& options) override {
        options.list({.name = "rendered",
                      .value_name = "DIR",
                      .meaning = "a directory that `render` wrote to",
                      .default_text = "the setting rendered, else none",
                      .names = Names::file},
                     rendered_);
        options.flag("offline", offline_, "leave DNS out");
        dns_.bind(options);
    }
    ExitCode run(Context& context) const override;

  private:
    [[nodiscard]] std::vector<std::string> directories(const Context& context) const;

    std::vector<std::string> rendered_;
    bool offline_ = false;
    DnsOptions dns_;
};

/// One that a setting names may be missing, which is a finding; what somebody types is there, or mistyped.
std::vector<std::string> Doctor::directories(const Context& context) const {
    if (rendered_.empty()) {
        return context.settings().list(SettingKey::rendered);
    }
    std::vector<std::string> paths;
    for (const auto& text : rendered_) {
        if (text.empty()) {  // it would be the working directory
            throw core::Error{core::ErrorKind::usage, "--rendered is empty"}.hint("name a directory");
        }
        const auto path = absolute_path(context.world(), text);
        if (!store::is_taken(path)) {
            throw core::Error{core::ErrorKind::not_found, fmt::format("there is no directory {}", core::quote(path))};
        }
        paths.push_back(path);
    }
    return paths;
}

ExitCode Doctor::run(Context& context) const {
    const auto dns = dns_.wish(context.settings());
    app::DoctorWish wish{.rendered = directories(context), .dns = {}};
    if (const auto days = context.settings().number(SettingKey::warn_days)) {
        wish.warn = core::Days{*days};
    }
    if (!offline_) {
        wish.dns = dns;
    }
    const app::HeldSignals held;  // what is finished by then is printed
    const auto checkup = app::examine(context.book(), wish);
    view::print_checkup(context.display(), checkup.examinations, core::timestamp(context.world().now()));
    if (checkup.was_interrupted) {
        held.obeyed();
        context.messages().interruption("interrupted before all was looked at");
        return ExitCode::failed;
    }
    core::Diagnostics diagnostics;
    for (const auto& it : checkup.examinations) {
        if (!it.was_skipped) {  // that nobody could look is no fault of what was to be looked at
            std::ranges::copy(it.diagnostics, std::back_inserter(diagnostics));
        }
    }
    const auto found = verdict(diagnostics, context.globals().strict);
    return found == ExitCode::done && checkup.is_blind ? ExitCode::failed : found;
}

}  // namespace

constinit const Command doctor{
    .noun = "doctor",
    .verb = {},
    .summary = "Look for what is wrong on our own side, and tell what to type",
    .description =
        "Goes through the store, the edge, the certificate in use and its files, our own DNS records, what was "
        "rendered for servers and whether it is in force, and the partners that cannot work as they are configured. "
        "Changes nothing and connects to no partner: only resolvers are asked, and with --offline nobody. Exits 3 when "
        "a finding is an error, or with --strict a warning, else 1 when no resolver "
        "answers or a file cannot be read.",
    .examples =
        {
            {"doctor", "all of it"},
            {"doctor --offline --rendered /etc/prosody/xmppfed", "without DNS, and with what Prosody is given"},
            {"doctor --strict -o json", "for a job of the night; warnings count as errors"},
        },
    .nature = Nature::checks,
    .formats = Formats::document,
    .make = make_request<Doctor>,
};

}  // namespace xmppfed::cli
