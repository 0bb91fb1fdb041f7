#include "app/manifest/reconciliation.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/refusal.hpp"
#include "core/rules.hpp"
#include "core/text/text.hpp"

namespace xmppfed::app {

namespace {

constexpr std::size_t history_batch = 1000;

/// Counts what is done of long work, and tells who wants to know.
class Count {
  public:
    Count(const Circumstances& circumstances, std::string_view what) : circumstances_{circumstances}, what_{what} {}
    Count(const Count&) = delete;
    Count& operator=(const Count&) = delete;
    ~Count() {
        if (circumstances_.progress != nullptr) {
            circumstances_.progress->end();
        }
    }

    /// One more is done. Throws failed, now and then, when somebody interrupts the work: who began the transaction undoes
    /// it.
    void add_one() {
        constexpr std::int64_t look_up_step = 1000;
        ++count_;
        if (circumstances_.progress != nullptr) {
            circumstances_.progress->at(what_, count_);
        }
        if (count_ % look_up_step == 0 && circumstances_.interrupted()) {
            throw core::Error{core::ErrorKind::failed, "stopped before anything was committed"};
        }
    }

  private:
    const Circumstances& circumstances_;
    std::string_view what_;
    std::int64_t count_ = 0;
};

core::Diagnostic repeated_partner(const std::string& name) {
    auto finding = core::make_finding(
        core::rule::manifest_invalid, "primary_domain",
        fmt::format("the manifest names the partner {} more than once", core::quote(name)), "name it once");
    finding.partner = core::escape(name);
    return finding;
}

}  // namespace

void Reconciliation::find(core::Diagnostics findings) {
    for (auto& finding : findings) {
        finding.file = core::escape(target_.file.name());
        finding.hint = core::hint_in_keys(finding.hint, target_.names);
    }
    if (on_findings_) {
        on_findings_(findings);
    }
    findings_.add(std::move(findings));
}

void Reconciliation::change(core::ManifestChange change) {
    summary_.count(change);
    on_change_(change);
}

void Reconciliation::record(core::HistoryEntry entry) {
    entries_.push_back(std::move(entry));
    if (entries_.size() == history_batch) {
        flush_history();
    }
}

void Reconciliation::flush_history() {
    if (!entries_.empty() && findings_.errors() == 0) {  // what is refused need not be written first
        store_revision_ = writer_->record(entries_);
    }
    entries_.clear();
}

void Reconciliation::read(store::Staging& staging) {
    Count count{circumstances_, "partners read"};
    auto source = target_.file.source();
    target_.reading(source,
                    {.partner =
                         [&](const core::Partner& partner, const core::Places& places) {
                             staging.add(partner, core::to_text(places));
                             ++named_;
                             count.add_one();
                         },
                     .edge = [&](const core::Edge& edge, const core::Places& places) { edge_.emplace(edge, places); },
                     .finding = [&](core::Diagnostic finding) { find({std::move(finding)}); }});
    staging.compare(target_.prune);
}

void Reconciliation::compare_edge(store::Reader& reader, store::Staging& staging) {
    auto before = reader.edge();
    surroundings_.own_domains = core::own_domains(edge_ ? edge_->first : before);
    if (!edge_) {
        return;
    }
    const auto& [after, places] = *edge_;
    // Partners that the manifest names are judged by themselves.
    const auto claims =
        target_.prune ? std::vector<core::Claim>{} : staging.claims_of_unnamed(surroundings_.own_domains);
    auto decision = core::decide({.edge = after}, before, claims);
    core::locate_edge_findings(decision.diagnostics, places);
    const bool is_readable = places.unreadable.none();
    if (is_readable && !decision.edge) {
        pass_over_warnings(decision.diagnostics);
    }
    find(std::move(decision.diagnostics));
    if (!is_readable) {
        return;
    }
    if (!decision.edge) {
        ++summary_.unchanged;
    } else {
        change(
            {core::Subject::edge, before == core::Edge{} ? core::Json{} : core::to_json(before), core::to_json(after)});
        new_edge_ = std::move(decision.edge);
        if (writer_ != nullptr) {
            record(core::edge_entry(commit_, before, after));
        }
    }
}

/// Warnings on what stays as it is were seen when it was committed.
void Reconciliation::pass_over_warnings(core::Diagnostics& findings) {
    const auto is_news = [&](const core::Diagnostic& finding) {
        return finding.severity == core::Severity::error || (new_edge_ && finding.rule == &core::rule::domain_own);
    };
    for (const auto& finding : findings) {
        summary_.unchanged_warnings += finding.severity == core::Severity::warning && !is_news(finding) ? 1 : 0;
    }
    std::erase_if(findings, [&](const auto& finding) { return !is_news(finding); });
}

void Reconciliation::compare_partner(store::Staging& staging, store::Pairing pair, std::string_view now) {
    surroundings_.claims = std::move(pair.rivals);
    auto decision = core::decide({pair.staged, {}}, pair.before, surroundings_, now);
    if (pair.is_repeated) {
        decision.diagnostics.push_back(repeated_partner(pair.staged.primary_domain));
    }
    if (!decision.diagnostics.empty() || findings_.errors() > 0) {
        const auto places = core::places_from_text(pair.places);
        core::locate_partner_findings(decision.diagnostics, places);
        const bool is_readable = places.unreadable.none();
        if (is_readable && decision.partners.empty()) {
            pass_over_warnings(decision.diagnostics);
        }
        find(std::move(decision.diagnostics));
        if (!is_readable) {
            return;  // what it would become cannot be told
        }
    }
    if (decision.partners.empty()) {
        ++summary_.unchanged;
        return;
    }
    const auto& [before, after] = decision.partners.front();
    change({core::Subject::partner, before ? core::to_json(*before) : core::Json{}, core::to_json(*after)});
    if (writer_ != nullptr) {
        staging.choose(pair.number, *after);
        record(core::partner_entry(commit_, before ? &*before : nullptr, &*after));
    }
}

void Reconciliation::remove(const core::CommittedPartner& partner) {
    change({core::Subject::partner, core::to_json(partner), {}});
    if (writer_ != nullptr) {
        removed_.push_back(partner.primary_domain);
        record(core::partner_entry(commit_, &partner, nullptr));
    }
}

void Reconciliation::reconcile(store::Reader& reader, std::string_view now) {
    const auto staging = reader.stage();
    read(*staging);
    compare_edge(reader, *staging);
    {
        Count count{circumstances_, "partners compared"};
        staging->visit_pairs([&](store::Pairing pair) {
            compare_partner(*staging, std::move(pair), now);
            count.add_one();
        });
    }
    if (target_.prune) {
        staging->visit_unnamed([&](const core::CommittedPartner& partner) { remove(partner); });
    }
    findings_.sort_by_place();
    if (writer_ == nullptr) {
        return;
    }
    core::refuse_unsound(findings_, circumstances_.strict);
    flush_history();
    writer_->remove_partners(removed_);
    writer_->put_chosen();
    if (new_edge_) {
        writer_->put_edge(new_edge_->after);
    }
}

void Reconciliation::compare(store::Reader& reader, std::string_view now) {
    reconcile(reader, now);
}

std::optional<std::int64_t> Reconciliation::write(store::Writer& writer, const core::Commit& commit) {
    writer_ = &writer;
    commit_ = commit;
    held_.emplace();
    reconcile(writer, commit.at);
    held_.reset();
    return store_revision_;
}

}  // namespace xmppfed::app
