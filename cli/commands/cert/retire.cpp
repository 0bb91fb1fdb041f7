#include "app/cert/request/request_key.hpp"
#include "app/cert/request/request_lookup.hpp"
#include "cli/commands/cert/request_number.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/view/request_view.hpp"
#include "core/cert/retirement.hpp"

namespace xmppfed::cli {

namespace {

class CertRetire : public CommandRequest {
  public:
    void bind(OptionSet& options) override {
        bind_request_number(options, number_);
        options.enumeration({.name = "reason", .value_name = "REASON", .meaning = "why it must not be used again"},
                            reason_);
    }
    ExitCode run(Context& context) const override;

  private:
    std::int64_t number_ = 0;
    std::optional<core::RetirementReason> reason_;
};

ExitCode CertRetire::run(Context& context) const {
    if (!reason_) {
        throw core::Error{core::ErrorKind::usage, "--reason is missing"}.hint(
            "give --reason key-compromise, --reason superseded or --reason cessation");
    }
    core::CertRequest request;
    const auto changes = context.commit([&](store::Reader& reader, std::string_view now) {
        request = app::request_by_number(reader, number_);
        auto retired = core::retire_certificate(request, reader.cert_requests(), *reason_, now, app::known_key_of);
        if (!retired.requests.empty()) {
            request = retired.requests.front().after;
        }
        return retired;
    });
    view::print_committed(context.display(), request, changes.diagnostics);
    return ExitCode::done;
}

}  // namespace

constinit const Command cert_retire{
    .noun = "cert",
    .verb = "retire",
    .summary = "Take a certificate out of use for good",
    .description =
        "The certificate is never assigned again. While servers still use it, `cert status` exits 3. It does not "
        "revoke: the CA does that.",
    .examples =
        {
            {"cert retire 1 --reason superseded", "another certificate has taken its place"},
            {"cert retire 2 --reason key-compromise -m \"the backup was stolen\"", "and no request may have its key"},
        },
    .nature = Nature::changes,
    .formats = Formats::items,
    .make = make_request<CertRetire>,
};

}  // namespace xmppfed::cli
