#include "cli/commands/commands.hpp"
#include "cli/commands/render/render_request.hpp"

namespace xmppfed::cli {

namespace {

class RenderEjabberd : public RenderRequest {
  public:
    RenderEjabberd() : RenderRequest{core::ejabberd_server()} {}
};

}  // namespace

constinit const Command render_ejabberd{
    .noun = "render",
    .verb = "ejabberd",
    .summary = "Write what makes ejabberd federate with the partners alone",
    .description =
        "The file is xmppfed.yml, for include_config_file with allow_only: acl, access_rules and s2s_access and "
        "nothing else. The list of partners is exact. What the main file decides, such as TLS and dialback, counts as "
        "ejabberd's default, and the finding names the setting that is needed; what ejabberd cannot express is a "
        "finding too. Where it would allow what is not agreed, nothing is written without --allow-inexact. The file "
        "keeps owner, group and mode; a new one has the group of a set-group-ID directory and 0640, or else 0644.",
    .examples =
        {
            {"render ejabberd --to /etc/xmppfed/ejabberd", "writes nothing, and says what would not be as agreed"},
            {"render ejabberd --to /etc/xmppfed/ejabberd --allow-inexact --reload-command 'systemctl reload ejabberd'",
             "knowing that, writes the list of partners"},
            {"render ejabberd --to - --allow-inexact", "the same, on standard output"},
        },
    .nature = Nature::renders,
    .formats = Formats::document,
    .make = make_request<RenderEjabberd>,
};

}  // namespace xmppfed::cli
