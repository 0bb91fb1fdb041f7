#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/partner/partner_fields.hpp"
#include "core/text/text.hpp"

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

/// Throws unless the field then has the very value that was written.
void read(Partner& partner, const PartnerField& field, const Json& value) {
    const bool fits = value.is_array() == is_plural(field.kind);
    if (fits) {
        field.read(partner, items_of(value));
    }
    if (field.write(partner) != value) {
        throw Error{ErrorKind::failed, fmt::format("its {} is {}", field.key, value.dump())};
    }
}

}  // namespace

Partner partner_from_text(const std::string& text) {
    try {
        const auto json = Json::parse(text);
        if (!json.is_object()) {
            throw Error{ErrorKind::failed, "it is no object"};
        }
        Partner partner;
        for (const auto& field : partner_fields()) {
            if (const auto value = json.find(field.key); value != json.end()) {
                read(partner, field, *value);
            }
        }
        return partner;
    } catch (const Json::exception& exception) {
        throw damaged_entry(escape(exception.what()));
    } catch (const Error& error) {
        throw damaged_entry(escape(error.message));
    }
}

}  // namespace xmppfed::core
