#pragma once

#include <algorithm>
#include <iterator>

#include <nlohmann/json.hpp>

#include "cli/wizard/interactive_request.hpp"
#include "core/diagnostic.hpp"
#include "core/field/field.hpp"
#include "core/refusal.hpp"

namespace xmppfed::cli {

/// The page that asks for a field of a subject, which is as it is now.
template <class Subject>
[[nodiscard]] Page field_page(const core::Field<Subject>& field, const Subject& subject) {
    const bool may_be_empty =
        core::plain_text(field.write(Subject{}), ",").empty() && field.kind != core::FieldKind::identity;
    return {.heading = field.group,
            .label = field.label,
            .field = field.key,
            .current = core::plain_text(field.write(subject), ","),
            .options = {std::string{field.option}},
            .clearing = may_be_empty ? Clearing::gives_empty : Clearing::impossible};
}

/// The diagnostics about the field of a page. Throws them as a refusal when one is an error.
[[nodiscard]] inline core::Diagnostics judged_answer(core::Diagnostics diagnostics, const Page& page) {
    std::erase_if(diagnostics, [&](const auto& diagnostic) { return diagnostic.field != page.field; });
    if (std::ranges::any_of(diagnostics, [](const auto& it) { return it.severity == core::Severity::error; })) {
        throw core::refusal(std::move(diagnostics));
    }
    return diagnostics;
}

}  // namespace xmppfed::cli
