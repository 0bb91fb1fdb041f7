#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/view/layout/display.hpp"
#include "core/diagnostic.hpp"
#include "core/render/renderings.hpp"

namespace xmppfed::cli::view {

/// A file that was made for a server.
struct RenderedFile {
    std::string path;
    std::string content;
    std::optional<std::string> before;  ///< what was there; none: nothing was
    std::string sha256;                 ///< of the content
};

/// Whether the files are written.
enum class Written { yes, no, not_yet };

/// What was made for a server.
struct ServerResult {
    core::ServerKind server;
    std::string_view target;  ///< the version
    core::ServerRendering rendering;
    core::ServerBook book;
    std::vector<RenderedFile> files = {};
    std::vector<core::FieldExactness> exactness = {};
    core::Diagnostics diagnostics = {};
    Written written = Written::no;
};

/// As text, what became of each file, and how much of the book is exact; of a dry run, how the files would differ.
void print_server_result(const Display& display, const ServerResult& result);

}  // namespace xmppfed::cli::view
