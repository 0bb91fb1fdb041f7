// A word a line, as a command line and as one that is still being typed. Nothing is run.

#include <algorithm>
#include <vector>

#include "cli/line/command_line.hpp"
#include "cli/line/completion.hpp"
#include "core/text/text.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/support/outputs.hpp"

using namespace xmppfed;

namespace {

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    for (auto rest = text;;) {
        const auto end = std::min(rest.find('\n'), rest.size());
        words.emplace_back(rest.substr(0, end));
        if (end == rest.size()) {
            return words;
        }
        rest.remove_prefix(end + 1);
    }
}

/// A command line is understood or refused by an error.
void parse(const std::vector<std::string>& words) {
    (void)fuzz::unless_refused([&] {
        const auto line = cli::find_command(words);
        if (line.command != nullptr) {
            cli::Globals globals;
            const auto request = line.command->make();
            (void)cli::all_options(*line.command, *request, globals).parse(line.words);
        }
        return true;
    });
    (void)cli::requested_format(words);
    (void)cli::requested_color(words);
}

/// Completion fails without a word, and prints what can be shown.
void complete(const std::vector<std::string>& words) {
    test::StringOutput out;
    test::StringOutput err;
    const cli::World world{.out = out,
                           .err = err,
                           .terminal = {},
                           .now = [] { return std::chrono::sys_seconds{}; },
                           .environment = [](const char*) { return std::optional<std::string>{}; },
                           .actor = [] { return std::string{"somebody"}; },
                           .current_directory = [] { return std::string{"/nowhere"}; },
                           .read_line = [] { return std::optional<std::string>{}; }};
    cli::print_completion(words, world);
    out.flush();
    fuzz::require(err.text().empty(), "completion says nothing on standard error");
    auto shown = out.text();
    std::erase_if(shown, [](char c) { return c == '\n' || c == '\t'; });
    fuzz::require(core::is_safe(shown), "what completion offers can be shown on a terminal");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto words = words_of(fuzz::text_of(data, size));
    parse(words);
    complete(words);
    return 0;
}
