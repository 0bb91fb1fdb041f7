#pragma once

#include <sys/types.h>

#include <optional>
#include <string>

namespace xmppfed::store {

/// Who besides the user and root can put something in the place of a file.
struct Place {
    /// The nearest directory above the file that everybody may write and that is not sticky; empty when there is none.
    std::string open_directory;

    /// The file or its directory, when another user owns it, and that user; empty otherwise.
    std::string foreign;
    uid_t owner = 0;
};

/// Looks at the way to a file, and to what it leads to when it is a link. Neither it nor its directory need be there.
[[nodiscard]] Place look_at_place(const std::string& path);

/// What a path leads to when all links are followed; the path itself when nothing is there. Throws failed for a link in
/// its place that belongs to neither the user, root nor the owner of what it leads to: who made it may not write that.
[[nodiscard]] std::string followed(const std::string& path);

/// Throws failed when an empty file belongs to another user, or has other names too: it is there for something else, and
/// no store is made in it.
void refuse_to_fill(const std::string& path);

}  // namespace xmppfed::store
