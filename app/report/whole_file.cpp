#include "app/report/whole_file.hpp"

#include <unistd.h>

#include "app/held_signals.hpp"
#include "core/cert/files/file_access.hpp"
#include "store/files/abandoned.hpp"
#include "store/files/file.hpp"
#include "store/files/open_directory.hpp"

namespace xmppfed::app {

void write_whole_file(const std::string& what, const std::string& path,
                      const std::function<void(const core::TextSink&)>& write) {
    constexpr std::size_t piece_size = std::size_t{64} * 1024;
    const HeldSignals signals;
    store::remove_abandoned(path);
    const auto before = store::access_of(path);
    store::NewFile file{what, path, before ? store::private_file : store::public_file, store::Existing::replace};
    std::string buffer;
    write([&](std::string_view piece) {
        buffer += piece;
        if (buffer.size() >= piece_size) {
            file.write(buffer);
            buffer.clear();
        }
    });
    file.write(buffer);
    if (before) {
        file.give(core::configuration_access(before, {}, ::geteuid(), ::getegid()));
    }
    file.publish();
    file.keep();
}

}  // namespace xmppfed::app
