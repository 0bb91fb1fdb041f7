#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "core/edge/dns_records.hpp"
#include "core/refusal.hpp"
#include "core/render/renderings.hpp"

namespace xmppfed::cli {

namespace {

using core::Json;

class DnsRecords : public CommandRequest {
  public:
    void bind(OptionSet& options) override {
        options.rendering(
            {.name = "format", .value_name = "FORMAT", .meaning = "how to write them", .default_text = "zone"},
            core::record_renderings(), format_);
        const auto number = [&](const char* name, const char* meaning, const char* usual,
                                std::optional<std::int64_t>& target) {
            options.number({.name = name, .value_name = "N", .meaning = meaning, .default_text = usual}, target);
        };
        number("ttl", "how long resolvers keep them, in seconds", "3600", ttl_);
        number("priority", "the lowest wins (RFC 2782)", "0", priority_);
        number("weight", "among records of the same priority", "0", weight_);
        number("port", "the port that the edge listens on", "5269", port_);
    }
    [[nodiscard]] std::optional<Format> output() const override {
        return format_ != nullptr && format_->make == nullptr ? std::optional{Format::json} : std::nullopt;
    }
    ExitCode run(Context& context) const override;

  private:
    const core::RecordRendering* format_ = nullptr;  ///< none: nobody said
    std::optional<std::int64_t> ttl_;
    std::optional<std::int64_t> priority_;
    std::optional<std::int64_t> weight_;
    std::optional<std::int64_t> port_;
};

void print_json(Context& context, const std::vector<core::SrvRecord>& records) {
    Json list = Json::array();
    for (const auto& record : records) {
        list.push_back(core::to_json(record));
    }
    context.display().print_document("dns-records", Json::object({{"records", list}}));
}

ExitCode DnsRecords::run(Context& context) const {
    const bool wants_json = context.globals().output == Format::json;
    if (wants_json && format_ != nullptr && format_->make != nullptr) {
        throw core::Error{core::ErrorKind::usage,
                          fmt::format("--format {} and --output exclude each other", format_->value.name)}
            .hint("leave one of them out");
    }
    const core::SrvNumbers usual;
    const core::SrvNumbers numbers{.ttl = ttl_.value_or(usual.ttl),
                                   .priority = priority_.value_or(usual.priority),
                                   .weight = weight_.value_or(usual.weight),
                                   .port = port_.value_or(usual.port)};
    core::refuse_unsound(core::check_numbers(numbers), /*strict=*/false);
    const auto edge = context.store().read()->edge();
    core::refuse_unsound(core::check_complete(edge), /*strict=*/false);
    core::refuse_unsound(core::judge(edge, {}), /*strict=*/false);  // past the program anything can be written
    const auto records = core::srv_records(edge, numbers);
    core::refuse_unsound(core::check_lengths(records), /*strict=*/false);
    if (wants_json) {
        print_json(context, records);
    } else {
        const auto& format = format_ != nullptr ? *format_ : core::record_renderings().rows.front();
        context.out().write(format.make(records));
    }
    if (records.empty()) {
        context.messages().note("the edge has no XMPP domains, so it needs no records");
    }
    return ExitCode::done;
}

}  // namespace

constinit const Command dns_records{
    .noun = "dns",
    .verb = "records",
    .summary = "Show the DNS records that our edge needs",
    .description =
        "One SRV record for each XMPP domain, to the Access Edge FQDN, which needs an address record (A or AAAA) of "
        "its own and must not be an alias (RFC 2782).",
    .examples =
        {
            {"dns records", "for a zone file"},
            {"dns records --format nsupdate --ttl 300", "for a dynamic update"},
            {"dns records --format powershell", "for a Windows DNS server"},
        },
    .nature = Nature::reads,
    .formats = Formats::document,
    .make = make_request<DnsRecords>,
};

}  // namespace xmppfed::cli
