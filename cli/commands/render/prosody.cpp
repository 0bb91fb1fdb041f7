#include "cli/commands/commands.hpp"
#include "cli/commands/render/render_request.hpp"

namespace xmppfed::cli {

namespace {

class RenderProsody : public RenderRequest {
  public:
    RenderProsody() : RenderRequest{core::prosody_server()} {}
};

}  // namespace

constinit const Command render_prosody{
    .noun = "render",
    .verb = "prosody",
    .summary = "Write what makes Prosody enforce the partner book",
    .description =
        "In mode module three files: xmppfed.cfg.lua, which the configuration includes before its first VirtualHost, "
        "mod_xmppfed.lua, which enforces every field of each partner in both directions, and xmppfed-policy.json, "
        "which it reads. Mode config writes xmppfed.cfg.lua alone, with Prosody's own options. What cannot be exact "
        "is a finding; where the server would allow what is not agreed, nothing is written without --allow-inexact. "
        "Files keep owner, group and mode; a new one has the group of a set-group-ID directory and 0640, or else 0644.",
    .examples =
        {
            {"render prosody --to /etc/xmppfed/prosody", "the three files; a directory that is missing is made"},
            {"render prosody --to /etc/xmppfed/prosody --dry-run", "how they would differ from those that are there"},
            {"render prosody --to /etc/xmppfed/prosody --if-changed --reload-command 'systemctl reload prosody'",
             "after each commit: the server is reloaded when something is new"},
            {"render prosody --mode config --to - --allow-inexact",
             "what Prosody's own options can say, on standard output"},
        },
    .nature = Nature::renders,
    .formats = Formats::document,
    .make = make_request<RenderProsody>,
};

}  // namespace xmppfed::cli
