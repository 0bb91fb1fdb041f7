#include <array>

#include <nlohmann/json.hpp>

#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/line/settings.hpp"
#include "cli/view/partner_view.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli {

namespace {

using core::Json;

class Config : public CommandRequest {
  public:
    void bind(OptionSet& /*options*/) override {}
    ExitCode run(Context& context) const override;
};

constexpr std::array columns{
    view::Column{.key = "name", .heading = "NAME"},
    view::Column{.key = "value", .heading = "VALUE"},
    view::Column{.key = "source", .heading = "SOURCE", .rank = 1},
};

constexpr std::array<std::string_view, 3> csv_keys{"name", "value", "source"};

ExitCode Config::run(Context& context) const {
    const auto& world = context.world();
    const auto& globals = context.globals();
    const view::ListShape shape{.kind = "config", .items = "settings", .columns = columns, .csv_keys = csv_keys};
    const auto list = view::make_list_view(context.out(), shape, view::list_options(context.display()));
    const auto show = [&](std::string_view name, const Setting& setting) {
        const auto value =  // CSV has no escapes of its own
            globals.output == Format::csv ? Json(core::escape(setting.value)) : core::path_json(setting.value);
        list->item(Json::object({{"name", name}, {"value", value}, {"source", setting.source}}));
    };
    const auto store = store_setting(world, globals.store);  // there may be no place for it
    list->begin();
    show("store", store);
    show("color", color_setting(world, globals.color, world.terminal.stdout_is_one));
    show("temporary-directory", temporary_directory_setting(world));
    list->end(Json::object());
    return ExitCode::done;
}

}  // namespace

constinit const Command config{
    .noun = "config",
    .verb = "",
    .summary = "Show the settings in effect, and where each comes from",
    .description =
        "There is no configuration file: options and the environment decide. Nothing is made, and the store need "
        "not exist.",
    .examples =
        {
            {"config", "which store commands would use, and why"},
            {"config -o json", "for another program"},
        },
    .nature = Nature::reads,
    .formats = Formats::items,
    .make = make_request<Config>,
};

}  // namespace xmppfed::cli
