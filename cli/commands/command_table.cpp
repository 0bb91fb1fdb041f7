#include <array>

#include "cli/commands/commands.hpp"

namespace xmppfed::cli {

namespace {

// A command a line:
// clang-format off
constexpr std::array table{
    &partner_new,
    &partner_edit,
    &partner_list,
    &partner_show,
    &partner_remove,
    &partner_validate,
    &partner_explain,
    &partner_revert,
    &partner_import,
    &partner_probe,
    &edge_set,
    &edge_show,
    &edge_probe,
    &gateway_set,
    &gateway_show,
    &cert_request,
    &cert_list,
    &cert_show,
    &cert_import,
    &cert_assign,
    &cert_status,
    &cert_check,
    &cert_export,
    &cert_cancel,
    &cert_retire,
    &cert_move,
    &dns_records,
    &dns_check,
    &render_prosody,
    &render_ejabberd,
    &plan,
    &apply,
    &export_,
    &history,
    &undo,
    &report,
    &store_init,
    &store_info,
    &store_check,
    &store_backup,
    &doctor,
    &completion,
    &config,
    &help,
};
// clang-format on

constexpr std::array noun_table{
    Noun{"partner", "Whom we federate with, and how streams to them are secured"},
    Noun{"edge", "Our own side"},
    Noun{"gateway", "What holds for the streams of all partners"},
    Noun{"cert", "The certificate of our edge"},
    Noun{"dns", "What the rest of the world must see"},
    Noun{"render", "What makes servers enforce the partner book"},
    Noun{"store", "The file that keeps it all"},
};

}  // namespace

std::span<const Command* const> commands() {
    return table;
}

OptionSet all_options(const Command& command, CommandRequest& request, Globals& globals) {
    OptionSet options;
    request.bind(options);
    if (command.make_interactive != nullptr) {
        bind_interactive(options, globals);
    }
    switch (command.nature) {
    case Nature::explains:
    case Nature::reads:
    case Nature::writes:
        break;
    case Nature::prepares:
        bind_dry_run(options, globals, "everything but the store: says what would be made");
        break;
    case Nature::changes:
        bind_change_options(options, globals);
        bind_strict(options, globals);
        break;
    case Nature::checks:
        bind_strict(options, globals);
        break;
    case Nature::renders:
        bind_dry_run(options, globals, "everything but the files: shows how they would differ");
        bind_strict(options, globals);
        break;
    }
    bind_globals(options, globals, command.formats);
    return options;
}

std::span<const Noun> nouns() {
    return noun_table;
}

}  // namespace xmppfed::cli
