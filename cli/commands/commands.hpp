#pragma once

#include "cli/line/command.hpp"

/// The commands, each defined in the file of its name.
namespace xmppfed::cli {

extern const Command partner_new;
extern const Command partner_edit;
extern const Command partner_list;
extern const Command partner_show;
extern const Command partner_remove;
extern const Command partner_validate;
extern const Command partner_explain;
extern const Command partner_revert;
extern const Command partner_probe;
extern const Command partner_import;
extern const Command edge_set;
extern const Command edge_show;
extern const Command edge_probe;
extern const Command gateway_set;
extern const Command gateway_show;
extern const Command cert_request;
extern const Command cert_list;
extern const Command cert_show;
extern const Command cert_import;
extern const Command cert_assign;
extern const Command cert_status;
extern const Command cert_check;
extern const Command cert_export;
extern const Command cert_cancel;
extern const Command cert_move;
extern const Command cert_retire;
extern const Command dns_records;
extern const Command dns_check;
extern const Command render_prosody;
extern const Command render_ejabberd;
extern const Command plan;
extern const Command apply;
extern const Command export_;
extern const Command history;
extern const Command undo;
extern const Command report;
extern const Command store_init;
extern const Command store_info;
extern const Command store_check;
extern const Command store_backup;
extern const Command completion;
extern const Command config;
extern const Command doctor;
extern const Command help;

}  // namespace xmppfed::cli
