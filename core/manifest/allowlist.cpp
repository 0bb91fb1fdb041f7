#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/gateway/gateway_cmdlet.hpp"
#include "core/manifest/manifest.hpp"
#include "core/manifest/manifest_values.hpp"
#include "core/manifest/partner_forms.hpp"
#include "core/partner/partner_fields.hpp"
#include "core/text/json/placed_json.hpp"
#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

using Kind = PlacedJson::Kind;

constexpr auto& properties = partner_forms::properties;

const PlacedJson* member_of(const PlacedJson& object, std::string_view name) {
    const auto member = std::ranges::find(object.members, name, &PlacedJson::Member::name);
    return member == object.members.end() ? nullptr : &member->value;
}

/// An enumeration as a word. Its number is that of the value; an object has both, and the word counts.
PlacedJson enumeration_in_our_words(const PartnerField& field, const PlacedJson& value) {
    for (const std::string_view name : {"Value", "value"}) {
        if (const auto* inner = member_of(value, name); inner != nullptr && inner->kind != Kind::null) {
            return enumeration_in_our_words(field, *inner);
        }
    }
    auto ours = value;
    if (value.kind == Kind::integer) {
        ours.kind = Kind::text;  // a number that none has is then no value
        for (std::size_t number = 0; number < field.values.size(); ++number) {
            if (value.text == std::to_string(number)) {
                ours.text = field.values[number].name;
            }
        }
    }
    return ours;
}

/// The value as a manifest would have it. ConvertTo-Json writes an enumeration as its number unless it is told
/// otherwise, an empty text as null, and a set of one item sometimes as that item. Windows PowerShell 5.1 may wrap a
/// set in an object beside its Count, and an enumeration in one with its number and its word.
PlacedJson in_our_words(const PartnerField& field, const PlacedJson& value) {
    auto ours = value;
    if (field.kind == FieldKind::enumeration) {
        ours = enumeration_in_our_words(field, value);
    } else if (const auto* wrapped = member_of(value, partner_forms::wrapped_array);
               field.kind == FieldKind::domain_set && wrapped != nullptr) {
        ours = *wrapped;
    } else if (field.kind == FieldKind::domain_set && value.kind == Kind::text) {
        ours.kind = Kind::array;
        ours.elements = {value};
    } else if (field.kind == FieldKind::domain && value.is_empty_text()) {
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

    /// An element of the array.
    void element(const PlacedJson& value);

    /// What is left of the text without them.
    void whole(const PlacedJson& value);

    /// Whether it is another kind of file, and nothing more is to be said of it.
    [[nodiscard]] bool is_foreign() const { return is_foreign_; }

    /// At the end of a text: whether it was the gateway alone.
    [[nodiscard]] bool ends_gateway() {
        const bool is_alone = takes_gateway_ && !takes_partners_;
        takes_gateway_ = takes_partners_ = false;
        return is_alone;
    }

  private:
    void partner(const PlacedJson& value);
    void gateway(const PlacedJson& value);
    [[nodiscard]] bool is_first(std::vector<std::string_view>& seen, std::string_view name, const Place& place);

    bool is_foreign_ = false;
    bool takes_partners_ = false;  ///< the text that is being read
    bool takes_gateway_ = false;
    bool has_gateway_ = false;
};

void AllowlistReader::element(const PlacedJson& value) {
    if (!is_foreign_ && partner_forms::is_of_manifest(value)) {
        refuse("this is a manifest, not what Get-CsXmppAllowedPartner wrote",
               "apply it with `xmppfed apply --file FILE`", value.place);
        is_foreign_ = true;
    }
    if (is_foreign_) {
        return;
    }
    if (partner_forms::is_of_gateway(value)) {
        takes_gateway_ = true;
        gateway(value);
    } else {
        takes_partners_ = true;
        partner(value);
    }
}

void AllowlistReader::whole(const PlacedJson& value) {
    if (value.kind != Kind::array && !partner_forms::is_wrapped_array(value)) {
        element(value);
    }
}

bool AllowlistReader::is_first(std::vector<std::string_view>& seen, std::string_view name, const Place& place) {
    if (std::ranges::count(seen, name) > 0) {
        refuse(fmt::format("the property {} is repeated", name), "name it once", place);
        return false;
    }
    seen.push_back(name);
    return true;
}

/// Its passphrase of dialback is a secret, and passed over as everything that is no setting.
void AllowlistReader::gateway(const PlacedJson& value) {
    if (std::exchange(has_gateway_, true)) {
        refuse("the file has the gateway more than once", "a deployment has one: leave the other out", value.place);
        return;
    }
    Gateway gateway;
    Places places;
    places.object = value.place;
    std::vector<std::string_view> seen;
    const auto known = gateway_properties();
    for (const auto& [name, name_place, member] : value.members) {
        const auto property = std::ranges::find(known, name, &GatewayProperty::name);
        if (property == known.end() || !is_first(seen, property->name, name_place) || member.kind == Kind::null) {
            continue;
        }
        const auto& field = field_of(*property);
        const auto index = static_cast<std::size_t>(&field - gateway_fields().data());
        report(manifest_values::read<Gateway>({&field, index, property->name, member}, gateway, places));
    }
    sink().gateway(gateway, places);
}

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
        const auto property = std::ranges::find(properties, name, &partner_forms::Property::name);
        if (property == properties.end()) {
            continue;
        }
        if (!is_first(seen, property->name, name_place) || member.kind == Kind::null) {
            continue;  // null is not set: the default
        }
        const auto& field = partner_field(property->key);
        const auto ours = in_our_words(field, member);
        const auto index = static_cast<std::size_t>(&field - partner_fields().data());
        auto wrong = manifest_values::read<Partner>({&field, index, property->name, ours}, partner, places);
        const bool is_read = wrong.empty();
        report(std::move(wrong));
        if (is_read && field.kind == FieldKind::identity) {
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

std::string_view allowlist_name(std::string_view key) {
    const auto* const property = std::ranges::find(properties, key, &partner_forms::Property::key);
    return property == properties.end() ? key : property->name;
}

void read_allowlist(JsonSource& source, const ManifestSink& sink) {
    constexpr auto* way_out = "write the file with `Get-CsXmppAllowedPartner | ConvertTo-Json`";
    constexpr auto* more = "something follows the partners";
    constexpr auto* one_array = "the file must hold one array, or one object; only the gateway may follow";
    AllowlistReader reader{sink};
    if (is_marked_utf16(source.encoding())) {
        source.decode_utf16();
    } else if (source.encoding() != Encoding::utf8) {
        reader.refuse(fmt::format("the file is {}, not UTF-8", name_of(source.encoding())),
                      "write it with `Out-File -Encoding utf8`", {1, 1});
        return;
    }
    if (!source.skip_blanks()) {
        reader.refuse("the file is empty", way_out, {1, 1});
        return;
    }
    for (bool had_partners = false;;) {
        const auto begin = source.next();
        const auto broken = read_placed(
            source, partner_forms::wrapped_array, [&](const PlacedJson& value) { reader.element(value); },
            [&](const PlacedJson& value) { reader.whole(value); });
        if (reader.is_foreign()) {
            return;
        }
        if (broken) {
            reader.refuse(broken->message, way_out, broken->place);
            return;
        }
        if (!reader.ends_gateway() && std::exchange(had_partners, true)) {
            reader.refuse(more, one_array, begin);
            return;
        }
        if (!source.skip_blanks()) {
            return;
        }
        if (const char next = *source.begin(); next != '{' && next != '[') {
            reader.refuse(more, one_array, source.next());
            return;
        }
    }
}

}  // namespace xmppfed::core
