#include "core/findings_log.hpp"

#include <utility>

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
        claims_ += finding.severity == Severity::error && finding.rule == "domain-claimed" ? 1 : 0;
        if (++counter(finding.severity) <= most_kept) {
            kept_.push_back(std::move(finding));
        } else {
            ++left_out_;
        }
    }
}

}  // namespace xmppfed::core
