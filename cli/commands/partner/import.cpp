#include <array>

#include "cli/commands/book/manifest_apply.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"

namespace xmppfed::cli {

namespace {

constexpr std::array format_values{
    core::EnumValue{"json", "what Get-CsXmppAllowedPartner | ConvertTo-Json wrote"},
    core::EnumValue{"csv", "a header of JSON keys and a line for each partner"},
};
constexpr std::array form_choices{core::as_allowlist, core::as_partner_csv};

class PartnerImport : public CommandRequest {
  public:
    void bind(OptionSet& options) override {
        options.positional({.name = "FILE",
                            .meaning = "what Get-CsXmppAllowedPartner or Get-CsXmppGatewayConfiguration | "
                                       "ConvertTo-Json wrote, or CSV; - reads standard input",
                            .least = 1,
                            .most = 1,
                            .names = Names::file,
                            .take = [this](const auto& words) { manifest_.file = words.front(); }});
        options.add({.name = "format",
                     .value_name = "FORMAT",
                     .meaning = "what the file is",
                     .default_text = "json when it begins with [ or {, else csv",
                     .values = format_values,
                     .take = [this](const auto& values) {
                         form_ = form_choices.at(core::read_value("--format", format_values, values.back()));
                     }});
        manifest_.bind_all_but_file(options);
        manifest_.bind_answer(options);
    }
    ExitCode run(Context& context) const override { return apply_manifest(context, manifest_, form_); }

  private:
    ManifestOptions manifest_;
    core::FormChoice form_ = core::as_import;
};

}  // namespace

constinit const Command partner_import{
    .noun = "partner",
    .verb = "import",
    .summary = "Take in what a Skype for Business or Lync deployment has, or a spreadsheet",
    .description =
        "Reads the output of `Get-CsXmppAllowedPartner | ConvertTo-Json`, or CSV as `partner list -o csv` writes it "
        "and spreadsheets save it, in UTF-8 or in UTF-16 with a byte order mark, and applies it as a manifest: all of "
        "it is committed, or nothing. The output of `Get-CsXmppGatewayConfiguration` may follow in the same file, or "
        "be one of its own. Properties that say nothing of partner or gateway are passed over.",
    .examples =
        {
            {"partner import partners.json --dry-run", "what would be taken in from a deployment"},
            {"partner import partners.json -m 'taken over from the pool'", "all of it in one commit"},
            {"partner import gateway.json", "the gateway's settings, from a file of their own"},
            {"partner import partners.csv --dry-run", "what a spreadsheet would change"},
        },
    .nature = Nature::changes,
    .formats = Formats::lines,
    .make = make_request<PartnerImport>,
};

}  // namespace xmppfed::cli
