#include "cli/store_summary.hpp"

#include <sys/stat.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/field.hpp"
#include "core/text.hpp"

namespace xmppfed::cli {

namespace {

using core::Json;

constexpr std::size_t label_width = 18;

Json size_of(const std::string& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 ? Json(static_cast<std::int64_t>(status.st_size)) : Json{};
}

}  // namespace

Json store_members(Context& context) {
    const auto path = context.location().path;
    const bool there = store::exists(path);
    const auto summary = there ? context.store().read()->summary() : store::Summary{};
    const auto known = [&](const auto& value) { return there ? Json(value) : Json{}; };
    return Json::object({{"path", core::escape(path)},
                         {"exists", there},
                         {"schema_version", known(summary.schema_version)},
                         {"partners", known(summary.partners)},
                         {"store_revision", known(summary.store_revision)},
                         {"history_entries", known(summary.history_entries)},
                         {"size_bytes", there ? size_of(path) : Json{}},
                         {"created_at", known(summary.created_at)}});
}

void print_store(Context& context, const Json& members) {
    for (const auto& [key, value] : members.items()) {
        auto label = key + ":";
        std::ranges::replace(label, '_', ' ');
        const auto text = value.is_null() ? std::string{"-"} : core::escape(core::plain_text(value, " "));
        context.out().write(fmt::format("{:<{}}{}\n", label, label_width, text));
    }
}

}  // namespace xmppfed::cli
