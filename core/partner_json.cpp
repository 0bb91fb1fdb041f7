#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/partner_fields.hpp"

namespace xmppfed::core {

namespace {

/// A JSON value as the items of an option: null clears.
std::vector<std::string> items_of(const Json& value) {
    if (value.is_array()) {
        return value.get<std::vector<std::string>>();
    }
    if (value.is_null()) {
        return {""};
    }
    return {value.is_string() ? value.get<std::string>() : value.dump()};
}

}  // namespace

Partner partner_from_text(const std::string& text) {
    try {
        const auto json = Json::parse(text);
        Partner partner;
        for (const auto& field : partner_fields()) {
            if (const auto value = json.find(field.key); value != json.end()) {
                field.read(partner, items_of(*value));
            }
        }
        return partner;
    } catch (const Json::exception& exception) {
        throw Error{ErrorKind::failed, "the store is damaged: an entry of the history cannot be read"}
            .because(exception.what())
            .hint("look at it with `xmppfed store check`");
    }
}

}  // namespace xmppfed::core
