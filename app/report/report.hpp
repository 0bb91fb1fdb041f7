#pragma once

#include <optional>

#include "app/book.hpp"
#include "core/render/renderings.hpp"

namespace xmppfed::app {

/// Reads the book in one view of its store, and writes what a report tells of it. `probe` is what a look at servers
/// found. What is judged is on record: no file, server or resolver is looked at. However many partners there are, few of
/// them are held in memory.
void write_report(Book& book, const core::PageRendering& page, std::optional<core::ProbeTally> probe,
                  const core::TextSink& sink);

}  // namespace xmppfed::app
