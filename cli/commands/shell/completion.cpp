#include <array>

#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/line/completion_scripts.hpp"

namespace xmppfed::cli {

namespace {

constexpr std::array shells{
    core::EnumValue{"bash", "source <(xmppfed completion bash)"},
    core::EnumValue{"zsh", "xmppfed completion zsh > _xmppfed, in a directory of $fpath"},
    core::EnumValue{"fish", "xmppfed completion fish | source"},
};

class CompletionCommand : public CommandRequest {
  public:
    void bind(OptionSet& options) override {
        options.positional({.name = "SHELL",
                            .meaning = "bash, zsh or fish",
                            .least = 1,
                            .most = 1,
                            .take =
                                [this](const auto& words) {
                                    shell_ = static_cast<Shell>(core::read_value("SHELL", shells, words.front()));
                                },
                            .values = shells});
    }
    ExitCode run(Context& context) const override {
        context.out().write(completion_script(shell_));
        return ExitCode::done;
    }

  private:
    Shell shell_ = Shell::bash;
};

}  // namespace

constinit const Command completion{
    .noun = "completion",
    .verb = {},
    .summary = "Print the completion script of a shell",
    .description =
        "The script asks the program itself what may stand where the cursor is: commands, options, values, files and, "
        "from the store, domains and numbers of requests. An installed package has brought it along already.",
    .examples =
        {
            {"completion bash", "for `source <(xmppfed completion bash)` in ~/.bashrc"},
            {"completion zsh", "for a file _xmppfed in a directory of $fpath"},
            {"completion fish", "for ~/.config/fish/completions/xmppfed.fish"},
        },
    .nature = Nature::explains,
    .formats = Formats::text,
    .make = make_request<CompletionCommand>,
};

}  // namespace xmppfed::cli

template <>
std::span<const xmppfed::core::EnumValue> xmppfed::core::values_of<xmppfed::cli::Shell>() {
    return xmppfed::cli::shells;
}
