#include "cli/line/settings.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli {

namespace {

constexpr std::string_view address_mark = "://";
constexpr std::string_view service_mark = "service=";
constexpr std::chrono::seconds default_wait{5};

bool is_scheme(std::string_view text) {
    const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
    const auto lower = core::ascii_lower(text);
    return !lower.empty() && is_letter(lower.front()) && std::ranges::all_of(lower, [&](char c) {
        return is_letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
    });
}

/// How the address of a store begins, or "" for a path. The rest of an address may hold a password, and is not shown.
std::string_view beginning_of_address(std::string_view value) {
    if (core::ascii_lower(value).starts_with(service_mark)) {
        return value.substr(0, service_mark.size());
    }
    const auto mark = value.find(address_mark);
    return mark != std::string_view::npos && is_scheme(value.substr(0, mark))
               ? value.substr(0, mark + address_mark.size())
               : std::string_view{};
}

void require_path(std::string_view source, std::string_view value, std::string_view way_out) {
    if (const auto beginning = beginning_of_address(value); !beginning.empty()) {
        throw core::Error{core::ErrorKind::usage,
                          fmt::format("{} begins with {}, and this build knows no such store: it keeps one in a file",
                                      source, core::quote(beginning))}
            .hint(fmt::format("give the path of a file; {}", way_out));
    }
}

}  // namespace

bool is_store_address(std::string_view value) {
    return !beginning_of_address(value).empty();
}

Setting store_setting(const World& world, const SettingsFiles& files, const std::optional<std::string>& option) {
    using core::Error;
    using core::ErrorKind;
    if (option) {
        if (option->empty()) {
            throw Error{ErrorKind::usage, "--store is empty"}.hint("name a file");
        }
        require_path("--store", *option, "of one that is really called so, write ./ before the name");
        return {absolute_path(world, *option), "--store"};
    }
    require_path("XMPPFED_STORE", world.environment("XMPPFED_STORE").value_or(""),
                 "the variable takes an absolute one");
    const auto absolute_variable = [&](const char* name) {
        auto value = world.environment(name).value_or("");
        return value.starts_with('/') ? value : std::string{};
    };
    if (auto file = absolute_variable("XMPPFED_STORE"); !file.empty()) {
        return {std::move(file), "XMPPFED_STORE"};
    }
    if (const auto* const setting = files.find(SettingKey::store)) {
        require_path(fmt::format("the setting store in {}", core::quote(setting->file)), setting->texts.front(),
                     "the setting takes an absolute one");
        return {setting->texts.front(), setting->file};
    }
    if (const auto data = absolute_variable("XDG_DATA_HOME"); !data.empty()) {
        return {data + "/xmppfed/store.db", "XDG_DATA_HOME"};
    }
    if (const auto home = absolute_variable("HOME"); !home.empty()) {
        return {home + "/.local/share/xmppfed/store.db", "default"};
    }
    throw Error{ErrorKind::usage, "there is no place for the store: XMPPFED_STORE, XDG_DATA_HOME and HOME name none"}
        .hint("name a file with --store");
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
