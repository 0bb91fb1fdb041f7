#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "cli/view/layout/display.hpp"
#include "cli/view/layout/list_view.hpp"
#include "core/partner/partner.hpp"

namespace xmppfed::cli::view {

/// The keys of a partner's JSON form, in order, each with what it is.
[[nodiscard]] std::span<const core::EnumValue> partner_keys();

/// A list of partners.
[[nodiscard]] ListShape partner_list_shape();

/// A partner as an item of such a list, which lives no longer than the partner.
class PartnerItem : public ListItem {
  public:
    explicit PartnerItem(const core::CommittedPartner& partner) : partner_{partner} {}
    [[nodiscard]] core::Json json() const override;
    void append(core::ObjectText& object) const override;

  private:
    const core::CommittedPartner& partner_;
};

/// The columns of a list that somebody chose.
struct ChosenColumns {
    std::vector<Column> columns;
    std::vector<std::string_view> csv_keys;
};

/// Those with these keys, of `partner_keys`, in that order. The last one goes first where there is no room.
[[nodiscard]] ChosenColumns partner_columns_of(std::span<const std::string_view> keys);

/// A list of partners with columns that somebody chose, which must outlive the shape.
[[nodiscard]] ListShape partner_list_shape(const ChosenColumns& chosen);

/// The options of a list on a display.
[[nodiscard]] ListOptions list_options(const Display& display);

/// Which diagnostics the text form shows; JSON has them all.
enum class DiagnosticsInText { all, none };

/// Prints one partner in the format asked for.
void print_partner(const Display& display, const core::CommittedPartner& partner, const core::Diagnostics& diagnostics,
                   DiagnosticsInText in_text);

/// Prints what a commit made of a partner, unless --quiet drops it.
void print_committed(const Display& display, const core::CommittedPartner& partner,
                     const core::Diagnostics& diagnostics);

/// Prints several partners in the format asked for; `trailer` has members of the JSON document that follow them.
void print_partner_list(const Display& display, std::span<const core::CommittedPartner> partners,
                        const core::Json& trailer);

/// What a partner type allows the partner's users.
[[nodiscard]] std::string permissions_text(core::PartnerType type);

/// What each partner type allows them, to choose from, and which of them is meant for public providers.
[[nodiscard]] std::string permissions_of_all_types();

/// Prints diagnostics as text, each with its hint: what a check was asked for.
void print_diagnostics(const Display& display, const core::Diagnostics& diagnostics, std::string_view indent);

/// The same for diagnostics on many partners: each begins with the name of its partner.
void print_diagnostics_by_partner(const Display& display, const core::Diagnostics& diagnostics,
                                  std::string_view indent = {});

}  // namespace xmppfed::cli::view
