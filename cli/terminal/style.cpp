#include "cli/terminal/style.hpp"

namespace xmppfed::cli {

namespace {
constexpr std::string_view bold_code = "\x1b[1m";
constexpr std::string_view dim_code = "\x1b[2m";
constexpr std::string_view red_code = "\x1b[1;31m";
constexpr std::string_view yellow_code = "\x1b[1;33m";
constexpr std::string_view blue_code = "\x1b[1;34m";
constexpr std::string_view added_code = "\x1b[32m";
constexpr std::string_view changed_code = "\x1b[33m";
constexpr std::string_view removed_code = "\x1b[31m";
constexpr std::string_view reset_code = "\x1b[0m";
}  // namespace

std::string Style::wrap(std::string_view code, std::string_view text) const {
    std::string result{text};
    if (on_) {
        result.insert(0, code).append(reset_code);
    }
    return result;
}

std::string Style::bold(std::string_view text) const {
    return wrap(bold_code, text);
}

std::string Style::dim(std::string_view text) const {
    return wrap(dim_code, text);
}

std::string Style::added(std::string_view text) const {
    return wrap(added_code, text);
}

std::string Style::changed(std::string_view text) const {
    return wrap(changed_code, text);
}

std::string Style::removed(std::string_view text) const {
    return wrap(removed_code, text);
}

std::string Style::severity(core::Severity severity) const {
    switch (severity) {
    case core::Severity::error:
        return wrap(red_code, "error");
    case core::Severity::warning:
        return wrap(yellow_code, "warning");
    case core::Severity::info:
        return wrap(blue_code, "info");
    }
    return {};
}

}  // namespace xmppfed::cli
