#include <fmt/format.h>

#include "app/cert/moved_files.hpp"
#include "app/cert/request/request_lookup.hpp"
#include "app/cert/request/secrets.hpp"
#include "cli/commands/cert/passphrase_question.hpp"
#include "cli/commands/cert/request_number.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/terminal/editing/secret_input.hpp"
#include "cli/view/request_view.hpp"
#include "core/cert/cert_lifecycle.hpp"

namespace xmppfed::cli {

namespace {

class CertMove : public CommandRequest {
  public:
    void bind(OptionSet& options) override {
        bind_request_number(options, number_);
        options.text({.name = "key", .value_name = "FILE", .meaning = "where the key is now", .names = Names::file},
                     key_);
        options.text({.name = "csr", .value_name = "FILE", .meaning = "where the CSR is now", .names = Names::file},
                     csr_);
        options.text({.name = "to",
                      .value_name = "DIRECTORY",
                      .meaning = "where the directory of `cert assign --to` is now",
                      .names = Names::file},
                     directory_);
        bind_passphrase(options, passphrase_, "opens an encrypted key");
    }
    ExitCode run(Context& context) const override;

  private:
    [[nodiscard]] app::MovedFiles files(const World& world) const;

    std::int64_t number_ = 0;
    std::optional<std::string> key_;
    std::optional<std::string> csr_;
    std::optional<std::string> directory_;
    PassphraseSource passphrase_;
};

app::MovedFiles CertMove::files(const World& world) const {
    const auto absolute = [&](const std::optional<std::string>& path,
                              std::string_view option) -> std::optional<std::string> {
        if (!path) {
            return std::nullopt;
        }
        if (path->empty()) {
            throw core::Error{core::ErrorKind::usage, fmt::format("{} is empty", option)}.hint("name a place");
        }
        auto result = absolute_path(world, *path);
        while (result.size() > 1 && result.ends_with('/')) {
            result.pop_back();
        }
        return result;
    };
    app::MovedFiles files{.key_file = absolute(key_, "--key"),
                          .csr_file = absolute(csr_, "--csr"),
                          .directory = absolute(directory_, "--to")};
    if (!files.any()) {
        throw core::Error{core::ErrorKind::usage, "nothing has moved: no file is named"}.hint(
            "name at least one: --key FILE, --csr FILE or --to DIRECTORY");
    }
    return files;
}

ExitCode CertMove::run(Context& context) const {
    const auto moved = files(context.world());
    app::guard_secrets();
    const auto passphrase = passphrase_of(context, passphrase_, moved.key_file.value_or(""));
    core::CertRequest request;
    const auto changes = context.commit([&](store::Reader& reader, std::string_view /*now*/) {
        const auto before = app::request_by_number(reader, number_);
        request = app::with_moved_files(before, moved, context.book().host(), passphrase);
        return core::move_files(before, request);
    });
    view::print_committed(context.display(), request, changes.diagnostics);
    return ExitCode::done;
}

}  // namespace

constinit const Command cert_move{
    .noun = "cert",
    .verb = "move",
    .summary = "Record where the files of a certificate request are now",
    .description =
        "Moves nothing: it looks whether the files are those on record, and then records their places. They were moved "
        "by hand before, or copied with the store to another host.",
    .examples =
        {
            {"cert move 1 --key /etc/xmppfed/keys/edge.key", "the key has another place"},
            {"cert move 1 --key edge.key --csr edge.csr --to /srv/edge", "all of them, on another host"},
        },
    .nature = Nature::changes,
    .formats = Formats::items,
    .make = make_request<CertMove>,
};

}  // namespace xmppfed::cli
