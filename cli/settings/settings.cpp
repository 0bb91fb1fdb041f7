#include "cli/settings/settings.hpp"

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "store/address.hpp"

namespace xmppfed::cli {

namespace {

constexpr std::chrono::seconds default_wait{5};

/// Whether the value is the address of a store; throws for one that leads nowhere. Nothing but its beginning is shown, for
/// the rest may hold a password.
bool is_address(std::string_view source, std::string_view value, std::string_view way_out) {
    const auto beginning = store::beginning_of_address(value);
    if (beginning.empty()) {
        return false;
    }
    if (!store::is_known_address(value)) {
        throw core::Error{core::ErrorKind::usage,
                          fmt::format("{} begins with {}, and no store is reached so", source, core::quote(beginning))}
            .hint(fmt::format("give the path of a file, `postgresql://HOST/DATABASE` or `service=NAME`; {}", way_out));
    }
    if (store::has_password(value)) {
        throw core::Error{core::ErrorKind::usage,
                          fmt::format("{} has a password in it, where others can read it", source)}
            .hint("keep it in ~/.pgpass, with mode 0600, and leave it out of the address");
    }
    return true;
}

/// The path in a variable; empty where it is relative or not set.
std::string absolute_variable(const World& world, const char* name) {
    auto value = world.environment(name).value_or("");
    return value.starts_with('/') ? value : std::string{};
}

/// Empty where nothing leads to one.
Setting usual_data_directory(const World& world) {
    if (const auto data = absolute_variable(world, "XDG_DATA_HOME"); !data.empty()) {
        return {data + "/xmppfed", "XDG_DATA_HOME"};
    }
    if (const auto home = absolute_variable(world, "HOME"); !home.empty()) {
        return {home + "/.local/share/xmppfed", "default"};
    }
    return {};
}

}  // namespace

Setting store_setting(const World& world, const SettingsFiles& files, const std::optional<std::string>& option) {
    using core::Error;
    using core::ErrorKind;
    if (option) {
        if (option->empty()) {
            throw Error{ErrorKind::usage, "--store is empty"}.hint("name a file");
        }
        if (is_address("--store", *option, "of one that is really called so, write ./ before the name")) {
            return {*option, "--store"};
        }
        return {absolute_path(world, *option), "--store"};
    }
    if (const auto address = world.environment("XMPPFED_STORE").value_or("");
        is_address("XMPPFED_STORE", address, "the variable takes an absolute one")) {
        return {address, "XMPPFED_STORE"};
    }
    if (auto file = absolute_variable(world, "XMPPFED_STORE"); !file.empty()) {
        return {std::move(file), "XMPPFED_STORE"};
    }
    if (const auto* const setting = files.find(SettingKey::store)) {
        return {setting->texts.front(), setting->file};
    }
    if (auto data = usual_data_directory(world); !data.value.empty()) {
        return {data.value + "/store.db", data.source};
    }
    throw Error{ErrorKind::usage, "there is no place for the store: XMPPFED_STORE, XDG_DATA_HOME and HOME name none"}
        .hint("name a file with --store");
}

std::string data_directory(const World& world) {
    auto data = usual_data_directory(world);
    if (data.value.empty()) {
        throw core::Error{core::ErrorKind::usage, "there is no place for the files: XDG_DATA_HOME and HOME name none"}
            .hint("name one with --to");
    }
    return std::move(data.value);
}

bool is_named(const Setting& store) {
    return store.source == "--store" || store.source == "XMPPFED_STORE" || store.source.starts_with('/');
}

Setting color_setting(const World& world, const SettingsFiles& files, const std::optional<ColorMode>& option,
                      bool is_terminal) {
    if (option && *option != ColorMode::automatic) {
        return {std::string{core::name_of(*option)}, "--color"};
    }
    if (!world.environment("NO_COLOR").value_or("").empty()) {
        return {"never", "NO_COLOR"};
    }
    if (world.environment("TERM").value_or("") == "dumb") {
        return {"never", "TERM"};
    }
    const auto* const setting = option ? nullptr : files.find(SettingKey::color);  // --color auto is an answer too
    const auto mode =
        setting == nullptr ? ColorMode::automatic : core::parse_enum<ColorMode>(setting->texts.front()).value();
    if (mode != ColorMode::automatic) {
        return {std::string{core::name_of(mode)}, setting->file};
    }
    return {is_terminal ? "always" : "never", "terminal"};
}

Style style_of(const World& world, const SettingsFiles& files, const std::optional<ColorMode>& option,
               bool is_terminal) {
    return Style{color_setting(world, files, option, is_terminal).value == "always"};
}

std::chrono::seconds wait_of(const SettingsFiles& files, const std::optional<std::chrono::seconds>& option) {
    const auto setting = files.number(SettingKey::wait);
    return option.value_or(setting ? std::chrono::seconds{*setting} : default_wait);
}

Setting host_setting(const World& world, const SettingsFiles& files) {
    const auto* const setting = files.find(SettingKey::host);
    return setting == nullptr ? Setting{world.host_name(), "default"} : Setting{setting->texts.front(), setting->file};
}

Setting temporary_directory_setting(const World& world) {
    auto directory = world.environment("TMPDIR").value_or("");
    return directory.empty() ? Setting{"/var/tmp", "default"} : Setting{std::move(directory), "TMPDIR"};
}

}  // namespace xmppfed::cli
