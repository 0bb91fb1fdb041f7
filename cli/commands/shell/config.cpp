#include <algorithm>
#include <array>
#include <iterator>

#include <nlohmann/json.hpp>

#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/settings/settings.hpp"
#include "cli/view/layout/list_view.hpp"
#include "cli/view/partner_view.hpp"
#include "core/cert/cert_rules.hpp"
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

std::string_view name_of(SettingKey key) {
    return setting_rows()[static_cast<std::size_t>(key)].name;
}

std::string source_of(const SettingsFiles& files, SettingKey key) {
    const auto* const setting = files.find(key);
    return setting == nullptr ? "default" : setting->file;
}

ExitCode Config::run(Context& context) const {
    const auto& world = context.world();
    const auto& files = context.settings();
    const auto& globals = context.globals();
    const view::ListShape shape{.kind = "config", .items = "settings", .columns = columns, .csv_keys = csv_keys};
    const auto list = view::make_list_view(context.out(), shape, view::list_options(context.display()));
    const auto in_json = [&](const std::string& text) {  // CSV has no escapes of its own
        return globals.output == Format::csv ? Json(core::escape(text)) : core::path_json(text);
    };
    const auto show = [&](std::string_view name, const Json& value, const std::string& source) {
        list->item(Json::object({{"name", name}, {"value", value}, {"source", in_json(source)}}));
    };
    const auto show_text = [&](std::string_view name, const Setting& setting) {
        show(name, in_json(setting.value), setting.source);
    };
    const auto show_list = [&](SettingKey key) {
        Json texts = Json::array();
        std::ranges::transform(files.list(key), std::back_inserter(texts), in_json);
        show(name_of(key), texts, source_of(files, key));
    };
    const auto store = store_setting(world, files, globals.store);  // there may be no place for it
    list->begin();
    show_text("store", store);
    show_text("color", color_setting(world, files, globals.color, world.terminal.stdout_is_one));
    show("wait", wait_of(files, globals.wait).count(), globals.wait ? "--wait" : source_of(files, SettingKey::wait));
    show("warn_days", files.number(SettingKey::warn_days).value_or(core::default_warn_days.count()),
         source_of(files, SettingKey::warn_days));
    show_list(SettingKey::resolver);
    show_list(SettingKey::ca_file);
    show_text("host", host_setting(world, files));
    show_list(SettingKey::rendered);
    show_text("temporary-directory", temporary_directory_setting(world));
    list->end(Json::object());
    return ExitCode::done;
}

}  // namespace

constinit const Command config{
    .noun = "config",
    .verb = "",
    .summary = "Show the settings in effect, and where each comes from",
    .description =
        "An option decides, else the environment, else ~/.config/xmppfed/config.json, else /etc/xmppfed/config.json, "
        "else the default. The files hold one object of JSON; what the first leaves out, the second may say. Nothing "
        "is made, and neither a file nor the store need exist.",
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
