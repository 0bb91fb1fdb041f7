#include "core/diagnostics_log.hpp"

#include <algorithm>
#include <utility>

#include "core/rule.hpp"

namespace xmppfed::core {

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
            kept_.push_back(std::move(diagnostic));
        } else {
            ++left_out_;
        }
    }
}

void DiagnosticsLog::sort_by_place() {
    std::ranges::stable_sort(kept_, {}, [](const Diagnostic& diagnostic) {
        return std::pair{diagnostic.line.value_or(0), diagnostic.column.value_or(0)};
    });
}

}  // namespace xmppfed::core
