#include <nlohmann/json.hpp>

#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/view/partner_view.hpp"
#include "cli/view/request_view.hpp"

namespace xmppfed::cli {

namespace {

class CertList : public CommandRequest {
  public:
    void bind(OptionSet& /*options*/) override {}
    ExitCode run(Context& context) const override {
        const auto requests = context.store().read()->cert_requests();
        const auto list =
            view::make_list_view(context.out(), view::request_list_shape(), view::list_options(context.display()));
        list->begin();
        for (const auto& request : requests) {
            list->item(view::request_item(request, context.globals().output));
        }
        list->end(core::Json::object());
        if (requests.empty()) {
            context.messages().note("there are no certificate requests");
        }
        return ExitCode::done;
    }
};

}  // namespace

constinit const Command cert_list{
    .noun = "cert",
    .verb = "list",
    .summary = "List certificate requests and what has become of them",
    .description = {},
    .examples =
        {
            {"cert list", "all requests by number"},
            {"cert list -o jsonl", "one JSON object a line"},
        },
    .nature = Nature::reads,
    .formats = Formats::items,
    .make = make_request<CertList>,
};

}  // namespace xmppfed::cli
