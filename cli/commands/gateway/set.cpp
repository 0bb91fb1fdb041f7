#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/line/field_option.hpp"
#include "cli/view/gateway_view.hpp"
#include "cli/view/partner_view.hpp"
#include "cli/wizard/field_page.hpp"

namespace xmppfed::cli {

namespace {

class GatewaySet : public InteractiveRequest {
  public:
    void bind(OptionSet& options) override;
    ExitCode run(Context& context) const override;
    std::vector<Page> pages(Context& context, const Answers& answers) const override;
    void review(Context& context, const Answers& answers, const Page& page) const override;
    bool asks_for_nothing() const override { return change_.empty(); }

  private:
    core::GatewayChange change_;
};

void GatewaySet::bind(OptionSet& options) {
    for (const auto& field : core::gateway_fields()) {
        options.group(field.group);
        auto option = field_option(field, change_);
        option.meaning += fmt::format(" ({} if never set)", field.write(core::Gateway{}).dump());
        options.add(std::move(option));
    }
}

std::vector<Page> GatewaySet::pages(Context& context, const Answers& /*answers*/) const {
    const auto gateway = core::apply(change_, context.store().read()->gateway());
    std::vector<Page> pages;
    for (const auto& field : core::gateway_fields()) {
        pages.push_back(field_page(field, gateway));
    }
    return pages;
}

void GatewaySet::review(Context& context, const Answers& /*answers*/, const Page& page) const {
    const auto gateway = core::apply(change_, context.store().read()->gateway());
    view::print_diagnostics(context.display(), judged_answer(core::judge(gateway), page), "  ");
}

ExitCode GatewaySet::run(Context& context) const {
    if (change_.empty() && !context.globals().interactive) {
        throw core::Error{core::ErrorKind::usage, "there is nothing to set: no field is named"}.hint(
            "name at least one, such as --connection-limit 1200");
    }
    (void)core::apply(change_, {});  // what is wrong with the words themselves comes before the store
    core::Gateway result;
    const auto changes = context.commit([&](store::Reader& reader, std::string_view /*now*/) {
        const auto before = reader.gateway();
        result = core::apply(change_, before);
        return core::decide(result, before);
    });
    if (context.display().shows_result()) {
        view::print_gateway(context.display(), result, changes.diagnostics, {});
    }
    return ExitCode::done;
}

}  // namespace

constinit const Command gateway_set{
    .noun = "gateway",
    .verb = "set",
    .summary = "Set what holds for the streams of all partners",
    .description = "Changes only the fields named. Numbers are from 1 to 4294967295.",
    .examples =
        {
            {"gateway set --connection-limit 1200 --partner-connection-limit 40",
             "more connections, with all partners and with each that has no limit of its own"},
            {"gateway set --keepalive-interval 120 --inactivity-timeout 300", "find out sooner that a partner is gone"},
            {"gateway set --establishment-timeout 30 --dry-run", "look at what would change first"},
            {"gateway set --interactive", "the form, page by page"},
        },
    .nature = Nature::changes,
    .formats = Formats::document,
    .make = make_request<GatewaySet>,
    .make_interactive = make_interactive_request<GatewaySet>,
};

}  // namespace xmppfed::cli
