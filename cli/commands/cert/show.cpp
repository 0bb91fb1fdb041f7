#include <fmt/format.h>

#include "app/cert/request/request_key.hpp"
#include "app/cert/request/request_lookup.hpp"
#include "cli/commands/cert/request_number.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/view/partner_view.hpp"
#include "cli/view/request_view.hpp"

namespace xmppfed::cli {

namespace {

class CertShow : public CommandRequest {
  public:
    void bind(OptionSet& options) override {
        bind_request_number(options, number_);
        options.flag("pem", pem_, "print the CSR alone, in PEM");
    }
    ExitCode run(Context& context) const override {
        if (pem_ && context.globals().output != Format::table) {
            throw core::Error{core::ErrorKind::usage, "--pem prints the CSR alone, so it excludes --output"}.hint(
                "every other form has the CSR too");
        }
        const auto reader = context.store().read();
        const auto request = app::request_by_number(*reader, number_);
        if (!pem_) {
            const auto output = context.globals().output;
            const bool shows_diagnostics = output == Format::table || output == Format::json;
            const auto diagnostics =
                shows_diagnostics ? app::diagnostics_on(request, *reader, context.world().now()) : core::Diagnostics{};
            view::print_request(context.display(), request, diagnostics, log_of(*reader));
            if (output == Format::table && !diagnostics.empty()) {
                context.display().print_text("\n");
                view::print_diagnostics(context.display(), diagnostics, "  ");
            }
        } else if (request.csr.empty()) {
            throw core::Error{core::ErrorKind::not_found,
                              fmt::format("certificate request {} has no CSR here: it is made on Windows", number_)}
                .hint("`certreq` or Request-CsCertificate wrote it there");
        } else {
            context.out().write(core::lines_for(context.medium(), app::csr_of(request).pem));
        }
        return ExitCode::done;
    }

  private:
    /// What was done with the request, oldest first.
    [[nodiscard]] std::vector<core::HistoryEntry> log_of(store::Reader& reader) const {
        std::vector<core::HistoryEntry> log;
        reader.visit_history({.request = number_}, [&](const core::HistoryEntry& entry) {
            log.insert(log.begin(), entry);
            return true;
        });
        return log;
    }

    std::int64_t number_ = 0;
    bool pem_ = false;
};

}  // namespace

constinit const Command cert_show{
    .noun = "cert",
    .verb = "show",
    .summary = "Show everything about one certificate request",
    .description = {},
    .examples =
        {
            {"cert show 1", "everything about a request"},
            {"cert show 1 --pem", "its CSR, to send again"},
        },
    .nature = Nature::reads,
    .formats = Formats::items,
    .make = make_request<CertShow>,
};

}  // namespace xmppfed::cli
