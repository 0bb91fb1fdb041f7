#pragma once

#include <chrono>
#include <optional>

#include "core/diagnostic.hpp"
#include "store/store.hpp"

namespace xmppfed::app {

/// What is wrong with a store, and what it holds, as far as that can be told.
struct Inspection {
    core::Diagnostics diagnostics;
    std::optional<store::Summary> summary;
};

/// Looks for damage and for what was written past the program: what `store::Reader::check` finds, what the rules say of
/// each partner and certificate, and whether the files of certificates and keys are those on record. Only looks.
[[nodiscard]] Inspection inspect(store::Reader& reader, std::chrono::sys_seconds now);

}  // namespace xmppfed::app
