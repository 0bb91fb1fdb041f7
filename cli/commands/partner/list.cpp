#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/view/partner_view.hpp"
#include "core/partner/partner_fields.hpp"
#include "core/text/domain/glob.hpp"

namespace xmppfed::cli {

namespace {

using core::Json;

constexpr std::string_view default_order = "primary_domain";

class PartnerList : public CommandRequest {
  public:
    void bind(OptionSet& options) override;
    ExitCode run(Context& context) const override;

  private:
    [[nodiscard]] bool wants(const core::CommittedPartner& partner) const;
    [[nodiscard]] std::int64_t limit() const;
    void visit(store::Reader& reader, const store::PartnerVisitor& each) const;
    void choose_columns(const std::vector<std::string>& keys);

    std::optional<std::string> match_;
    std::optional<core::PartnerType> type_;
    std::optional<core::Level> tls_;
    std::optional<core::Level> sasl_;
    std::optional<bool> dialback_;
    std::optional<bool> enabled_;
    std::optional<core::Method> method_;
    std::vector<std::string_view> columns_;  ///< keys; none: those that a list has unasked
    std::string sort_key_{default_order};
    bool descending_ = false;
    std::optional<std::int64_t> limit_;
};

std::vector<core::EnumValue> sort_values() {
    std::vector<core::EnumValue> values;
    for (const auto& field : core::partner_fields()) {
        values.push_back({field.key, {}});
    }
    for (const auto key : core::kept_partner_keys()) {
        values.push_back({key, {}});
    }
    return values;
}

void PartnerList::bind(OptionSet& options) {
    options.group("Which partners");
    options.text(
        {.name = "match",
         .value_name = "GLOB",
         .meaning =
             "those that claim a domain that matches; `*` stands for anything, dots included, `?` for one character",
         .names = Names::claimed_domain},
        match_);
    options.enumeration({.name = "type", .value_name = "TYPE", .meaning = "those of a partner type"}, type_);
    options.enumeration({.name = "tls", .value_name = "LEVEL", .meaning = "by TLS negotiation"}, tls_);
    options.enumeration({.name = "sasl", .value_name = "LEVEL", .meaning = "by SASL negotiation"}, sasl_);
    options.boolean({.name = "dialback", .value_name = "BOOLEAN", .meaning = "by dialback negotiation"}, dialback_);
    options.boolean({.name = "enabled", .value_name = "BOOLEAN", .meaning = "false: those that are suspended"},
                    enabled_);
    options.enumeration(
        {.name = "method", .value_name = "METHOD", .meaning = "those with whom streams may be authenticated so"},
        method_);
    options.group("Order");
    options.add({.name = "sort",
                 .value_name = "FIELD",
                 .meaning = "a key of the JSON form, but for methods; -FIELD sorts descending",
                 .default_text = std::string{default_order},
                 .names = Names::partner_key,
                 .take = [this](const auto& values) {
                     const auto& text = values.back();
                     descending_ = text.starts_with('-');
                     const auto fields = sort_values();
                     sort_key_ = fields[core::read_value("--sort", fields, text.substr(descending_ ? 1 : 0))].name;
                 }});
    options.number({.name = "limit", .value_name = "N", .meaning = "the first N only"}, limit_);
    options.group("Columns");
    options.add({.name = "columns",
                 .value_name = "KEY[,KEY...]",
                 .meaning = "keys of the JSON form: what a table and CSV show, in that order",
                 .values = view::partner_keys(),
                 .repeat = Repeat::collects,
                 .take = [this](const auto& values) { choose_columns(comma_items(values)); }});
}

bool PartnerList::wants(const core::CommittedPartner& partner) const {
    const auto& negotiation = partner.negotiation;
    const auto agrees = [](const auto& wanted, const auto& actual) { return !wanted || *wanted == actual; };
    if (!agrees(type_, partner.type) || !agrees(tls_, negotiation.tls) || !agrees(sasl_, negotiation.sasl) ||
        !agrees(dialback_, negotiation.dialback) || !agrees(enabled_, partner.enabled)) {
        return false;
    }
    if (method_ && std::ranges::count(core::offer(negotiation).methods, *method_) == 0) {
        return false;
    }
    return !match_ || std::ranges::any_of(core::claimed_domains(partner), [&](const std::string& domain) {
        return core::domain_matches(*match_, domain);
    });
}

void PartnerList::choose_columns(const std::vector<std::string>& keys) {
    if (keys.empty()) {
        throw core::Error{core::ErrorKind::usage, "--columns needs a key"}.hint(
            "`--help` lists them; without the option a list has its own columns");
    }
    for (const auto& text : keys) {
        const auto known = view::partner_keys();
        const auto key = known[core::read_value("--columns", known, text)].name;
        if (std::ranges::count(columns_, key) > 0) {
            throw core::Error{core::ErrorKind::usage, fmt::format("--columns names {} twice", key)};
        }
        columns_.push_back(key);
    }
}

std::int64_t PartnerList::limit() const {
    if (limit_ && *limit_ < 0) {
        throw core::Error{core::ErrorKind::usage, "--limit needs a number of partners, 0 or more"};
    }
    return limit_.value_or(std::numeric_limits<std::int64_t>::max());
}

void PartnerList::visit(store::Reader& reader, const store::PartnerVisitor& each) const {
    const auto visit_wanted = [&](const core::CommittedPartner& partner) { return !wants(partner) || each(partner); };
    if (sort_key_ == default_order && !descending_) {
        reader.visit_partners(visit_wanted);
    } else {
        reader.visit_sorted_partners({.key = sort_key_, .is_descending = descending_}, visit_wanted);
    }
}

ExitCode PartnerList::run(Context& context) const {
    const auto most = limit();
    const auto format = context.globals().output;
    if (!columns_.empty() && format != Format::table && format != Format::csv) {
        throw core::Error{core::ErrorKind::usage, "--columns is for tables and CSV"}.hint(
            "JSON has all keys; leave the option out");
    }
    const auto chosen = view::partner_columns_of(columns_);
    const auto shape = columns_.empty() ? view::partner_list_shape() : view::partner_list_shape(chosen);
    const auto reader = context.store().read();
    const auto list = view::make_list_view(context.out(), shape, view::list_options(context.display()));
    std::int64_t count = 0;
    list->begin();
    if (most > 0) {
        visit(*reader, [&](const core::CommittedPartner& partner) {
            list->item(view::PartnerItem{partner});
            return ++count < most;
        });
    }
    list->end(Json::object());
    if (count == 0) {
        context.messages().note("no partner is to be shown");
    }
    return ExitCode::done;
}

}  // namespace

constinit const Command partner_list{
    .noun = "partner",
    .verb = "list",
    .summary = "List partners, one row each",
    .description = "Conditions are joined by and. Text is sorted by its bytes; what is not set comes first.",
    .examples =
        {
            {"partner list", "all partners"},
            {"partner list --match '*.fabrikam.com'", "those that claim a domain below fabrikam.com"},
            {"partner list --tls optional --sort -updated_at --limit 10", "what was changed last"},
            {"partner list -o jsonl", "one JSON object a line"},
            {"partner list --method tcp-dialback --enabled true", "who can be reached unencrypted"},
            {"partner list --columns primary_domain,methods,updated_at", "the columns that are wanted"},
            {"partner list -o csv", "for a spreadsheet, and back with `partner import`"},
        },
    .nature = Nature::reads,
    .formats = Formats::items,
    .make = make_request<PartnerList>,
};

}  // namespace xmppfed::cli
