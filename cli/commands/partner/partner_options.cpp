#include "cli/commands/partner/partner_options.hpp"

#include <nlohmann/json.hpp>

#include "cli/line/field_option.hpp"

namespace xmppfed::cli {

namespace {

std::string default_of(const core::PartnerField& field) {
    const auto text = core::plain_text(field.write(core::Partner{}), ",");
    return text.empty() ? "none" : text;
}

/// Unlike other fields, this one is given by what comes and goes.
void bind_acceptance(OptionSet& options, const core::PartnerField& field, core::PartnerChange& change) {
    const auto ids = [&](std::string_view name, std::string_view meaning) {
        return Option{.name = std::string{name},
                      .value_name = field.value_name,
                      .meaning = std::string{meaning},
                      .values = field.values,
                      .repeat = Repeat::collects};
    };
    auto accept = ids(field.option, field.meaning);
    accept.take = [&change](const auto& values) { change.accept = comma_items(values); };
    options.add(std::move(accept));
    auto unaccept = ids("unaccept", "lets warnings of a rule be warnings again (repeatable)");
    unaccept.take = [&change](const auto& values) { change.unaccept = comma_items(values); };
    options.add(std::move(unaccept));
}

}  // namespace

void bind_preset(OptionSet& options, std::optional<core::Preset>& preset) {
    options.enumeration({.name = "preset",
                         .value_name = "PRESET",
                         .meaning = "sets TLS, SASL and dialback at once; an option beside it wins"},
                        preset);
}

void bind_partner_fields(OptionSet& options, core::PartnerChange& change, Defaults defaults) {
    for (const auto& field : core::partner_fields()) {
        const bool negotiation_begins = field.key == "tls";
        options.group(field.group);
        if (negotiation_begins) {
            bind_preset(options, change.preset);
        }
        if (field.key == core::accepted_warnings_key) {
            bind_acceptance(options, field, change);
            continue;
        }
        auto option = field_option(field, change.assignments);
        if (defaults == Defaults::shown) {
            option.default_text = field.kind == core::FieldKind::identity ? "required" : default_of(field);
        }
        options.add(std::move(option));
    }
}

}  // namespace xmppfed::cli
