#include "cli/store_path.hpp"

#include "core/error.hpp"

namespace xmppfed::cli {

std::string absolute_path(const World& world, const std::string& path) {
    return path.starts_with('/') ? path : world.current_directory() + "/" + path;
}

std::string store_path(const World& world, const std::optional<std::string>& option) {
    using core::Error;
    using core::ErrorKind;
    if (option) {
        if (option->empty()) {
            throw Error{ErrorKind::usage, "--store is empty"}.hint("name a file");
        }
        return absolute_path(world, *option);
    }
    const auto absolute_variable = [&](const char* name) {
        auto value = world.environment(name).value_or("");
        return value.starts_with('/') ? value : std::string{};
    };
    if (auto file = absolute_variable("XMPPFED_STORE"); !file.empty()) {
        return file;
    }
    if (const auto data = absolute_variable("XDG_DATA_HOME"); !data.empty()) {
        return data + "/xmppfed/store.db";
    }
    if (const auto home = absolute_variable("HOME"); !home.empty()) {
        return home + "/.local/share/xmppfed/store.db";
    }
    throw Error{ErrorKind::usage, "there is no place for the store: XMPPFED_STORE, XDG_DATA_HOME and HOME name none"}
        .hint("name a file with --store");
}

}  // namespace xmppfed::cli
