#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <string>
#include <vector>

#include "app/cert/request/secrets.hpp"
#include "cli/run.hpp"

namespace {

/// Descriptors 0 to 2 that arrive closed are opened the wrong way round: no file of ours can take their place, and
/// reading or writing them still fails.
void occupy_standard_descriptors() {
    for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(descriptor, F_GETFD) < 0) {
            // The lowest free descriptor is this one, for those below it are open by now.
            (void)::open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY);
        }
    }
}

}  // namespace

int main(int count, char** values) {
    // Writing to a closed pipe, or beyond a file size limit, is an error to report, not a reason to be killed.
    (void)std::signal(SIGPIPE, SIG_IGN);
    (void)std::signal(SIGXFSZ, SIG_IGN);
    occupy_standard_descriptors();
    const std::vector<std::string> arguments(values + (count > 0 ? 1 : 0), values + count);
    using xmppfed::cli::DescriptorOutput;
    DescriptorOutput out{
        STDOUT_FILENO, ::isatty(STDOUT_FILENO) == 1 ? DescriptorOutput::small_buffer : DescriptorOutput::large_buffer};
    DescriptorOutput err{STDERR_FILENO};
    const auto code = xmppfed::cli::run(arguments, xmppfed::cli::process_world(out, err));
    xmppfed::app::forget_secrets();
    return code;
}
