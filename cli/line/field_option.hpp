#pragma once

#include "cli/line/options.hpp"
#include "core/field/field.hpp"

namespace xmppfed::cli {

/// The option of a field, from its row in the field table; what is given is added to `assignments`.
template <class Subject>
[[nodiscard]] Option field_option(const core::Field<Subject>& field,
                                  std::vector<core::Assignment<Subject>>& assignments) {
    const bool is_several = is_plural(field.kind);
    Option option;
    option.name = field.option;
    option.value_name = field.value_name;
    option.meaning = field.meaning;
    option.values = field.values;
    option.repeat = is_several ? Repeat::collects : Repeat::no;
    option.take = [&assignments, &field, is_several](const std::vector<std::string>& values) {
        assignments.push_back({&field, is_several ? comma_items(values) : values});
    };
    return option;
}

}  // namespace xmppfed::cli
