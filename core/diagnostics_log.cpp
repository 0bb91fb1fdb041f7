#include "core/diagnostics_log.hpp"

#include <algorithm>
#include <utility>

#include "core/rule/rule.hpp"

namespace xmppfed::core {

DiagnosticsLog::Place DiagnosticsLog::place_of(const Diagnostic& diagnostic) {
    return {diagnostic.line.value_or(0), diagnostic.column.value_or(0)};
}

std::int64_t& DiagnosticsLog::counter(Severity severity) {
    switch (severity) {
    case Severity::error:
        return errors_;
    case Severity::warning:
        return warnings_;
    case Severity::info:
        break;
    }
    return infos_;
}

void DiagnosticsLog::add(Diagnostics diagnostics) {
    for (auto& diagnostic : diagnostics) {
        if (diagnostic.severity == Severity::error) {
            const auto kind = diagnostic.rule == nullptr ? ErrorKind::refused : diagnostic.rule->refuses_as;
            refuses_as_ = errors_ == 0 || refuses_as_ == kind ? kind : ErrorKind::refused;
        }
        if (++counter(diagnostic.severity) <= most_kept) {
            auto& last = last_place(diagnostic.severity);
            last = std::max(last, place_of(diagnostic));
            kept_.push_back(std::move(diagnostic));
        } else {
            ++left_out_;
            replace_later(std::move(diagnostic));
        }
    }
}

/// Rules run in the order of domains, which says nothing about lines.
void DiagnosticsLog::replace_later(Diagnostic diagnostic) {
    const auto severity = diagnostic.severity;
    if (place_of(diagnostic) >= last_place(severity)) {
        return;
    }
    const auto last = [&] {
        return std::ranges::max_element(kept_, {}, [&](const Diagnostic& kept) {
            return std::pair{kept.severity == severity, place_of(kept)};
        });
    };
    *last() = std::move(diagnostic);
    last_place(severity) = place_of(*last());
}

void DiagnosticsLog::sort_by_place() {
    std::ranges::stable_sort(kept_, {}, place_of);
}

}  // namespace xmppfed::core
