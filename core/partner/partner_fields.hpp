#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/field/field.hpp"
#include "core/partner/partner.hpp"

namespace xmppfed::core {

using PartnerField = Field<Partner>;

/// The fields of a partner that a user sets, in the order of the form, the help and the output.
[[nodiscard]] std::span<const PartnerField> partner_fields();

/// The row with that JSON key; the key must be one of the table's.
[[nodiscard]] const PartnerField& partner_field(std::string_view key);

/// The row of the domain that identifies a partner.
[[nodiscard]] const PartnerField& partner_identity();

/// The key of the rules whose warnings are accepted.
inline constexpr std::string_view accepted_warnings_key = "accepted_warnings";

/// The keys that the store keeps beside them: `revision`, `created_at` and `updated_at`.
[[nodiscard]] std::span<const std::string_view> kept_partner_keys();
void append_kept(ObjectText& object, const CommittedPartner& partner);

/// The key of what is computed from them.
inline constexpr std::string_view computed_partner_key = "methods";

/// The partner in a text of the history. Throws `core::Error` of kind failed when it is not what was written.
[[nodiscard]] Partner partner_from_text(const std::string& text);

/// Whether that partner is sure to be in what `to_text` writes of one; where it is not, reading tells.
[[nodiscard]] bool surely_reads_back(const Partner& partner);

/// A partner of the history, and what `to_text` writes of it today.
struct PlainPartner {
    CommittedPartner partner;
    std::string text;
};

/// The same for a plain text that is exactly what `to_text` writes of a partner, but for fields that it may lack; nothing
/// for any other, which may be one as well.
[[nodiscard]] std::optional<PlainPartner> plain_partner_from_text(const std::string& text);

}  // namespace xmppfed::core
