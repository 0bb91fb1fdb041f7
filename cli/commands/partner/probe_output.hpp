#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/probe/partner_probe.hpp"
#include "app/probe/transcript.hpp"
#include "cli/context.hpp"
#include "cli/exit_code.hpp"
#include "cli/line/options.hpp"
#include "cli/view/probe/probe_view.hpp"
#include "core/probe/baseline.hpp"

namespace xmppfed::app {
class HeldSignals;
}

namespace xmppfed::cli {

enum class ProbeFormat { prometheus };

/// What a look is compared with, and what is taken down meanwhile.
struct ProbeRecords {
    std::optional<core::Baseline> baseline;
    app::Transcripts transcripts;
};

/// What becomes of what a look at servers has found: `--baseline`, `--transcript`, `--format`, and the exit code.
class ProbeOutput {
  public:
    void bind(OptionSet& options);

    /// Throws a usage error for a format beside another.
    void refuse_contradictions(const Context& context) const;

    /// Reads and begins what the options ask for, before anybody is looked at in vain. Throws not found where there is
    /// no baseline, or no directory for transcripts. The records must outlive the look.
    void prepare(const Context& context, app::ProbeWish& wish, ProbeRecords& records) const;

    /// Prints what was found of `asked` domains, and tells what the command exits with.
    ExitCode finish(Context& context, std::vector<app::ProbeResult> results, std::size_t asked,
                    const view::ProbeLook& look, const ProbeRecords& records, const app::HeldSignals& held) const;

  private:
    static void keep_changed(Context& context, std::vector<app::ProbeResult>& results,
                             const std::optional<core::Baseline>& before);
    void print(Context& context, const std::vector<app::ProbeResult>& results, const view::ProbeLook& look) const;

    std::optional<std::string> baseline_;
    std::optional<std::string> transcript_;
    std::optional<ProbeFormat> format_;
};

}  // namespace xmppfed::cli

template <>
std::span<const xmppfed::core::EnumValue> xmppfed::core::values_of<xmppfed::cli::ProbeFormat>();
