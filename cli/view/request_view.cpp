#include "cli/view/request_view.hpp"

#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/view/partner_view.hpp"
#include "core/text.hpp"

namespace xmppfed::cli::view {

namespace {

using core::Json;

constexpr std::size_t label_width = 16;
constexpr std::size_t most_names_in_text = 200;

std::string names_text(const Json& item) {
    std::string text;
    for (const auto& name : item.at("names")) {
        text += (text.empty() ? "" : " ") + name.at("value").get<std::string>();
    }
    return text;
}

std::string csr_file_text(const Json& item) {
    return item.at("csr_file").is_null() ? "-" : item.at("csr_file").get<std::string>();
}

constexpr std::array columns{
    Column{"number", "NUMBER", 0},
    Column{"state", "STATE", 0},
    Column{"created_at", "CREATED", 0},
    Column{"friendly_name", "FRIENDLY NAME", 2},
    Column{"csr_file", "CSR", 3, csr_file_text},
    Column{"names", "NAMES", 1, names_text},
};

constexpr std::array<std::string_view, 8> csv_keys{"number",   "state",    "friendly_name", "csr_file",
                                                   "key_file", "template", "exportable",    "created_at"};

std::string line(std::string_view label, std::string_view value) {
    return fmt::format("  {:<{}}{}\n", fmt::format("{}:", label), label_width, value);
}

std::string subject_text(const core::CertSubject& subject) {
    std::string text;
    for (const auto& field : core::subject_fields()) {
        if (const auto& value = subject.*field.value; !value.empty()) {
            text += fmt::format("{}{} = {}", text.empty() ? "" : ", ", field.short_name, core::escape(value));
        }
    }
    return text.empty() ? "-" : text;
}

std::string key_text(const core::CertRequest& request) {
    const auto kind = request.key.algorithm == core::KeyAlgorithm::rsa
                          ? fmt::format("RSA, {} bits", request.key.bits)
                          : fmt::format("EC, {}", core::name_of(request.key.curve));
    return fmt::format("{}{}", kind, request.exportable ? ", exportable" : ", not exportable");
}

std::string describe(const core::CertRequest& request, const Style& style) {
    const auto number = request.number == 0 ? std::string{} : fmt::format(" {}", request.number);
    auto text =
        fmt::format("{}\n", style.bold(fmt::format("Certificate request{}, {}", number, core::name_of(request.state))));
    text += line("Subject", subject_text(request.subject));
    text += line("Friendly name", core::escape(request.friendly_name));
    text += line("Key", key_text(request));
    text += line("Template", request.template_name.empty() ? "-" : core::escape(request.template_name));
    text += line("CSR file", request.csr_file ? core::escape(*request.csr_file) : "-");
    text += line("Key file", core::escape(request.key_file));
    text += line("Created", core::escape(request.created_at));
    text += fmt::format("  Names ({}):\n", request.names.size());
    std::size_t shown = 0;
    for (const auto& name : request.names) {
        if (shown++ == most_names_in_text) {
            text += fmt::format("    and {} more; -o json has all\n", request.names.size() - most_names_in_text);
            break;
        }
        text += fmt::format("    {:<10}{}  {}\n", core::name_of(name.type), core::escape(name.value),
                            style.dim(core::name_of(name.source)));
    }
    return text;
}

}  // namespace

ListShape request_list_shape() {
    return {.kind = "cert-request-list", .items = "requests", .columns = columns, .csv_keys = csv_keys};
}

void print_request(Context& context, const core::CertRequest& request, const core::Diagnostics& diagnostics) {
    switch (context.globals().output) {
    case Format::table:
        context.out().write(describe(request, context.style()));
        break;
    case Format::json:
        context.print_document("cert-request", Json::object({{"request", core::to_json(request)},
                                                             {"diagnostics", core::to_json(diagnostics)}}));
        break;
    case Format::jsonl:
    case Format::csv: {
        const auto list = make_list_view(context.out(), request_list_shape(), list_options(context));
        list->begin();
        list->item(core::to_json(request));
        list->end({});
        break;
    }
    }
}

}  // namespace xmppfed::cli::view
