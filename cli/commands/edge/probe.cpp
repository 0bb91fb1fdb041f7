#include <algorithm>

#include "app/held_signals.hpp"
#include "app/probe/edge_probe.hpp"
#include "app/probe/peer_certificate.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/dns/dns_options.hpp"
#include "cli/commands/partner/place_options.hpp"
#include "cli/commands/partner/probe_output.hpp"
#include "cli/context.hpp"
#include "core/text/timestamp.hpp"

namespace xmppfed::cli {

namespace {

class EdgeProbe : public CommandRequest {
  public:
    void bind(OptionSet& options) override {
        output_.bind(options);
        place_.bind(options);
    }
    ExitCode run(Context& context) const override;

  private:
    ProbeOutput output_;
    PlaceOptions place_;
};

bool has_assigned(const std::vector<core::IssuedForUs>& issued) {
    return std::ranges::any_of(issued, &core::IssuedForUs::is_assigned);
}

ExitCode EdgeProbe::run(Context& context) const {
    output_.refuse_contradictions(context);
    auto wish = place_.wish(context.settings());
    auto reader = context.store().read();
    const auto ours = app::own_xmpp_domains(*reader);
    const auto issued = app::issued_for_us(*reader);
    reader.reset();  // nobody is to wait for the store because of a network
    if (ours.empty()) {
        note_no_own_domains(context.messages());
    } else if (!has_assigned(issued)) {
        context.messages().note("no certificate is assigned: what the server presents is compared with none");
    }
    const auto roots = app::trusted_roots(place_.ca_files(context));
    const auto resolvers = app::resolvers_of(wish.dns);
    ProbeRecords records;
    output_.prepare(context, wish, records);
    const app::HeldSignals held;  // what is finished by then is printed
    auto results = app::probe_edge(ours, resolvers, roots, issued, wish, context.circumstances());
    const auto asked = place_.names_a_place() ? std::vector<std::string>{} : app::texts_of(resolvers);
    const view::ProbeLook look{{}, core::timestamp(context.world().now()), asked, std::nullopt, {}};
    return output_.finish(context, std::move(results), ours.size(), look, records, held);
}

}  // namespace

constinit const Command edge_probe{
    .noun = "edge",
    .verb = "probe",
    .summary = "Look at our own server as others see it",
    .description =
        "Connects to each of our XMPP domains as another server would, up to the features of the encrypted stream, and "
        "tells whether DNS leads there, the server answers, and presents the certificate that is assigned. No domain "
        "is given as the asking one and no certificate shown, for a server refuses those of its own. Exits 3 when a "
        "finding is an error, or with --strict a warning, and 1 when nobody could look.",
    .examples =
        {
            {"edge probe", "every XMPP domain, by the records in DNS"},
            {"edge probe --connect 127.0.0.1:5269", "the server on this machine, whatever DNS says"},
            {"edge probe --ca-file roots.pem --strict", "with a private CA; warnings count as errors"},
            {"edge probe --format prometheus", "for a monitoring system"},
        },
    .nature = Nature::checks,
    .formats = Formats::document,
    .make = make_request<EdgeProbe>,
};

}  // namespace xmppfed::cli
