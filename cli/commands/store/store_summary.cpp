#include "cli/commands/store/store_summary.hpp"

#include <sys/stat.h>

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/field/field.hpp"
#include "core/text/text.hpp"
#include "store/address.hpp"

namespace xmppfed::cli {

namespace {

using core::Json;

constexpr std::size_t label_width = 18;

Json size_of(const std::string& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 ? Json(static_cast<std::int64_t>(status.st_size)) : Json{};
}

Json size_of(const std::optional<store::Summary>& summary) {
    return summary && summary->size_bytes ? Json(*summary->size_bytes) : Json{};
}

}  // namespace

Json store_members(Context& context, const std::optional<store::Summary>& summary) {
    const auto location = store::location_of(context.store_path());
    const bool is_shared = !location.address.empty();
    const auto known = [&](auto store::Summary::*member) { return summary ? Json((*summary).*member) : Json{}; };
    auto members = Json::object({{"path", is_shared ? Json{} : core::path_json(location.path)},
                                 {"exists", summary.has_value() || context.book().exists()},
                                 {"schema_version", known(&store::Summary::schema_version)},
                                 {"partners", known(&store::Summary::partners)},
                                 {"store_revision", known(&store::Summary::store_revision)},
                                 {"history_entries", known(&store::Summary::history_entries)},
                                 {"size_bytes", is_shared ? size_of(summary) : size_of(location.path)},
                                 {"created_at", known(&store::Summary::created_at)}});
    if (is_shared) {
        members["address"] = core::path_json(location.address);
    }
    return members;
}

std::optional<store::Summary> summary_of(Context& context) {
    if (const auto site = context.book().site(); !site->has_store()) {
        if (!site->is_made_by_first_change()) {
            throw site->absence();
        }
        return std::nullopt;
    }
    return context.store().read()->summary();
}

std::string store_file(const World& world, const std::string& name, std::string_view wanted, const std::string& hint) {
    if (name.empty() || name == "-" || !store::beginning_of_address(name).empty()) {
        throw core::Error{core::ErrorKind::usage, fmt::format("{} the name of a file", wanted)}.hint(hint);
    }
    return absolute_path(world, name);
}

void print_store(Context& context, const Json& members) {
    if (context.globals().output == Format::json) {
        context.display().print_document("store", members);
        return;
    }
    for (const auto& [key, value] : members.items()) {
        auto label = key + ":";
        std::ranges::replace(label, '_', ' ');
        const auto text = value.is_null() ? std::string{"-"} : core::escape(core::plain_text(value, " "));
        context.display().print_text(fmt::format("{:<{}}{}\n", label, label_width, text));
    }
}

}  // namespace xmppfed::cli
