#include "core/findings_log.hpp"

#include <algorithm>
#include <utility>

#include "core/rule.hpp"

namespace xmppfed::core {

std::int64_t& FindingsLog::counter(Severity severity) {
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

void FindingsLog::add(Diagnostics findings) {
    for (auto& finding : findings) {
        if (finding.severity == Severity::error) {
            const auto kind = finding.rule == nullptr ? ErrorKind::refused : finding.rule->refuses_as;
            refuses_as_ = errors_ == 0 || refuses_as_ == kind ? kind : ErrorKind::refused;
        }
        if (++counter(finding.severity) <= most_kept) {
            kept_.push_back(std::move(finding));
        } else {
            ++left_out_;
        }
    }
}

void FindingsLog::sort_by_place() {
    std::ranges::stable_sort(kept_, {}, [](const Diagnostic& finding) {
        return std::pair{finding.line.value_or(0), finding.column.value_or(0)};
    });
}

}  // namespace xmppfed::core
