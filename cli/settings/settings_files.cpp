#include "cli/settings/settings_files.hpp"

#include <charconv>

#include "cli/settings/settings_text.hpp"
#include "core/error.hpp"
#include "store/files/trusted_file.hpp"

namespace xmppfed::cli {

namespace {

constexpr std::size_t longest_file = std::size_t{1024} * 1024;
constexpr const char* below_configuration = "/xmppfed/config.json";

/// "" when there is no place for it.
std::string file_of_user(const World& world) {
    const auto absolute_variable = [&](const char* name) {
        auto value = world.environment(name).value_or("");
        return value.starts_with('/') ? value : std::string{};
    };
    if (const auto directory = absolute_variable("XDG_CONFIG_HOME"); !directory.empty()) {
        return directory + below_configuration;
    }
    const auto home = absolute_variable("HOME");
    return home.empty() ? home : home + "/.config" + below_configuration;
}

}  // namespace

SettingsFiles::SettingsFiles(const World& world) {
    for (const auto& path : {file_of_user(world), world.settings_file}) {
        try {
            if (!path.empty()) {
                add(path);
            }
        } catch (const core::Error&) {
            if (!problem_) {
                problem_ = std::current_exception();
            }
        }
    }
}

void SettingsFiles::add(const std::string& path) {
    const auto content = store::read_trusted_file("the settings file", path, longest_file);
    if (!content) {
        return;
    }
    auto texts = read_settings(*content, path);
    for (std::size_t i = 0; i < setting_count; ++i) {
        if (texts.at(i) && !settings_.at(i)) {
            settings_.at(i) = FileSetting{std::move(*texts.at(i)), path};
        }
    }
}

void SettingsFiles::require_sound() const {
    if (problem_) {
        std::rethrow_exception(problem_);
    }
}

const FileSetting* SettingsFiles::find(SettingKey key) const {
    const auto& setting = settings_.at(static_cast<std::size_t>(key));
    return setting ? &*setting : nullptr;
}

std::optional<std::int64_t> SettingsFiles::number(SettingKey key) const {
    const auto* const setting = find(key);
    if (setting == nullptr) {
        return std::nullopt;
    }
    std::int64_t number = 0;  // which it is, for the reader has seen it
    const auto& digits = setting->texts.front();
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

std::vector<std::string> SettingsFiles::list(SettingKey key) const {
    const auto* const setting = find(key);
    return setting == nullptr ? std::vector<std::string>{} : setting->texts;
}

}  // namespace xmppfed::cli
