#include "cli/commands/book/manifest_apply.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"

namespace xmppfed::cli {

namespace {

class PartnerImport : public CommandRequest {
  public:
    void bind(OptionSet& options) override {
        options.positional({.name = "FILE",
                            .meaning =
                                "what Get-CsXmppAllowedPartner or Get-CsXmppGatewayConfiguration | ConvertTo-Json "
                                "wrote; - reads standard input",
                            .least = 1,
                            .most = 1,
                            .names = Names::file,
                            .take = [this](const auto& words) { manifest_.file = words.front(); }});
        manifest_.bind_all_but_file(options);
        manifest_.bind_answer(options);
    }
    ExitCode run(Context& context) const override {
        return apply_manifest(context, manifest_, core::read_allowlist, core::allowlist_name);
    }

  private:
    ManifestOptions manifest_;
};

}  // namespace

constinit const Command partner_import{
    .noun = "partner",
    .verb = "import",
    .summary = "Take in what a Skype for Business or Lync deployment has",
    .description =
        "Reads the output of `Get-CsXmppAllowedPartner | ConvertTo-Json`, in UTF-8 or in UTF-16 with a byte order "
        "mark, and applies it as a manifest: all of it is committed, or nothing. That of "
        "`Get-CsXmppGatewayConfiguration` may follow in the same file, or be one of its own. Properties that say "
        "nothing of partner or gateway are passed over.",
    .examples =
        {
            {"partner import partners.json --dry-run", "what would be taken in from a deployment"},
            {"partner import partners.json -m 'taken over from the pool'", "all of it in one commit"},
            {"partner import gateway.json", "the gateway's settings, from a file of their own"},
        },
    .nature = Nature::changes,
    .formats = Formats::lines,
    .make = make_request<PartnerImport>,
};

}  // namespace xmppfed::cli
