#include "cli/secret_input.hpp"

#include <sys/prctl.h>

#include <limits>
#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"
#include "store/file.hpp"

namespace xmppfed::cli {

namespace {

using core::Error;
using core::ErrorKind;

constexpr std::size_t longest_input = std::size_t{64} * 1024;

pki::Secret read_all(const PassphraseSource& source) {
    if (source.file) {
        return pki::Secret{store::read_file("the passphrase file", *source.file, longest_input)};
    }
    if (*source.descriptor < 0 || *source.descriptor > std::numeric_limits<int>::max()) {
        throw Error{ErrorKind::usage, fmt::format("--{}-fd needs the number of an open descriptor", source.name)};
    }
    return pki::Secret{
        store::read_descriptor("the passphrase descriptor", static_cast<int>(*source.descriptor), longest_input)};
}

}  // namespace

void bind_passphrase(OptionSet& options, PassphraseSource& source, std::string meaning) {
    options.text({.name = source.name + "-file",
                  .value_name = "FILE",
                  .meaning = std::move(meaning) + ": the file's first line",
                  .names = Names::file},
                 source.file);
    options.number({.name = source.name + "-fd", .value_name = "N", .meaning = "the same from an open descriptor"},
                   source.descriptor);
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
    return pki::Secret{std::string{line}};
}

void forbid_core_dumps() {
    (void)::prctl(PR_SET_DUMPABLE, 0);
}

}  // namespace xmppfed::cli
