#include "app/manifest/reconciliation.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/manifest/count.hpp"
#include "app/partner_lookup.hpp"
#include "core/refusal.hpp"
#include "core/rule/rules.hpp"
#include "core/text/text.hpp"

namespace xmppfed::app {

namespace {

constexpr std::size_t history_batch = 1000;

core::Diagnostic repeated_partner(const std::string& name) {
    auto diagnostic = core::make_diagnostic(
        core::rule::manifest_invalid, "primary_domain",
        fmt::format("the manifest names the partner {} more than once", core::quote(name)), "name it once");
    diagnostic.partner = core::escape(name);
    return diagnostic;
}

}  // namespace

Reconciliation::Reconciliation(const Circumstances& circumstances, const Target& target, ChangeHandler on_change,
                               DiagnosticsHandler on_diagnostics)
    : circumstances_{circumstances},
      target_{target},
      on_change_{std::move(on_change)},
      on_diagnostics_{std::move(on_diagnostics)},
      diagnostics_{target.diagnostics} {}

void Reconciliation::find(core::Diagnostics diagnostics) {
    for (auto& diagnostic : diagnostics) {
        locate_in(target_, diagnostic);
    }
    if (on_diagnostics_) {
        on_diagnostics_(diagnostics);
    }
    diagnostics_.add(std::move(diagnostics));
}

template <class Subject>
void Reconciliation::change(core::Subject subject, const Subject* before, const Subject* after) {
    summary_.count(before != nullptr, after != nullptr);
    if (on_change_) {
        const auto form = [](const Subject* side) { return side == nullptr ? core::Json{} : core::to_json(*side); };
        on_change_({subject, form(before), form(after)});
    }
}

void Reconciliation::record(core::HistoryEntry entry) {
    entries_.push_back(std::move(entry));
    if (entries_.size() == history_batch) {
        flush_history();
    }
}

void Reconciliation::flush_history() {
    if (!entries_.empty() && diagnostics_.errors() == 0) {  // what is refused need not be written first
        store_revision_ = writer_->record(entries_);
    }
    entries_.clear();
}

void Reconciliation::compare_edge(store::Reader& reader, store::Comparison& comparison) {
    auto before = reader.edge();
    surroundings_.own_domains = core::own_domains(target_.edge ? target_.edge->first : before);
    if (!target_.edge) {
        return;
    }
    const auto& [after, places] = *target_.edge;
    // Partners that the manifest names are judged by themselves.
    const auto claims =
        target_.prune ? std::vector<core::Claim>{} : comparison.claims_of_unnamed(surroundings_.own_domains);
    auto decision = core::decide({.edge = after}, before, claims);
    mark_accepted(decision.diagnostics, reader);
    core::locate_edge_diagnostics(decision.diagnostics, places);
    if (goes_on(std::move(decision.diagnostics), places, decision.edge.has_value())) {
        change(core::Subject::edge, before == core::Edge{} ? nullptr : &before, &after);
        new_edge_ = std::move(decision.edge);
        if (writer_ != nullptr) {
            record(core::edge_entry(commit_, before, after));
        }
    }
}

void Reconciliation::compare_gateway(store::Reader& reader) {
    if (!target_.gateway) {
        return;
    }
    const auto& [after, places] = *target_.gateway;
    const auto before = reader.gateway();
    auto decision = core::decide(after, before);
    core::locate_gateway_diagnostics(decision.diagnostics, places);
    if (goes_on(std::move(decision.diagnostics), places, decision.gateway.has_value())) {
        change(core::Subject::gateway, &before, &after);
        new_gateway_ = decision.gateway;
        if (writer_ != nullptr) {
            record(core::gateway_entry(commit_, before, after));
        }
    }
}

/// Tells what was found of the edge or the gateway, and counts it when it stays. Returns whether it changes: what it
/// would become cannot be told of one that was not understood.
bool Reconciliation::goes_on(core::Diagnostics diagnostics, const core::Places& places, bool differs) {
    const bool is_readable = places.unreadable.none();
    if (is_readable && !differs) {
        pass_over_warnings(diagnostics);
        ++summary_.unchanged;
    }
    find(std::move(diagnostics));
    return is_readable && differs;
}

/// Warnings on what stays as it is were seen when it was committed.
void Reconciliation::pass_over_warnings(core::Diagnostics& diagnostics) {
    const auto is_news = [&](const core::Diagnostic& diagnostic) {
        return diagnostic.severity == core::Severity::error ||
               (new_edge_ && diagnostic.rule == &core::rule::domain_own);
    };
    for (const auto& diagnostic : diagnostics) {
        summary_.unchanged_warnings += diagnostic.severity == core::Severity::warning && !is_news(diagnostic) ? 1 : 0;
    }
    std::erase_if(diagnostics, [&](const auto& diagnostic) { return !is_news(diagnostic); });
}

void Reconciliation::compare_partner(store::Comparison& comparison, store::Pairing pair, std::string_view now) {
    surroundings_.claims = std::move(pair.rivals);
    const core::ChangedPartner wanted{.partner = std::move(pair.wanted)};
    auto decision = core::decide(wanted, pair.before, surroundings_, now);
    if (pair.is_repeated) {
        decision.diagnostics.push_back(repeated_partner(wanted.partner.primary_domain));
    }
    if (!decision.diagnostics.empty() || diagnostics_.errors() > 0) {
        const auto places = core::places_from_text(pair.places);
        core::locate_partner_diagnostics(decision.diagnostics, places);
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
    change(core::Subject::partner, before ? &*before : nullptr, &*after);
    if (writer_ != nullptr && diagnostics_.errors() == 0) {  // what is refused need not be written first
        comparison.choose(before, *after);
        record(core::partner_entry(commit_, before ? &*before : nullptr, &*after));
    }
}

void Reconciliation::remove(const core::CommittedPartner& partner) {
    change(core::Subject::partner, &partner, static_cast<const core::CommittedPartner*>(nullptr));
    if (writer_ != nullptr) {
        removed_.push_back(partner.primary_domain);
        record(core::partner_entry(commit_, &partner, nullptr));
    }
}

void Reconciliation::reconcile(store::Reader& reader, std::string_view now) {
    const auto comparison = reader.compare(*target_.spool, target_.prune);
    compare_edge(reader, *comparison);
    compare_gateway(reader);
    {
        Count count{circumstances_, "partners compared"};
        comparison->visit_pairs([&](store::Pairing pair) {
            compare_partner(*comparison, std::move(pair), now);
            count.add_one();
        });
    }
    if (target_.prune) {
        comparison->visit_unnamed([&](const core::CommittedPartner& partner) { remove(partner); });
    }
    diagnostics_.sort_by_place();
    if (writer_ == nullptr) {
        return;
    }
    core::refuse_unsound(diagnostics_, circumstances_.strict);
    flush_history();
    writer_->remove_partners(removed_);
    writer_->put_chosen(*comparison);
    if (new_edge_) {
        writer_->put_edge(new_edge_->after);
    }
    if (new_gateway_) {
        writer_->put_gateway(new_gateway_->after);
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
