#include "cli/terminal/output.hpp"

#include <unistd.h>

#include <cerrno>

namespace xmppfed::cli {

bool OutputFailure::reader_is_gone() const {
    return error_number == EPIPE;
}

void DescriptorOutput::write(std::string_view text) {
    buffer_ += text;
    if (buffer_.size() >= buffer_size_) {
        flush();
    }
}

void DescriptorOutput::flush() {
    std::string_view rest = buffer_;
    while (!rest.empty()) {
        const auto written = ::write(descriptor_, rest.data(), rest.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            const int error_number = errno;
            buffer_.clear();  // or the next flush would fail over the same text
            throw OutputFailure{error_number};
        }
        something_left_ = true;
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
    buffer_.clear();
}

bool DescriptorOutput::discard() {
    buffer_.clear();
    return !something_left_;
}

}  // namespace xmppfed::cli
