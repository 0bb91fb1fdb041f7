#pragma once

#include "core/report/html/html.hpp"
#include "core/report/report.hpp"

/// The parts of the page, in their order.
namespace xmppfed::core {

[[nodiscard]] Html key_figures_html(const ReportFacts& facts);
[[nodiscard]] Html attention_html(const ReportFacts& facts);
[[nodiscard]] Html certificates_html(const ReportFacts& facts);
void write_partners_html(const ReportFacts& facts, const PartnerSource& partners, const TextSink& sink);
[[nodiscard]] Html servers_html(const ReportFacts& facts);
void write_changes_html(const ReportFacts& facts, const ReportLists& lists, const TextSink& sink);

}  // namespace xmppfed::core
