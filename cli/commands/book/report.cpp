#include <fmt/format.h>

#include "app/manifest/manifest_file.hpp"
#include "app/report/report.hpp"
#include "app/report/whole_file.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "core/render/renderings.hpp"

namespace xmppfed::cli {

namespace {

class Report : public CommandRequest {
  public:
    void bind(OptionSet& options) override {
        options.text({.name = "to",
                      .value_name = "FILE",
                      .meaning = "where the page is written; a file that is there is replaced",
                      .default_text = "standard output",
                      .names = Names::file},
                     to_);
        options.rendering(
            {.name = "format", .value_name = "FORMAT", .meaning = "what to write", .default_text = "html"},
            core::page_renderings(), page_);
        options.text({.name = "probe",
                      .value_name = "FILE",
                      .meaning = "what `partner probe --output json` found; - reads standard input",
                      .names = Names::file},
                     probe_);
    }
    ExitCode run(Context& context) const override;

  private:
    [[nodiscard]] std::optional<core::ProbeTally> look(Context& context) const;
    void write_file(Context& context, const std::function<void(const core::TextSink&)>& write) const;

    std::optional<std::string> to_;
    std::optional<std::string> probe_;
    const core::PageRendering* page_ = &core::page_renderings().rows.front();
};

std::optional<core::ProbeTally> Report::look(Context& context) const {
    if (!probe_) {
        return std::nullopt;
    }
    app::ManifestFile file{*probe_, context.circumstances(), "probe"};
    auto source = file.source();
    return core::read_probe(source, file.name());
}

void Report::write_file(Context& context, const std::function<void(const core::TextSink&)>& write) const {
    const auto path = absolute_path(context.world(), *to_);
    if (context.book().site()->includes(path)) {
        throw core::Error{core::ErrorKind::conflict, fmt::format("{} is a file of the store itself", core::quote(path))}
            .hint("name another file with --to");
    }
    app::write_whole_file("the report", path, write);
    context.achieve({.what = "the report is written", .hint = "look at it in the file of --to"});
    if (context.display().shows_result()) {
        context.display().print_text(fmt::format("{}: written\n", core::escape(path)));
    }
}

ExitCode Report::run(Context& context) const {
    if (to_ && to_->empty()) {
        throw core::Error{core::ErrorKind::usage, "--to needs the name of a file"}.hint("`--to -` is standard output");
    }
    auto probe = look(context);  // before the store is opened, for standard input may be slow
    context.messages().diagnostics(app::missing_store(context.book()));
    const auto write = [&](const core::TextSink& sink) {
        app::write_report(context.book(), *page_, std::move(probe), sink);
    };
    if (to_ && *to_ != "-") {
        write_file(context, write);
    } else {
        write([&](std::string_view piece) { context.out().write(piece); });
    }
    return ExitCode::done;
}

}  // namespace

constinit const Command report{
    .noun = "report",
    .verb = "",
    .summary = "Draw the federation as it is, on a page for people",
    .description =
        "Whom we federate with and how well, what needs attention, which certificates end when, and what changed in "
        "the last 30 days and by whom. The page is one file without scripts; nothing is fetched, by it or for it.",
    .examples =
        {
            {"report --to federation.html", "a page for a browser and for paper"},
            {"report --format markdown", "the same for a wiki or a merge request"},
            {"report --probe probe.json --to federation.html",
             "with what `partner probe --output json` found at partners' servers"},
        },
    .nature = Nature::writes,
    .formats = Formats::text,
    .make = make_request<Report>,
};

}  // namespace xmppfed::cli
