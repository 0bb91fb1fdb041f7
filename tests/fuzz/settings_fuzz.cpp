#include "cli/settings/settings_text.hpp"
#include "core/error.hpp"
#include "core/text/text.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace xmppfed;
using fuzz::require;

namespace {

/// What is refused is told with its place, and can be shown.
void look_at(const core::Error& error) {
    require(error.kind == core::ErrorKind::usage, "a wrong settings file is a usage error");
    require(core::is_safe(error.message) && !error.diagnostics.empty(), "what is wrong is told");
    for (const auto& each : error.diagnostics) {
        require(core::is_safe(each.message) && core::is_safe(each.hint), "a finding can be shown on a terminal");
        require(each.line.value_or(0) > 0 && each.column.value_or(0) > 0, "a finding has its place");
    }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    try {
        const auto settings = cli::read_settings(text, "/config.json");
        for (std::size_t i = 0; i < settings.size(); ++i) {
            const auto& row = cli::setting_rows()[i];
            for (const auto& value : settings.at(i).value_or(std::vector<std::string>{})) {
                require(row.accepts(value), "a setting has a value that its key takes");
            }
            const bool is_one = row.kind == cli::SettingKind::list || !settings.at(i) || settings.at(i)->size() == 1;
            require(is_one, "what is no list has one value");
        }
    } catch (const core::Error& error) {
        look_at(error);
    }
    return 0;
}
