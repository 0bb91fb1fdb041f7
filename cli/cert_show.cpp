#include <array>

#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/context.hpp"
#include "cli/view/request_view.hpp"

namespace xmppfed::cli {

namespace {

class CertShow : public Request {
  public:
    void bind(OptionSet& options) override {
        options.positional(
            {.name = "NUMBER",
             .meaning = "the request's number, as `cert list` shows it",
             .least = 1,
             .most = 1,
             .names = Names::request,
             .take = [this](const auto& words) { number_ = core::read_number("NUMBER", words.front()); }});
        options.flag("pem", pem_, "print the CSR alone, in PEM");
    }
    ExitCode run(Context& context) const override {
        const auto request = context.store().read()->cert_request(number_);
        if (!request) {
            throw core::Error{core::ErrorKind::not_found, fmt::format("there is no certificate request {}", number_)}
                .hint("`xmppfed cert list` shows all requests");
        }
        if (pem_) {
            context.out().write(request->csr);
        } else {
            view::print_request(context, *request, {});
        }
        return ExitCode::done;
    }

  private:
    std::int64_t number_ = 0;
    bool pem_ = false;
};

constexpr std::array examples{
    Example{"cert show 1", "everything about a request"},
    Example{"cert show 1 --pem", "its CSR, to send again"},
};

}  // namespace

constinit const Command cert_show{
    .noun = "cert",
    .verb = "show",
    .summary = "Show everything about one certificate request",
    .description = {},
    .examples = examples,
    .nature = Nature::reads,
    .formats = Formats::items,
    .make = make_request<CertShow>,
};

}  // namespace xmppfed::cli
