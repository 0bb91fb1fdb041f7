#include "cli/commands/partner/partner_pages.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/partner_lookup.hpp"
#include "cli/context.hpp"
#include "cli/view/negotiation_view.hpp"
#include "cli/view/partner_view.hpp"
#include "cli/wizard/field_page.hpp"
#include "core/refusal.hpp"

namespace xmppfed::cli {

namespace {

using core::Severity;

/// The settings that make sense together, and the trust that they must justify.
constexpr std::array<std::string_view, 4> negotiation_fields{"tls", "sasl", "dialback", "type"};
constexpr std::string_view first_of_negotiation = "tls";
constexpr std::string_view last_of_negotiation = "dialback";
constexpr std::string_view preset_page = "preset";

std::string current_preset(const core::Negotiation& negotiation) {
    const auto presets = core::values_of<core::Preset>();
    for (std::size_t i = 0; i < presets.size(); ++i) {
        if (core::settings_of(static_cast<core::Preset>(i)) == negotiation) {
            return std::string{presets[i].name};
        }
    }
    return {};
}

Page page_of_preset(const core::PartnerField& first, const core::Partner& partner) {
    Page page{.heading = first.group, .label = "Preset", .field = preset_page, .options = {"preset"}};
    page.current = current_preset(partner.negotiation);
    page.text = page.current.empty() ? "The settings are those of no preset; the next pages have them."
                                     : "The next pages show its settings and can change them.";
    for (const auto& field : core::partner_fields()) {
        if (field.group == first.group) {
            page.replaces.emplace_back(field.option);  // an earlier answer would win over the new preset
        }
    }
    return page;
}

Page page_of(const core::PartnerField& field, const core::Partner& partner) {
    auto page = field_page(field, partner);
    if (field.key == "type") {
        page.details = view::permissions_of_all_types();
    }
    if (field.kind == core::FieldKind::domain_set) {
        page.replaces = {"add-domain", "remove-domain"};
    }
    if (field.key == core::accepted_warnings_key) {
        page.replaces = {"unaccept"};
        page.text = page.current.empty() ? "" : "What is answered comes to those that are accepted.";
    }
    return page;
}

bool speaks_of(const core::Diagnostic& diagnostic, const Page& page) {
    const bool negotiates =
        page.field == preset_page ||
        std::ranges::count(negotiation_fields.begin(), negotiation_fields.end() - 1, page.field) > 0;
    return negotiates ? std::ranges::count(negotiation_fields, diagnostic.field) > 0 : diagnostic.field == page.field;
}

/// The negotiation is complete on its last page; what is wrong before can be mended by the next answer.
void refuse_answer(const core::Diagnostics& diagnostics, const Page& page) {
    const bool incomplete = page.field == preset_page || page.field == first_of_negotiation || page.field == "sasl";
    core::Diagnostics errors;
    std::ranges::copy_if(diagnostics, std::back_inserter(errors),
                         [](const auto& diagnostic) { return diagnostic.severity == Severity::error; });
    if (!incomplete && !errors.empty()) {
        if (page.field == last_of_negotiation) {
            errors.back().hint += "; `<` leads back to the other settings";
        }
        throw core::refusal(std::move(errors));
    }
}

void print_negotiation(Context& context, const core::Negotiation& negotiation) {
    const auto offer = core::offer(negotiation);
    const auto style = context.style();
    context.display().print_text(
        fmt::format("{}\n{}", style.bold("Methods, strongest first"), view::methods_text(offer.methods)));
    if (!offer.excluded.empty()) {
        context.display().print_text(
            fmt::format("{}\n{}", style.bold("Excluded"), view::exclusions_text(offer.excluded)));
    }
}

}  // namespace

std::vector<Page> partner_pages(const core::PartnerChange& change, const core::Partner& before) {
    const auto partner = core::apply(change, before).partner;
    std::vector<Page> pages;
    for (const auto& field : core::partner_fields()) {
        if (field.key == first_of_negotiation) {
            pages.push_back(page_of_preset(field, partner));
        }
        pages.push_back(page_of(field, partner));
    }
    return pages;
}

void review_partner(Context& context, const core::PartnerChange& change,
                    const std::optional<core::CommittedPartner>& before, const Page& page) {
    const auto partner =
        core::apply(change, before ? static_cast<const core::Partner&>(*before) : core::Partner{}).partner;
    const auto reader = context.store().read();
    auto diagnostics = core::judge(partner, app::surroundings_of(*reader, partner),
                                   before ? std::string_view{before->primary_domain} : std::string_view{});
    std::erase_if(diagnostics, [&](const auto& diagnostic) { return !speaks_of(diagnostic, page); });
    refuse_answer(diagnostics, page);
    if (page.field == "type") {
        context.display().print_text(view::permissions_text(partner.type));
    }
    if (page.heading == core::partner_field(first_of_negotiation).group) {
        print_negotiation(context, partner.negotiation);
    }
    view::print_diagnostics(context.display(), diagnostics, "  ");
}

}  // namespace xmppfed::cli
