#include "core/cert/files/recorded_path.hpp"

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/text/text.hpp"

namespace xmppfed::core {

void refuse_unrecordable(std::string_view path) {
    if (!is_utf8(path)) {
        throw Error{ErrorKind::usage,
                    fmt::format("the path {} is not valid UTF-8, and cannot be on record", quote(path))}
            .hint("name another place, by an absolute path if it is the current directory that is called so");
    }
}

}  // namespace xmppfed::core
