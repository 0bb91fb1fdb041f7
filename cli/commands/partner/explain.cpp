#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/partner_lookup.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/partner/partner_options.hpp"
#include "cli/context.hpp"
#include "cli/view/negotiation_view.hpp"
#include "cli/view/partner_view.hpp"
#include "core/rule/rules.hpp"

namespace xmppfed::cli {

namespace {

using core::Json;

/// The settings of one side, as far as they were given.
struct Side {
    std::optional<core::Level> tls;
    std::optional<core::Level> sasl;
    std::optional<bool> dialback;

    [[nodiscard]] bool any() const { return tls || sasl || dialback; }
    [[nodiscard]] bool all() const { return tls && sasl && dialback; }
    [[nodiscard]] core::Negotiation over(const core::Negotiation& base) const {
        return {tls.value_or(base.tls), sasl.value_or(base.sasl), dialback.value_or(base.dialback)};
    }
};

void bind_side(OptionSet& options, Side& side, const std::string& prefix) {
    const auto named = [&](std::string_view key) {
        const auto& field = core::partner_field(key);
        return Option{.name = prefix + std::string{field.option},
                      .value_name = field.value_name,
                      .meaning = std::string{field.meaning}};
    };
    options.enumeration(named("tls"), side.tls);
    options.enumeration(named("sasl"), side.sasl);
    options.boolean(named("dialback"), side.dialback);
}

class PartnerExplain : public CommandRequest {
  public:
    void bind(OptionSet& options) override {
        options.positional({.name = "DOMAIN",
                            .meaning = "explain the partner that claims it, as it is stored",
                            .most = 1,
                            .names = Names::claimed_domain,
                            .take = [this](const auto& words) { domain_ = words.front(); }});
        options.group("Our side");
        bind_preset(options, preset_);
        bind_side(options, local_, "");
        options.group("The partner's side");
        bind_side(options, peer_, "peer-");
    }
    ExitCode run(Context& context) const override;

  private:
    void refuse_wrong_words() const;
    [[nodiscard]] std::optional<core::Negotiation> peer() const {
        return peer_.all() ? std::optional{peer_.over({})} : std::nullopt;
    }

