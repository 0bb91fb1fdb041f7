#include "cli/partner_options.hpp"

#include <nlohmann/json.hpp>

namespace xmppfed::cli {

namespace {

std::string default_of(const core::PartnerField& field) {
    const auto text = core::plain_text(field.write(core::Partner{}), ",");
    return text.empty() ? "none" : text;
}

Option field_option(const core::PartnerField& field, core::PartnerChange& change, Defaults defaults) {
    const bool is_set = field.kind == core::FieldKind::domain_set;
    const bool is_required = field.key == "primary_domain";
    Option option;
    option.name = field.option;
    option.value_name = field.value_name;
    option.meaning = field.meaning;
    option.values = field.values;
    option.repeat = is_set ? Repeat::collects : Repeat::no;
    if (defaults == Defaults::shown) {
        option.default_text = is_required ? "required" : default_of(field);
    }
    option.take = [&change, &field, is_set](const std::vector<std::string>& values) {
        change.assignments.push_back({&field, is_set ? comma_items(values) : values});
    };
    return option;
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
        options.add(field_option(field, change, defaults));
    }
}

}  // namespace xmppfed::cli
