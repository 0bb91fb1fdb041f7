#include "cli/commands/book/manifest_options.hpp"

namespace xmppfed::cli {

using core::Error;
using core::ErrorKind;

void ManifestOptions::bind(OptionSet& options) {
    options.text({.name = "file",
                  .letter = 'f',
                  .value_name = "FILE",
                  .meaning = "the manifest: one JSON document, or JSON lines; - reads standard input (required)",
                  .names = Names::file},
                 file);
    bind_all_but_file(options);
}

void ManifestOptions::bind_all_but_file(OptionSet& options) {
    options.flag("prune", prune, "remove the partners that the file does not name");
    options.number({.name = "if-store-revision",
                    .value_name = "N",
                    .meaning = "refuse when the store is at another revision: somebody has committed since"},
                   store_revision);
}

void ManifestOptions::bind_answer(OptionSet& options) {
    options.flag("yes", yes, "do not ask before --prune removes partners");
}

const std::string& ManifestOptions::required_file() const {
    if (!file) {
        throw Error{ErrorKind::usage, "--file is missing"}.hint(
            "name the manifest, or - for standard input; `xmppfed export` writes one");
    }
    return *file;
}

}  // namespace xmppfed::cli
