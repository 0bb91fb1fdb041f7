#include "cli/terminal/editing/secret_input.hpp"

#include <fcntl.h>

#include <cerrno>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "app/cert/request/secrets.hpp"
#include "core/error.hpp"
#include "core/field/field.hpp"
#include "store/files/file.hpp"

namespace xmppfed::cli {

namespace {

using core::Error;
using core::ErrorKind;

constexpr std::size_t longest_input = std::size_t{64} * 1024;
constexpr const char* descriptor_name = "the passphrase descriptor";

pki::Secret read_all(const PassphraseSource& source) {
    if (source.file) {
        return app::read_secret("the passphrase file", *source.file, longest_input);
    }
    app::guard_secrets();
    return pki::Secret{store::read_descriptor(descriptor_name, *source.descriptor, longest_input)};
}

/// Looks at the descriptor at once: none of our own files has been opened yet that could get its number.
int open_descriptor(const std::string& option, const std::string& text) {
    const auto number = core::read_number(option, text);
    if (number < 0 || number > std::numeric_limits<int>::max()) {
        throw Error{ErrorKind::usage, fmt::format("{} needs the number of an open descriptor", option)};
    }
    const auto descriptor = static_cast<int>(number);
    if (::fcntl(descriptor, F_GETFD) < 0) {
        throw store::system_failure(ErrorKind::failed, fmt::format("cannot read {} {}", descriptor_name, descriptor),
                                    errno)
            .hint(fmt::format("open it for this command: `{0} 3 3<FILE`", option));
    }
    return descriptor;
}

}  // namespace

void bind_passphrase(OptionSet& options, PassphraseSource& source, std::string meaning) {
    options.text({.name = source.name + "-file",
                  .value_name = "FILE",
                  .meaning = std::move(meaning) + ": the file's first line",
                  .names = Names::file},
                 source.file);
    options.add({.name = source.name + "-fd",
                 .value_name = "N",
                 .meaning = "the same from an open descriptor",
                 .take = [&source, shown = "--" + source.name + "-fd"](const auto& values) {
                     source.descriptor = open_descriptor(shown, values.back());
                 }});
}

pki::Secret read_passphrase(const PassphraseSource& source) {
    if (source.file && source.descriptor) {
        throw Error{ErrorKind::usage, fmt::format("--{0}-file excludes --{0}-fd", source.name)};
    }
    if (!source.given()) {
        return {};
    }
    const auto all = read_all(source);
    auto line = all.text().substr(0, all.text().find('\n'));
    if (line.ends_with('\r')) {
        line.remove_suffix(1);
    }
    if (line.empty()) {
        throw Error{ErrorKind::usage, "the passphrase is empty: its first line counts"};
    }
    return pki::Secret::copy_of(line);
}

}  // namespace xmppfed::cli
