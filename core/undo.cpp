#include "core/undo.hpp"

#include <algorithm>
#include <unordered_set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/manifest/manifest_change.hpp"
#include "core/partner/partner_fields.hpp"
#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

std::optional<Partner> partner_in(const std::optional<std::string>& text) {
    return text ? std::optional{partner_from_text(*text)} : std::nullopt;
}

Gateway gateway_in(const std::optional<std::string>& text) {
    return text ? gateway_from_text(*text) : Gateway{};
}

Edge edge_in(const std::optional<std::string>& text) {
    return text ? edge_from_text(*text) : Edge{};
}

Error concerns_certificate(const HistoryEntry& entry) {
    return Error{ErrorKind::conflict, fmt::format("commit {} concerns certificate request {}, which cannot be undone",
                                                  entry.store_revision, escape(entry.name))}
        .hint(fmt::format("look at it with `xmppfed cert show {}`; `cert cancel` and `cert assign` go on from there",
                          escape(entry.name)));
}

/// Finds what later entries changed of some partners, under whatever name, or of the edge.
class LaterChanges {
  public:
    explicit LaterChanges(const CommitSteps& overtaken)
        : has_edge_{overtaken.edge.has_value()}, has_gateway_{overtaken.gateway.has_value()} {
        for (const auto& [before, after] : overtaken.partners) {
            names_.insert(after ? after->primary_domain : before->primary_domain);
        }
    }

    void add(const HistoryEntry& entry) {
        switch (entry.subject) {
        case Subject::partner:
            if (names_.contains(entry.name) || (entry.former_name && names_.contains(*entry.former_name))) {
                names_.insert(entry.name);
                tell(entry);
            }
            break;
        case Subject::edge:
            if (has_edge_) {
                tell(entry);
            }
            break;
        case Subject::gateway:
            if (has_gateway_) {
                tell(entry);
            }
            break;
        case Subject::cert_request:
            break;
        }
    }

    Diagnostics take() && { return std::move(found_); }

  private:
    void tell(const HistoryEntry& entry) {
        const auto change = change_of(entry);
        if (action_of(change) == "update") {
            for (const auto& each : changed_fields(change)) {
                tell(entry, each.field->key, fmt::format("{} was changed", each.field->key));
            }
        } else if (entry.subject == Subject::partner) {
            tell(entry, {}, action_of(change) == "create" ? "it was made" : "it was removed");
        } else {
            tell(entry, {}, "it was set");
        }
    }

    void tell(const HistoryEntry& entry, std::string_view field, const std::string& what) {
        const bool is_partner = entry.subject == Subject::partner;
        Diagnostic diagnostic;
        diagnostic.partner = is_partner ? escape(entry.former_name.value_or(entry.name)) : "";
        diagnostic.field = field;
        diagnostic.message = fmt::format("{}{} later, by {} in commit {}",
                                         is_partner ? std::string{} : fmt::format("{}: ", name_of(entry.subject)), what,
                                         quote(entry.actor), entry.store_revision);
        diagnostic.hint = fmt::format("`xmppfed undo {}`, once what came later is undone", entry.store_revision);
        found_.push_back(std::move(diagnostic));
    }

    std::unordered_set<std::string> names_;
    bool has_edge_ = false;
    bool has_gateway_ = false;
    Diagnostics found_;
};

/// The commands that change what was overtaken.
std::string commands_for(const CommitSteps& overtaken) {
    std::vector<std::string> commands;
    if (!overtaken.partners.empty()) {
        commands.emplace_back("`partner edit`");
    }
    if (overtaken.edge) {
        commands.emplace_back("`edge set`");
    }
    if (overtaken.gateway) {
        commands.emplace_back("`gateway set`");
    }
    return join(commands, " or ");
}

/// The name under which the result of a step is looked for.
const std::string& name_after(const PartnerStep& step) {
    return step.after ? step.after->primary_domain : step.before->primary_domain;
}

}  // namespace

CommitSteps steps_of(std::span<const HistoryEntry> entries) {
    CommitSteps steps;
    for (const auto& entry : entries) {
        switch (entry.subject) {
        case Subject::partner:
            steps.partners.push_back({partner_in(entry.before), partner_in(entry.after)});
            break;
        case Subject::edge:
            steps.edge = EdgeStep{edge_in(entry.before), edge_in(entry.after)};
            break;
        case Subject::gateway:
            steps.gateway = GatewayStep{gateway_in(entry.before), gateway_in(entry.after)};
            break;
        case Subject::cert_request:
            throw concerns_certificate(entry);
        }
    }
    return steps;
}

CommitSteps overtaken(const CommitSteps& steps, const PartnerNow& partner_now, const std::set<std::string>& names_given,
                      const Edge& edge_now, const Gateway& gateway_now) {
    CommitSteps overtaken;
    std::ranges::copy_if(steps.partners, std::back_inserter(overtaken.partners), [&](const PartnerStep& step) {
        const auto& name = name_after(step);
        return names_given.contains(name) || partner_now(name) != step.after;
    });
    if (steps.edge && steps.edge->after != edge_now) {
        overtaken.edge = steps.edge;
    }
    if (steps.gateway && steps.gateway->after != gateway_now) {
        overtaken.gateway = steps.gateway;
    }
    return overtaken;
}

Error overtaken_commit(std::int64_t commit, const CommitSteps& overtaken, std::span<const HistoryEntry> later) {
    LaterChanges changes{overtaken};
    for (const auto& entry : later) {
        changes.add(entry);
    }
    auto error = Error{ErrorKind::conflict,
                       fmt::format("commit {} cannot be undone: what it changed has changed since", commit)};
    error.diagnostics = std::move(changes).take();
    if (error.diagnostics.empty()) {
        return std::move(error).hint("the store differs from its history: look with `xmppfed store check`");
    }
    return std::move(error).hint(
        fmt::format("undo the later commits first, the newest first, with `xmppfed undo COMMIT`; or change it with {}",
                    commands_for(overtaken)));
}

}  // namespace xmppfed::core
