#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/partner_lookup.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/partner/partner_options.hpp"
#include "cli/commands/partner/partner_pages.hpp"
#include "cli/context.hpp"
#include "cli/view/changes_view.hpp"
#include "cli/view/partner_view.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli {

namespace {

class PartnerEdit : public InteractiveRequest {
  public:
    void bind(OptionSet& options) override;
    ExitCode run(Context& context) const override;
    std::vector<Page> pages(Context& context, const Answers& /*answers*/) const override {
        return partner_pages(change_, partner_in(context));
    }
    void review(Context& context, const Answers& /*answers*/, const Page& page) const override {
        review_partner(context, change_, partner_in(context), page);
    }
    bool asks_for_nothing() const override { return !change_.names_a_field(); }

  private:
    [[nodiscard]] std::vector<std::string> named() const;
    [[nodiscard]] bool is_about_one() const { return !match_ && named().size() == 1; }
    void refuse_wrong_words() const;
    core::CommittedPartner partner_in(Context& context) const;
    void refuse_newer(const core::CommittedPartner& partner) const;
    [[nodiscard]] std::vector<std::string> agreed_on(Context& context) const;
    [[nodiscard]] core::WantedPartner wanted(core::CommittedPartner partner, bool is_one_of_several) const;
    void print(Context& context, std::vector<core::CommittedPartner> partners, const core::ChangeSet& changes) const;

