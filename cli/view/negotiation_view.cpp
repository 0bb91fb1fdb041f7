#include "cli/view/negotiation_view.hpp"

#include <fmt/format.h>

namespace xmppfed::cli::view {

namespace {

std::string method_text(core::Method method, std::string_view remark) {
    return fmt::format("  {:<15}{}\n", core::name_of(method), remark);
}

}  // namespace

std::string methods_text(const std::vector<core::Method>& methods) {
    std::string text = methods.empty() ? "  none\n" : "";
    for (const auto method : methods) {
        text += method_text(method, core::values_of<core::Method>()[static_cast<std::size_t>(method)].meaning);
    }
    return text;
}

std::string exclusions_text(const std::vector<core::Exclusion>& exclusions) {
    std::string text;
    for (const auto& [method, reason] : exclusions) {
        text += method_text(method, reason);
    }
    return text;
}

}  // namespace xmppfed::cli::view
