#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/manifest.hpp"
#include "core/manifest_values.hpp"
#include "core/partner_fields.hpp"
#include "core/placed_json.hpp"
#include "core/text.hpp"

namespace xmppfed::core {

namespace {

using Kind = PlacedJson::Kind;

/// A property of the objects that Get-CsXmppAllowedPartner writes, and our field. Everything else that such an object
/// has (Anchor, ScopeClass, ...) says nothing of the partner.
struct Property {
    std::string_view name;
    std::string_view key;
};
constexpr std::array properties{
    Property{"Domain", "primary_domain"},
    Property{"Identity", "primary_domain"},
    Property{"AdditionalDomains", "additional_domains"},
    Property{"Description", "description"},
    Property{"PartnerType", "type"},
    Property{"TlsNegotiation", "tls"},
    Property{"SaslNegotiation", "sasl"},
    Property{"SupportDialbackNegotiation", "dialback"},
    Property{"EnableKeepAlive", "keepalive"},
    Property{"ConnectionLimit", "connection_limit"},
    Property{"ProxyFqdn", "proxy_fqdn"},
};

/// The value as a manifest would have it. ConvertTo-Json writes an enumeration as its number unless it is told
/// otherwise, an empty text as null, and a set of one item sometimes as that item. Windows PowerShell 5.1 may wrap a
/// set in an object beside its Count.
PlacedJson in_our_words(const PartnerField& field, const PlacedJson& value) {
    auto ours = value;
    if (field.kind == FieldKind::enumeration && value.kind == Kind::integer) {
        ours.kind = Kind::text;  // a number that none has is then no value
        for (std::size_t number = 0; number < field.values.size(); ++number) {
            if (value.text == std::to_string(number)) {
                ours.text = field.values[number].name;
            }
        }
    } else if (const auto wrapped = std::ranges::find(value.members, "value", &PlacedJson::Member::name);
               field.kind == FieldKind::domain_set && wrapped != value.members.end()) {
        ours = wrapped->value;
    } else if (field.kind == FieldKind::domain_set && value.kind == Kind::text) {
        ours.kind = Kind::array;
        ours.elements = {value};
    } else if (field.kind == FieldKind::domain && field.key != properties.front().key && value.is_empty_text()) {
        ours.kind = Kind::null;
    }
    return ours;
}

/// The domain that identifies the object, as it stands there.
std::string_view named_in(const PlacedJson& object) {
    for (const auto& [name, place, value] : object.members) {
        if ((name == "Identity" || name == "Domain") && value.kind == Kind::text) {
            return value.text;
        }
    }
    return {};
}

class AllowlistReader : public manifest_values::Reporter {
  public:
    using Reporter::Reporter;

    void partner(const PlacedJson& value);
};

void AllowlistReader::partner(const PlacedJson& value) {
    if (value.kind != Kind::object) {
        refuse(fmt::format("a partner must be an object, not {}", name_of(value.kind)),
               "write the file with `Get-CsXmppAllowedPartner | ConvertTo-Json`", value.place);
        return;
    }
    read_partner(named_in(value));
    Partner partner;
    Places places;
    places.object = value.place;
    std::vector<std::string_view> seen;
    std::optional<std::string> named;
    for (const auto& [name, name_place, member] : value.members) {
        const auto property = std::ranges::find(properties, name, &Property::name);
        if (property == properties.end()) {
            continue;
        }
        if (std::ranges::count(seen, property->name) > 0) {
            refuse(fmt::format("the property {} is repeated", name), "name it once", name_place);
            continue;
        }
        seen.push_back(property->name);
        const auto& field = partner_field(property->key);
        if (member.kind == Kind::null) {
            continue;  // not set: the default
        }
        const auto ours = in_our_words(field, member);
        const auto index = static_cast<std::size_t>(&field - partner_fields().data());
        auto wrong = manifest_values::read<Partner>({&field, index, property->name, ours}, partner, places);
        const bool is_read = wrong.empty();
        report(std::move(wrong));
        if (is_read && property->key == properties.front().key) {
            if (named && *named != partner.primary_domain) {
                refuse(
                    fmt::format("Identity and Domain differ: {} and {}", quote(*named), quote(partner.primary_domain)),
                    "a partner has one domain that identifies it", member.place);
            }
            named = partner.primary_domain;
        }
    }
    if (places.fields.front().line == 0) {
        refuse("neither Identity nor Domain names the partner", "export the objects with all their properties",
               value.place);
    } else {
        sink().partner(partner, places);
    }
    read_partner({});
}

}  // namespace

void read_allowlist(JsonSource& source, const ManifestSink& sink) {
    AllowlistReader reader{sink};
    const auto element = [&](const PlacedJson& value) { reader.partner(value); };
    const auto whole = [&](const PlacedJson& value) {
        if (value.kind != Kind::array) {
            reader.partner(value);
        }
    };
    if (source.is_wide()) {
        reader.refuse("the file is UTF-16, not UTF-8", "write it with `Out-File -Encoding utf8`", {1, 1});
    } else if (!source.skip_blanks()) {
        reader.refuse("the file is empty", "write it with `Get-CsXmppAllowedPartner | ConvertTo-Json`", {1, 1});
    } else if (const auto broken = read_placed(source, {}, element, whole)) {
        reader.refuse(broken->message, "write the file with `Get-CsXmppAllowedPartner | ConvertTo-Json`",
                      broken->place);
    } else if (source.skip_blanks()) {
        reader.refuse("something follows the partners", "the file must hold one array, or one object", source.next());
    }
}

}  // namespace xmppfed::core
