#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/cert/cert_request.hpp"
#include "core/edge/edge.hpp"
#include "core/partner/allowlist_script.hpp"
#include "core/report/activity.hpp"
#include "core/report/findings.hpp"
#include "core/report/partner_tally.hpp"
#include "core/report/probe_tally.hpp"

namespace xmppfed::core {

/// One of our certificates, or a request that has none yet.
struct ReportedCertificate {
    std::int64_t request = 0;
    RequestState state = RequestState::pending;
    bool is_in_use = false;  ///< by servers; a retired one is until another is assigned
    std::string name;        ///< friendly name
    std::string created_at;  ///< of the request
    /// Of the certificate; none when there is none, or when what is recorded cannot be read.
    std::optional<std::chrono::sys_seconds> begin = {};
    std::optional<std::chrono::sys_seconds> end = {};  ///< the first end of it and of its chain

    [[nodiscard]] bool is_live() const { return is_in_use || state == RequestState::issued; }
};

/// What a report tells of, but for the lists that may be longer than memory.
struct ReportFacts {
    std::chrono::sys_seconds at;
    std::int64_t store_revision = 0;
    Edge edge;
    PartnerTally partners;
    Findings findings;                              ///< of the rules, on partners and on our side, and of the look
    std::vector<ReportedCertificate> certificates;  ///< by number
    std::optional<ProbeTally> probe;                ///< none: nobody gave a look at servers
    Activity activity;

    /// The certificate in use; null when none is.
    [[nodiscard]] const ReportedCertificate* in_use() const;

    /// Whose federation it is: the organisation, else the Access Edge FQDN, else nobody's name.
    [[nodiscard]] std::string whose() const;
};

/// The long lists: each call visits all.
struct ReportLists {
    PartnerSource partners;
    /// The commits of the last days, the newest first.
    std::function<void(const std::function<void(const ReportedCommit&)>&)> commits;
};

/// Write a whole page, piece by piece. The same facts and lists give the same octets.
void write_html_report(const ReportFacts& facts, const ReportLists& lists, const TextSink& sink);
void write_markdown_report(const ReportFacts& facts, const ReportLists& lists, const TextSink& sink);

/// A number that stands at the top: what it counts, and what is to be said of it.
struct KeyFigure {
    std::string label;
    std::string value;
    std::string note;
    bool alarms = false;
};
[[nodiscard]] std::vector<KeyFigure> key_figures(const ReportFacts& facts);

/// "Error".
[[nodiscard]] std::string_view label_of(Severity severity);

/// What a group of findings is about, in few words.
[[nodiscard]] std::string headline_of(const FindingGroup& group);

/// The certificates of a report by what is most pressing: that in use, those to come, the others, each by its end.
[[nodiscard]] std::vector<ReportedCertificate> in_order(std::vector<ReportedCertificate> certificates);

/// How many days a certificate is still good for, as of the report; none where there is no certificate.
[[nodiscard]] std::optional<std::int64_t> days_left(const ReportedCertificate& certificate,
                                                    std::chrono::sys_seconds now);

/// What an action of the history is called for people: "created" for partner.create.
[[nodiscard]] std::string words_of_action(std::string_view action);

}  // namespace xmppfed::core
