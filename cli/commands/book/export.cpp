#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/view/list_view.hpp"
#include "cli/view/partner_view.hpp"
#include "core/manifest/manifest.hpp"
#include "core/partner/allowlist_script.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli {

enum class ExportFormat { manifest, powershell };

}  // namespace xmppfed::cli

namespace xmppfed::core {

template <>
std::span<const EnumValue> values_of<cli::ExportFormat>() {
    static constexpr std::array values{
        EnumValue{"manifest", "what `apply` reads"},
        EnumValue{"powershell", "a script for Skype for Business or Lync"},
    };
    return values;
}

}  // namespace xmppfed::core

namespace xmppfed::cli {

namespace {

class Export : public CommandRequest {
  public:
    void bind(OptionSet& options) override {
        options.enumeration(
            {.name = "format", .value_name = "FORMAT", .meaning = "what to write", .default_text = "manifest"},
            format_);
    }
    ExitCode run(Context& context) const override;

  private:
    std::optional<ExportFormat> format_;
};

void write_manifest(Context& context, store::Reader& reader) {
    // The document is the text form too: there is nothing that a person would rather read.
    auto options = view::list_options(context.display());
    options.format = options.format == Format::jsonl ? Format::jsonl : Format::json;
    const view::ListShape shape{.kind = "manifest", .items = "partners", .columns = {}, .csv_keys = {}};
    const auto list = view::make_list_view(context.out(), shape, options);
    const auto edge = reader.edge();
    const auto head = core::Json::object({{"edge", core::manifest_form(edge)}});
    const bool has_edge = edge != core::Edge{};
    list->begin(has_edge ? &head : nullptr);
    reader.visit_partners([&](const core::CommittedPartner& partner) {
        list->item(core::manifest_form(partner));
        return true;
    });
    list->end(core::Json::object());
    if (has_edge && options.format == Format::jsonl) {
        context.messages().note("JSON lines hold partners only: the edge is left out");
    }
}

/// Windows PowerShell takes a script for UTF-8 only when it begins with a byte order mark; in another encoding some
/// characters would be quotes.
bool needs_byte_order_mark(store::Reader& reader) {
    bool all_ascii = true;
    reader.visit_partners([&](const core::CommittedPartner& partner) {
        all_ascii = !partner.enabled || std::ranges::all_of(partner.description, [](char c) {
            return static_cast<unsigned char>(c) < 0x80;  // NOLINT(readability-magic-numbers): the end of ASCII
        });
        return all_ascii;
    });
    return !all_ascii;
}

void write_script(Context& context, store::Reader& reader) {
    std::size_t suspended = 0;
    const auto for_each = [&](std::string (*text)(const core::Partner&, core::Medium)) {
        suspended = 0;
        reader.visit_partners([&](const core::CommittedPartner& partner) {
            if (partner.enabled) {
                context.out().write(text(partner, context.medium()));
            } else {
                ++suspended;
            }
            return true;
        });
    };
    if (context.medium() == core::Medium::file && needs_byte_order_mark(reader)) {
        context.out().write(core::byte_order_mark);
    }
    context.out().write(core::script_head());
    for_each(core::script_wish);
    context.out().write(core::script_middle());
    for_each(core::script_partner);
    if (suspended > 0) {
        context.messages().note(fmt::format("{} left out: suspended partners are not given to servers",
                                            core::counted(suspended, "partner")));
    }
}

ExitCode Export::run(Context& context) const {
    const auto format = format_.value_or(ExportFormat::manifest);
    if (format == ExportFormat::powershell && context.globals().output != Format::table) {
        throw core::Error{core::ErrorKind::usage, "--format powershell and --output exclude each other"}.hint(
            "a script has no other form");
    }
    context.messages().findings(app::missing_store(context.store_path()));
    const auto reader = context.store().read();
    format == ExportFormat::manifest ? write_manifest(context, *reader) : write_script(context, *reader);
    return ExitCode::done;
}

}  // namespace

constinit const Command export_{
    .noun = "export",
    .verb = "",
    .summary = "Write the edge and all partners as a manifest or a script",
    .description =
        "A manifest that is applied to an empty store and exported again has the same bytes. The script makes, changes "
        "and removes allowed partners until they are those stored; suspended ones are left out.",
    .examples =
        {
            {"export", "a manifest on standard output, which `apply` reads: to keep and review"},
            {"export -o jsonl", "the partners only, one a line"},
            {"export --format powershell", "a script: bring a deployment to what is stored"},
        },
    .nature = Nature::reads,
    .formats = Formats::lines,
    .make = make_request<Export>,
};

}  // namespace xmppfed::cli
