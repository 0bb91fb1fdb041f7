#pragma once

#include "cli/view/layout/display.hpp"
#include "cli/view/layout/list_view.hpp"
#include "core/cert/cert_request.hpp"
#include "core/cert/subject.hpp"
#include "core/history/history_entry.hpp"

namespace xmppfed::cli::view {

[[nodiscard]] ListShape request_list_shape();

/// An item of that list. In CSV its names are their values alone, and `not_after` is a member of its own.
[[nodiscard]] core::Json request_item(const core::CertRequest& request, Format format);

/// Prints one certificate request in the format asked for; `log` is what was done with it, oldest first.
void print_request(const Display& display, const core::CertRequest& request, const core::Diagnostics& diagnostics,
                   std::span<const core::HistoryEntry> log = {});

/// The same for a command that has committed it: --quiet silences the table.
void print_committed(const Display& display, const core::CertRequest& request, const core::Diagnostics& diagnostics);

/// One line of a description: a label and its value.
[[nodiscard]] std::string labelled(std::string_view label, std::string_view value);

/// The first names of a request, one a line, each with what it comes from; and how many there are.
[[nodiscard]] std::string names_with_sources(std::span<const core::CertName> names, const Style& style);

/// The attributes of a subject in one line.
[[nodiscard]] std::string subject_text(const core::CertSubject& subject);

}  // namespace xmppfed::cli::view
