#include "core/render/prosody.hpp"

#include <fmt/format.h>

#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

/// An included file replaces what was set before. The table of options, which the functions of the configuration hold,
/// has what the administrator set.
constexpr std::string_view head = R"(do
	-- An included file replaces what was set before: this finds what the administrator set.
	local lua = Lua or _G -- Prosody 13 wants it by that name
	local environment, options = lua.getfenv and lua.getfenv(1) or _ENV, nil
	for index = 1, 20 do
		local name, value = lua.debug.getupvalue(lua.getmetatable(environment).__newindex, index)
		if name == "config_table" then options = value["*"] end
	end
	if not options then lua.error("this Prosody does not tell which options were set before this file") end
	local function with(list, item)
		local copy = {}
		for _, other in lua.ipairs(list or {}) do copy[#copy + 1] = other end
		copy[#copy + 1] = item
		return copy
	end
)";

constexpr std::string_view disable = "\tmodules_disabled = with(options.modules_disabled, \"{}\")\n";

std::string beginning(const ServerBook& book) {
    return fmt::format(
        "-- Store revision {}\n-- Written by xmppfed for {}; include it before the first VirtualHost.\n{}",
        book.store_revision, book.hosts.empty() ? "no local domain" : join(book.hosts, ", "), head);
}

std::string list_of_strings(const std::vector<std::string>& texts) {
    std::string list = "{";
    for (const auto& text : texts) {
        list += fmt::format("\n\t\t{},", lua_string(text));
    }
    return list + (texts.empty() ? "}" : "\n\t}");
}

}  // namespace

std::string lua_string(std::string_view text) {
    std::string result = "\"";
    for (const auto& character : characters(text)) {
        const bool is_plain = !is_unsafe(character) && character.bytes != "\"" && character.bytes != "\\";
        if (is_plain) {
            result += character.bytes;
            continue;
        }
        for (const char byte : character.bytes) {  // three digits, so that one that follows stays apart
            result += fmt::format("\\{:03}", static_cast<unsigned char>(byte));
        }
    }
    return result + "\"";
}

std::string prosody_module_configuration(const ServerBook& book, std::string_view folder) {
    const std::string place{folder};
    auto text = beginning(book);
    text += fmt::format("\tplugin_paths = with(options.plugin_paths, {})\n", lua_string(place));
    text += fmt::format("\txmppfed_policy = {}\n", lua_string(place + "/xmppfed-policy.json"));
    text += "\tif not options.xmppfed_log_only then\n\t";
    text += fmt::format(disable, "s2s");
    text += "\t\ts2s_require_encryption = false\n\t\ts2s_secure_auth = false\n\t\ts2s_secure_domains = {}\n";
    // The module ends what is not established in time, and says so: the server is not to come before it.
    text += fmt::format("\t\ts2s_timeout = {}\n\tend\nend\n", book.gateway.establishment_timeout + 1);
    return text;
}

std::string prosody_own_configuration(const ServerBook& book, std::string_view /*folder*/) {
    const auto needs = needs_of(book.partners);
    auto text = beginning(book);
    if (!needs.any_partner) {
        return text + fmt::format(disable, "s2s") + "end\n";
    }
    if (!needs.uses_dialback) {
        text += fmt::format(disable, "dialback");
    }
    text += fmt::format("\ts2s_require_encryption = {}\n\ts2s_secure_auth = false\n", needs.requires_tls);
    text += fmt::format("\ts2s_secure_domains = {}\n",
                        list_of_strings(domains_in_both_forms(book.partners, is_by_certificate_alone)));
    text += fmt::format("\ts2s_timeout = {}\nend\n", book.gateway.establishment_timeout);
    return text;
}

}  // namespace xmppfed::core
