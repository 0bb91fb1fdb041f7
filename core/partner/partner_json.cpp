#include <algorithm>
#include <charconv>
#include <iterator>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/field/stored_fields.hpp"
#include "core/partner/partner_fields.hpp"
#include "core/text/json/plain_object.hpp"
#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

/// Sets what the store keeps beside the fields.
void read_kept(CommittedPartner& partner, const PlacedJson::Member& member) {
    const auto& text = member.value.text;
    if (member.name == "revision") {
        std::from_chars(text.data(), text.data() + text.size(), partner.revision);
    } else if (member.name == "created_at") {
        partner.created_at = text;
    } else if (member.name == "updated_at") {
        partner.updated_at = text;
    }
}

std::vector<std::string> items_of(const PlacedJson& value) {
    if (value.kind != PlacedJson::Kind::array) {
        return {value.text};
    }
    std::vector<std::string> items;
    std::ranges::transform(value.elements, std::back_inserter(items), &PlacedJson::text);
    return items;
}

/// What is written of a partner when only the fields that `object` has are, as an earlier version did that did not know
/// the others.
std::string text_of_members(const CommittedPartner& partner, const PlacedJson& object) {
    std::string text;
    ObjectText written{text, JsonLayout::compact};
    auto member = object.members.begin();
    for (const auto& field : partner_fields()) {
        if (member != object.members.end() && member->name == field.key) {
            field.append(written, partner);
            ++member;
        }
    }
    append_kept(written, partner);
    written.end();
    return text;
}

}  // namespace

std::optional<PlainPartner> plain_partner_from_text(const std::string& text) {
    const auto object = read_plain_object(text, {}, {});
    if (!object || object->size != text.size()) {
        return std::nullopt;
    }
    CommittedPartner partner;
    try {
        for (const auto& member : object->value.members) {
            const auto field = std::ranges::find(partner_fields(), std::string_view{member.name}, &PartnerField::key);
            if (field == partner_fields().end()) {
                read_kept(partner, member);
            } else if (member.value.kind != PlacedJson::Kind::null) {
                field->read(partner, items_of(member.value));
            }
        }
    } catch (const Error&) {
        return std::nullopt;
    }
    auto today = to_text(partner);
    if (today != text && text_of_members(partner, object->value) != text) {
        return std::nullopt;
    }
    return PlainPartner{std::move(partner), std::move(today)};
}

bool surely_reads_back(const Partner& partner) {
    return std::ranges::all_of(partner_fields(), [&](const auto& field) { return field.surely_reads_back(partner); });
}

Partner partner_from_text(const std::string& text) {
    return stored_fields::subject_from_text<Partner>(text, partner_fields());
}

}  // namespace xmppfed::core
