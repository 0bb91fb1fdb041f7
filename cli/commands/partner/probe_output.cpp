#include "cli/commands/partner/probe_output.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/held_signals.hpp"
#include "cli/view/probe/probe_metrics.hpp"
#include "core/probe/probe_json.hpp"
#include "core/text/text.hpp"
#include "store/files/file.hpp"
#include "store/files/open_directory.hpp"

template <>
std::span<const xmppfed::core::EnumValue> xmppfed::core::values_of<xmppfed::cli::ProbeFormat>() {
    static constexpr std::array formats{EnumValue{"prometheus", "a text file for node_exporter"}};
    return formats;
}

namespace xmppfed::cli {

namespace {

constexpr std::size_t longest_baseline = std::size_t{256} * 1024 * 1024;

/// Whether the fault is here. A resolver that tells of others works: what it cannot tell is that domain's own state.
bool could_not_look(const std::vector<app::ProbeResult>& results) {
    if (!results.empty() && std::ranges::all_of(results, core::is_unanswered, &app::ProbeResult::input)) {
        return true;
    }
    return std::ranges::any_of(results, [](const app::ProbeResult& result) {
        return !core::is_unanswered(result.input) && !core::was_seen(result.input);
    });
}

}  // namespace

void ProbeOutput::bind(OptionSet& options) {
    options.text({.name = "baseline",
                  .value_name = "FILE",
                  .meaning = "show only what differs from an earlier --output json",
                  .names = Names::file},
                 baseline_);
    options.text({.name = "transcript",
                  .value_name = "DIR",
                  .meaning = "also write what was said to each domain and by it, for its administrator",
                  .names = Names::file},
                 transcript_);
    options.enumeration({.name = "format", .value_name = "FORMAT", .meaning = "how to write it"}, format_);
}

void ProbeOutput::refuse_contradictions(const Context& context) const {
    if (format_ && context.globals().output != Format::table) {
        throw core::Error{core::ErrorKind::usage, "--format and --output exclude each other"};
    }
    if (transcript_ && transcript_->empty()) {
        throw core::Error{core::ErrorKind::usage, "--transcript needs a directory"}.hint(
            "`--transcript .` is the current one");
    }
}

void ProbeOutput::prepare(const Context& context, app::ProbeWish& wish, ProbeRecords& records) const {
    if (baseline_) {
        records.baseline.emplace(
            store::read_file("the baseline", absolute_path(context.world(), *baseline_), longest_baseline));
    }
    if (!transcript_) {
        return;
    }
    const auto directory = absolute_path(context.world(), *transcript_);
    if (!store::OpenDirectory::at(directory)) {
        throw core::Error{core::ErrorKind::not_found,
                          fmt::format("there is no directory {} for the transcripts", core::quote(directory))}
            .hint(fmt::format("make it first: `mkdir -p {}`", core::quote(directory)));
    }
    wish.listener = [&](const std::string& domain) { return records.transcripts.listener(domain); };
}

void ProbeOutput::keep_changed(Context& context, std::vector<app::ProbeResult>& results,
                               const std::optional<core::Baseline>& before) {
    if (!before) {
        return;
    }
    const auto whole = results.size();
    std::erase_if(results, [&](const auto& it) { return !before->differs(core::to_json(it.input, it.verdict)); });
    const bool is_one = results.size() == 1 || whole == 1;
    context.messages().note(fmt::format("{} of {} {} from the baseline", results.size(), core::counted(whole, "domain"),
                                        is_one ? "differs" : "differ"));
}

void ProbeOutput::print(Context& context, const std::vector<app::ProbeResult>& results,
                        const view::ProbeLook& look) const {
    std::vector<view::ProbedDomain> domains;
    for (const auto& [input, verdict] : results) {
        domains.push_back({input, verdict});
    }
    if (format_) {
        context.out().write(view::probe_metrics(domains));
    } else {
        view::print_probe(context.display(), domains, look);
    }
}

ExitCode ProbeOutput::finish(Context& context, std::vector<app::ProbeResult> results, std::size_t asked,
                             const view::ProbeLook& look, const ProbeRecords& records,
                             const app::HeldSignals& held) const {
    const bool is_whole = results.size() == asked;
    const bool is_blind = could_not_look(results);
    keep_changed(context, results, records.baseline);
    print(context, results, look);
    if (transcript_) {
        context.out().flush();  // it is told also where no transcript can be written
        records.transcripts.write(absolute_path(context.world(), *transcript_));
    }
    if (!is_whole) {
        held.obeyed();
        context.messages().interruption(
            fmt::format("interrupted before all of {} were looked at", core::counted(asked, "domain")));
        return ExitCode::failed;
    }
    auto diagnostics = look.diagnostics;
    for (const auto& result : results) {
        std::ranges::copy(result.verdict.diagnostics, std::back_inserter(diagnostics));
    }
    return is_blind ? ExitCode::failed : verdict(diagnostics, context.globals().strict);
}

}  // namespace xmppfed::cli
