#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/book.hpp"
#include "core/diagnostic.hpp"
#include "store/store.hpp"

namespace xmppfed::app {

/// What is wrong with a store, and what it holds, as far as that can be told.
struct Inspection {
    core::Diagnostics diagnostics;
    std::optional<store::Summary> summary;
    std::vector<std::string> notes;  ///< what could not be looked at
};

/// Looks for damage and for what was written past the program: what `store::Reader::check` finds, what the rules say of
/// each partner and certificate, and whether the files of certificates and keys are those on record, as far as they are on
/// this host. `reader` is one of the book's. Only looks.
[[nodiscard]] Inspection inspect(store::Reader& reader, const Book& book);

}  // namespace xmppfed::app