    std::optional<std::string> domain_;
    std::optional<core::Preset> preset_;
    Side local_;
    Side peer_;
};

/// What there is to say of a combination.
struct Explanation {
    core::Negotiation local;
    std::optional<core::Negotiation> peer;
    core::Offer offer;  ///< of both sides, or ours
    std::optional<core::Method> chosen;
    core::Diagnostics diagnostics;
    std::optional<core::Partner> partner = {};  ///< whose combination it is
};

/// The rules that speak of negotiation alone, for a partner that has nothing else.
core::Diagnostics negotiation_diagnostics(const core::Negotiation& local) {
    core::Partner partner;
    partner.primary_domain = "partner.example";
    partner.negotiation = local;
    auto diagnostics = core::check({.partner = partner});
    for (auto& diagnostic : diagnostics) {
        diagnostic.partner.clear();
    }
    return diagnostics;
}

Explanation explain(const core::Negotiation& local, const std::optional<core::Negotiation>& peer,
                    core::Diagnostics diagnostics) {
    Explanation result{
        local, peer, peer ? core::common_offer(local, *peer) : core::offer(local), {}, std::move(diagnostics)};
    if (peer) {
        std::ranges::move(core::check_common_methods(result.offer.methods), std::back_inserter(result.diagnostics));
    }
    if (core::count(result.diagnostics, core::Severity::error) == 0) {
        result.chosen = result.offer.methods.front();
    }
    return result;
}

/// The same of a partner as it is stored, with what every rule says of it.
Explanation explain_stored(store::Reader& reader, const std::string& domain,
                           const std::optional<core::Negotiation>& peer) {
    const auto partner = app::partner_by_claim(reader, app::domain_argument(domain));
    auto explanation = explain(partner.negotiation, peer,
                               core::judge(partner, app::surroundings_of(reader, partner), partner.primary_domain));
    explanation.partner = partner;
    return explanation;
}

Json side_json(const core::Negotiation& side) {
    return Json::object({{"tls", core::name_of(side.tls)},
                         {"sasl", core::name_of(side.sasl)},
                         {"dialback", side.dialback},
                         {"methods", core::to_json(core::offer(side).methods)}});
}

Json document(const Explanation& explanation) {
    Json excluded = Json::array();
    for (const auto& [method, reason] : explanation.offer.excluded) {
        excluded.push_back(Json::object({{"method", core::name_of(method)}, {"reason", reason}}));
    }
    return Json::object({{"local", side_json(explanation.local)},
                         {"peer", explanation.peer ? side_json(*explanation.peer) : Json{}},
                         {"methods", core::to_json(explanation.offer.methods)},
                         {"excluded", excluded},
                         {"chosen", explanation.chosen ? Json(core::name_of(*explanation.chosen)) : Json{}},
                         {"diagnostics", core::to_json(explanation.diagnostics)}});
}

std::string side_text(std::string_view name, const core::Negotiation& side, const Style& style) {
    const auto describe = [](std::string_view what, core::Level level) {
        const auto& value = core::values_of<core::Level>()[static_cast<std::size_t>(level)];
        return fmt::format("  {:<10}{:<15}{}\n", what, value.name, value.meaning);
    };
    return fmt::format("{}\n", style.bold(name)) + describe("TLS", side.tls) + describe("SASL", side.sasl) +
           fmt::format("  {:<10}{:<15}{}\n", "Dialback", side.dialback,
                       side.dialback ? "a dialback request is answered and may authenticate the stream"
                                     : "dialback requests are ignored");
}

void print_text(Context& context, const Explanation& explanation) {
    const auto style = context.style();
    auto text = explanation.partner
                    ? fmt::format("{}{}\n\n", style.bold(core::escape(explanation.partner->primary_domain)),
                                  explanation.partner->enabled ? "" : ", suspended")
                    : std::string{};
    text += side_text("Our side", explanation.local, style);
    if (explanation.peer) {
        text += "\n" + side_text("The partner's side", *explanation.peer, style);
    }
    text += fmt::format("\n{}\n", style.bold(explanation.peer ? "Methods that both sides offer, strongest first"
                                                              : "Methods, strongest first"));
    text += view::methods_text(explanation.offer.methods);
    if (!explanation.offer.excluded.empty()) {
        text += fmt::format("\n{}\n", style.bold("Excluded"));
    }
    text += view::exclusions_text(explanation.offer.excluded);
    text += fmt::format("\n{} {}\n", style.bold("Chosen:"),
                        explanation.chosen ? core::name_of(*explanation.chosen) : std::string_view{"none"});
    context.display().print_text(text);
    if (!explanation.diagnostics.empty()) {
        context.display().print_text("\n");
        view::print_diagnostics(context.display(), explanation.diagnostics, "");
    }
}

void PartnerExplain::refuse_wrong_words() const {
    using core::Error;
    using core::ErrorKind;
    if (domain_ && (preset_ || local_.any())) {
        throw Error{ErrorKind::usage, "a stored partner and a combination exclude each other"}.hint(
            "name the partner alone, or give --tls, --sasl and --dialback, or --preset");
    }
    if (!domain_ && !preset_ && !local_.all()) {
        throw Error{ErrorKind::usage, "a combination needs --tls, --sasl and --dialback, or --preset"}.hint(
            "for example `xmppfed partner explain --preset flexible`; or name a stored partner");
    }
    if (peer_.any() && !peer_.all()) {
        throw Error{ErrorKind::usage, "the partner's side needs all of --peer-tls, --peer-sasl and --peer-dialback"};
    }
}

ExitCode PartnerExplain::run(Context& context) const {
    refuse_wrong_words();
    const auto local = local_.over(preset_ ? core::settings_of(*preset_) : core::Negotiation{});
    const auto explanation = domain_ ? explain_stored(*context.store().read(), *domain_, peer())
                                     : explain(local, peer(), negotiation_diagnostics(local));
    if (context.globals().output == Format::json) {
        context.display().print_document("explanation", document(explanation));
    } else {
        print_text(context, explanation);
    }
    return verdict(explanation.diagnostics, context.globals().strict);
}

}  // namespace

constinit const Command partner_explain{
    .noun = "partner",
    .verb = "explain",
    .summary = "Tell what a partner's combination of TLS, SASL and dialback means, or any",
    .description =
        "Looks at the store only for a partner that is named. Exits 3 when a partner with this combination would be "
        "refused, or when the two sides have "
        "no method in common.",
    .examples =
        {
            {"partner explain fabrikam.com", "a partner as it is stored"},
            {"partner explain --preset flexible", "one of the documented common configurations"},
            {"partner explain --tls required --sasl required --dialback false", "any combination"},
            {"partner explain --preset strict --peer-tls optional --peer-sasl not-supported --peer-dialback true",
             "what both sides can agree on"},
        },
    .nature = Nature::checks,
    .formats = Formats::document,
    .make = make_request<PartnerExplain>,
};

}  // namespace xmppfed::cli