    std::vector<std::string> words_;
    std::optional<std::string> match_;
    bool yes_ = false;
    core::PartnerChange change_;
    std::optional<std::int64_t> if_revision_;
};

void PartnerEdit::bind(OptionSet& options) {
    options.positional({.name = "DOMAIN",
                        .meaning = "primary domains of the partners",
                        .most = std::string::npos,
                        .names = Names::primary_domain,
                        .take = [this](const auto& words) { words_ = words; }});
    options.group("Which partners");
    options.text({.name = "match",
                  .value_name = "GLOB",
                  .meaning = "instead of DOMAIN: all that claim a domain that matches",
                  .names = Names::claimed_domain},
                 match_);
    options.flag("yes", yes_, "do not ask before --match changes partners");
    bind_partner_fields(options, change_, Defaults::none);
    options.group("Single changes");
    options.list({.name = "add-domain", .value_name = "DOMAIN", .meaning = "adds an additional domain (repeatable)"},
                 change_.add_domains);
    options.list({.name = "remove-domain",
                  .value_name = "DOMAIN",
                  .meaning = "removes an additional domain (repeatable)",
                  .names = Names::additional_domain},
                 change_.remove_domains);
    options.number({.name = "if-revision",
                    .value_name = "N",
                    .meaning = "refuses when the partner is not at revision N: somebody has committed since"},
                   if_revision_);
}

void PartnerEdit::refuse_newer(const core::CommittedPartner& partner) const {
    if (if_revision_ && *if_revision_ != partner.revision) {
        throw core::Error{core::ErrorKind::conflict,
                          fmt::format("the partner {} is at revision {}, not {}", partner.primary_domain,
                                      partner.revision, *if_revision_)}
            .hint(fmt::format("look at `xmppfed partner show {}`, then try again with --if-revision {}",
                              partner.primary_domain, partner.revision));
    }
}

/// The primary domains in the order named, each once.
std::vector<std::string> PartnerEdit::named() const {
    std::vector<std::string> domains;
    for (const auto& word : words_) {
        if (auto domain = app::domain_argument(word); std::ranges::count(domains, domain) == 0) {
            domains.push_back(std::move(domain));
        }
    }
    return domains;
}

void PartnerEdit::refuse_wrong_words() const {
    using core::Error;
    using core::ErrorKind;
    if (match_ && !words_.empty()) {
        throw Error{ErrorKind::usage, "--match and domains exclude each other"}.hint(
            "name the partners, or let the pattern find them");
    }
    if (!match_ && words_.empty()) {
        throw Error{ErrorKind::usage, "the argument DOMAIN is missing"}.hint(
            "name one partner or several, or give --match; `xmppfed partner list` shows all partners");
    }
    if (is_about_one()) {
        return;
    }
    const auto refuse = [](bool is_given, std::string_view option) {
        if (is_given) {
            throw Error{ErrorKind::usage, fmt::format("{} is for one partner only", option)}.hint(
                "name that partner alone");
        }
    };
    refuse(change_.assigns("primary_domain"), "--primary");
    refuse(change_.assigns("additional_domains"), "--additional");
    refuse(if_revision_.has_value(), "--if-revision");
}

/// The partner as it is now, to be asked about.
core::CommittedPartner PartnerEdit::partner_in(Context& context) const {
    refuse_wrong_words();
    if (!is_about_one()) {
        throw core::Error{core::ErrorKind::usage, "--interactive is for one partner only"}.hint(
            "name that partner alone");
    }
    auto partner = app::partner_by_primary(*context.store().read(), named().front());
    refuse_newer(partner);
    return partner;
}

/// The partners to change: those that are named, or match. What a pattern finds is asked about, and is then what counts.
std::vector<std::string> PartnerEdit::agreed_on(Context& context) const {
    if (!match_) {
        return named();
    }
    auto names = app::partners_matching(*context.store().read(), *match_);
    if (!yes_ && !context.globals().dry_run) {
        context.confirm(
            fmt::format("Change {}: {}?", core::counted(names.size(), "partner"), core::shortened_list(names)),
            "--yes");
    }
    return names;
}

core::WantedPartner PartnerEdit::wanted(core::CommittedPartner partner, bool is_one_of_several) const {
    refuse_newer(partner);
    auto changed = core::apply(change_, static_cast<const core::Partner&>(partner));
    if (is_one_of_several) {
        for (auto& note : changed.notes) {
            note = fmt::format("{}: {}", partner.primary_domain, note);
        }
    }
    return {.before = std::move(partner), .after = std::move(changed)};
}

void PartnerEdit::print(Context& context, std::vector<core::CommittedPartner> partners,
                        const core::ChangeSet& changes) const {
    if (context.display().shows_result() && !context.globals().dry_run) {  // which has told them as intentions
        view::print_updates(context.display(), changes.partners);
    }
    auto at = partners.begin();  // changes are in the same order, and what stays as it is has none
    for (const auto& change : changes.partners) {
        at = std::ranges::find(at, partners.end(), change.before->primary_domain,
                               &core::CommittedPartner::primary_domain);
        *at++ = *change.after;
    }
    if (is_about_one()) {
        view::print_committed(context.display(), partners.front(), changes.diagnostics);
    } else if (context.display().shows_result()) {
        view::print_partner_list(context.display(), partners,
                                 core::Json::object({{"diagnostics", core::to_json(changes.diagnostics)}}));
    }
}

ExitCode PartnerEdit::run(Context& context) const {
    if (!change_.names_a_field() && !context.globals().interactive) {
        throw core::Error{core::ErrorKind::usage, "there is nothing to change: no field is named"}.hint(
            "name at least one, such as --tls required");
    }
    (void)core::apply(change_, {});  // what is wrong with the words themselves comes before the store
    refuse_wrong_words();
    const auto names = agreed_on(context);
    const bool is_one = is_about_one();
    std::vector<core::CommittedPartner> partners;
    const auto change_all = [&](store::Reader& reader, std::string_view now) {
        partners.clear();
        std::vector<core::WantedPartner> all;
        for (const auto& name : names) {
            partners.push_back(app::partner_by_primary(reader, name));
            all.push_back(wanted(partners.back(), /*is_one_of_several=*/!is_one));
        }
        return core::decide(all, app::surroundings_of(reader, all), now);
    };
    const auto changes = context.commit(change_all, {}, is_one ? Scope::one : Scope::several);
    print(context, std::move(partners), changes);
    return ExitCode::done;
}

}  // namespace

constinit const Command partner_edit{
    .noun = "partner",
    .verb = "edit",
    .summary = "Change the fields named, and nothing else, of one partner or of several",
    .description =
        "The rules look at the result of the change. A change that changes nothing succeeds and leaves revision "
        "and history alone. Several partners are changed in one commit, all of them or none; `export`, an editor and "
        "`apply` change what this command cannot say.",
    .examples =
        {
            {"partner edit fabrikam.com --sasl optional --dialback true", "change two fields and nothing else"},
            {"partner edit fabrikam.com --add-domain hr.fabrikam.com", "add one domain"},
            {"partner edit fabrikam.com --primary fabrikam.example", "give the partner another primary domain"},
            {"partner edit fabrikam.com --enabled false -m \"contract ended\"", "suspend it, and say why"},
            {"partner edit fabrikam.com --tls required --if-revision 3", "only if nobody committed since"},
            {"partner edit fabrikam.com litwareinc.com --enabled false", "several partners in one commit"},
            {"partner edit --match '*.example' --tls required --dry-run", "what a change of all that match would do"},
            {"partner edit fabrikam.com --interactive", "the form, page by page"},
        },
    .nature = Nature::changes,
    .formats = Formats::items,
    .make = make_request<PartnerEdit>,
    .make_interactive = make_interactive_request<PartnerEdit>,
};

}  // namespace xmppfed::cli
