#include "cli/settings.hpp"

#include "core/error.hpp"

namespace xmppfed::cli {

Setting store_setting(const World& world, const std::optional<std::string>& option) {
    using core::Error;
    using core::ErrorKind;
    if (option) {
        if (option->empty()) {
            throw Error{ErrorKind::usage, "--store is empty"}.hint("name a file");
        }
        return {absolute_path(world, *option), "--store"};
    }
    const auto absolute_variable = [&](const char* name) {
        auto value = world.environment(name).value_or("");
        return value.starts_with('/') ? value : std::string{};
    };
    if (auto file = absolute_variable("XMPPFED_STORE"); !file.empty()) {
        return {std::move(file), "XMPPFED_STORE"};
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

Setting color_setting(const World& world, ColorMode mode, bool is_terminal) {
    switch (mode) {
    case ColorMode::always:
        return {"always", "--color"};
    case ColorMode::never:
        return {"never", "--color"};
    case ColorMode::automatic:
        break;
    }
    if (!world.environment("NO_COLOR").value_or("").empty()) {
        return {"never", "NO_COLOR"};
    }
    if (world.environment("TERM").value_or("") == "dumb") {
        return {"never", "TERM"};
    }
    return {is_terminal ? "always" : "never", "terminal"};
}

Setting temporary_directory_setting(const World& world) {
    auto directory = world.environment("TMPDIR").value_or("");
    return directory.empty() ? Setting{"/tmp", "default"} : Setting{std::move(directory), "TMPDIR"};
}

}  // namespace xmppfed::cli
