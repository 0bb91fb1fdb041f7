#include "cli/commands/book/manifest_apply.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"

namespace xmppfed::cli {

namespace {

class Apply : public CommandRequest {
  public:
    void bind(OptionSet& options) override {
        manifest_.bind(options);
        manifest_.bind_answer(options);
    }
    ExitCode run(Context& context) const override { return apply_manifest(context, manifest_, core::as_manifest); }

  private:
    ManifestOptions manifest_;
};

}  // namespace

constinit const Command apply{
    .noun = "apply",
    .verb = "",
    .summary = "Bring the store to what a manifest says",
    .description =
        "All of it is committed, or nothing. Partners that the manifest does not name are left alone without --prune, "
        "which asks on a terminal before it removes any. A key that is missing takes its default, also when the "
        "partner exists.",
    .examples =
        {
            {"apply --file partners.json -m 'as reviewed'", "bring the store to what the manifest says, in one commit"},
            {"apply --file partners.json --prune", "and remove the partners that it does not name, after a question"},
            {"apply --file partners.json --prune --yes", "without the question"},
            {"apply --file - --if-store-revision 12", "from standard input, unless somebody committed since"},
            {"apply --file partners.json --dry-run", "everything but the commit"},
        },
    .nature = Nature::changes,
    .formats = Formats::lines,
    .make = make_request<Apply>,
};

}  // namespace xmppfed::cli
