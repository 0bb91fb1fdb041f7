#pragma once

#include "cli/line/options.hpp"
#include "core/field.hpp"

namespace xmppfed::cli {

/// The option of a field, from its row in the field table; what is given is added to `assignments`.
template <class Subject>
[[nodiscard]] Option field_option(const core::Field<Subject>& field,
                                  std::vector<core::Assignment<Subject>>& assignments) {
    const bool is_set = field.kind == core::FieldKind::domain_set;
    Option option;
    option.name = field.option;
    option.value_name = field.value_name;
    option.meaning = field.meaning;
    option.values = field.values;
    option.repeat = is_set ? Repeat::collects : Repeat::no;
    option.take = [&assignments, &field, is_set](const std::vector<std::string>& values) {
        assignments.push_back({&field, is_set ? comma_items(values) : values});
    };
    return option;
}

}  // namespace xmppfed::cli
