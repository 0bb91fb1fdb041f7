#include "cli/commands/cert/passphrase_question.hpp"

#include <fmt/format.h>

#include "app/cert/request/request_key.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli {

namespace {

using core::Error;
using core::ErrorKind;

std::string options_of(const PassphraseSource& source) {
    return fmt::format("--{0}-file FILE, or --{0}-fd N", source.name);
}

pki::Secret ask(Context& context, const PassphraseSource& source, const std::string& question) {
    context.messages().question(question);
    auto answer = context.world().read_secret_line();
    if (!answer || answer->empty()) {
        throw Error{ErrorKind::failed, "no passphrase was given; nothing was changed"}.hint(
            fmt::format("type one, or give the file that holds it: {}", options_of(source)));
    }
    return std::move(*answer);
}

}  // namespace

pki::Secret passphrase_of(Context& context, const PassphraseSource& source, const std::string& key_file) {
    const bool is_asked = !source.given() && context.is_interactive() && !key_file.empty() &&
                          app::look_at_key(key_file, {}) == app::KeyFileState::encrypted;
    return is_asked ? ask(context, source, fmt::format("Passphrase of {}: ", core::quote(key_file)))
                    : read_passphrase(source);
}

pki::Secret new_password(Context& context, const PassphraseSource& source, std::string_view what) {
    if (source.given()) {
        return read_passphrase(source);
    }
    if (!context.is_interactive()) {
        throw Error{ErrorKind::usage, fmt::format("{} needs a password", what)}.hint(
            fmt::format("give the file that holds it: {}", options_of(source)));
    }
    auto password = ask(context, source, fmt::format("Password of {}: ", what));
    if (ask(context, source, "The same again: ").text() != password.text()) {
        throw Error{ErrorKind::usage, "the two passwords differ; nothing was changed"}.hint(
            fmt::format("try again, or give the file that holds it: {}", options_of(source)));
    }
    return password;
}

}  // namespace xmppfed::cli
