#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/undo.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/view/layout/list_view.hpp"
#include "cli/view/partner_view.hpp"
#include "core/manifest/manifest.hpp"
#include "core/render/renderings.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli {

namespace {

class Export : public CommandRequest {
  public:
    void bind(OptionSet& options) override {
        options.rendering(
            {.name = "format", .value_name = "FORMAT", .meaning = "what to write", .default_text = "manifest"},
            core::book_renderings(), format_);
        options.record_number({.name = "at",
                               .value_name = "COMMIT",
                               .meaning = "what the store held after that commit, whose number `history` shows"},
                              commit_, commit_record);
    }
    ExitCode run(Context& context) const override;

  private:
    const core::BookRendering* format_ = &core::book_renderings().rows.front();
    std::optional<std::int64_t> commit_;
};

/// What is written: a store as it is, or as it was.
struct BookContent {
    core::Edge edge;
    core::Gateway gateway;
    std::function<void(const store::PartnerVisitor& visit)> visit_partners;
};

/// A partner as a manifest has it.
class ManifestItem : public view::ListItem {
  public:
    explicit ManifestItem(const core::Partner& partner) : partner_{partner} {}
    [[nodiscard]] core::Json json() const override { return core::manifest_form(partner_); }
    void append(core::ObjectText& object) const override { core::append(object, partner_); }

  private:
    const core::Partner& partner_;
};

void write_manifest(Context& context, const BookContent& content) {
    // The document is the text form too: there is nothing that a person would rather read.
    auto options = view::list_options(context.display());
    options.format = options.format == Format::jsonl ? Format::jsonl : Format::json;
    const view::ListShape shape{.kind = "manifest", .items = "partners", .columns = {}, .csv_keys = {}};
    const auto list = view::make_list_view(context.out(), shape, options);
    auto head = core::Json::object();
    if (content.edge != core::Edge{}) {
        head["edge"] = core::manifest_form(content.edge);
    }
    if (content.gateway != core::Gateway{}) {
        head["gateway"] = core::to_json(content.gateway);
    }
    list->begin(head.empty() ? nullptr : &head);
    content.visit_partners([&](const core::CommittedPartner& partner) {
        list->item(ManifestItem{partner});
        return true;
    });
    list->end(core::Json::object());
    if (options.format == Format::jsonl) {
        for (const auto& [subject, object] : head.items()) {
            context.messages().note(fmt::format("JSON lines hold partners only: the {} is left out", subject));
        }
    }
}

void write_rendering(Context& context, const BookContent& content, const core::BookRendering& format) {
    const auto suspended = format.make(
        content.gateway, [&](const auto& visit) { content.visit_partners(visit); }, context.medium(),
        [&](std::string_view piece) { context.out().write(piece); });
    if (suspended > 0) {
        context.messages().note(fmt::format("{} left out: suspended partners are not given to servers",
                                            core::counted(suspended, "partner")));
    }
}

ExitCode Export::run(Context& context) const {
    if (format_->make != nullptr && context.globals().output != Format::table) {
        throw core::Error{core::ErrorKind::usage,
                          fmt::format("--format {} and --output exclude each other", format_->value.name)}
            .hint("a script has no other form");
    }
    context.messages().diagnostics(app::missing_store(context.book()));
    const auto reader = context.store().read();
    auto past = commit_ ? app::book_after(*reader, *commit_) : core::PastBook{};
    const BookContent content{.edge = commit_ ? past.edge() : reader->edge(),
                              .gateway = commit_ ? past.gateway() : reader->gateway(),
                              .visit_partners = [&](const store::PartnerVisitor& visit) {
                                  commit_ ? past.visit_partners(visit) : reader->visit_partners(visit);
                              }};
    format_->make == nullptr ? write_manifest(context, content) : write_rendering(context, content, *format_);
    return ExitCode::done;
}

}  // namespace

constinit const Command export_{
    .noun = "export",
    .verb = "",
    .summary = "Write the edge, the gateway and all partners as a manifest or a script",
    .description =
        "A manifest that is applied to an empty store and exported again has the same bytes. The script makes, changes "
        "and removes allowed partners until they are those stored; suspended ones are left out.",
    .examples =
        {
            {"export", "a manifest on standard output, which `apply` reads: to keep and review"},
            {"export --at 17", "what the store held after commit 17"},
            {"export -o jsonl", "the partners only, one a line"},
            {"export --format powershell", "a script: bring a deployment to what is stored"},
        },
    .nature = Nature::reads,
    .formats = Formats::lines,
    .make = make_request<Export>,
};

}  // namespace xmppfed::cli
