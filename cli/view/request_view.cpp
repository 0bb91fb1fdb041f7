#include "cli/view/request_view.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/view/partner_view.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli::view {

namespace {

using core::Json;

constexpr std::size_t request_label_width = 16;
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

std::string expiry_text(const Json& item) {
    const auto& certificate = item.at("certificate");
    return certificate.is_null() ? "-" : certificate.at("not_after").get<std::string>();
}

constexpr std::array request_columns{
    Column{.key = "number", .heading = "NUMBER"},
    Column{.key = "state", .heading = "STATE"},
    Column{.key = "created_at", .heading = "CREATED", .rank = 3},
    Column{.key = "certificate", .heading = "EXPIRES", .text = expiry_text},
    Column{.key = "friendly_name", .heading = "FRIENDLY NAME", .content = Content::text, .rank = 2},
    Column{.key = "csr_file", .heading = "CSR", .rank = 4, .text = csr_file_text},
    Column{.key = "names", .heading = "NAMES", .content = Content::names, .rank = 1, .text = names_text},
};

constexpr std::array<std::string_view, 11> request_csv_keys{"number",   "state",     "friendly_name", "csr_file",
                                                            "key_file", "template",  "exportable",    "created_at",
                                                            "names",    "not_after", "host"};

std::string key_text(const core::CertRequest& request) {
    return fmt::format("{}{}", describe(request.key), request.exportable ? ", exportable" : ", not exportable");
}

std::string or_dash(const std::string& text) {
    return text.empty() ? "-" : core::escape(text);
}

/// What the wizard's View page shows.
std::string certificate_text(const core::CertRequest& request) {
    const auto& certificate = *request.certificate;
    auto text = labelled("Issuer", core::escape(certificate.issuer));
    text += labelled("Serial", certificate.serial);
    text += labelled("SHA-256", certificate.fingerprint);
    text += labelled("SHA-1", certificate.thumbprint);
    text += labelled("Valid", fmt::format("{} to {}", certificate.not_before, certificate.not_after));
    text += labelled("Imported", certificate.imported_at);
    if (!certificate.allowed_missing.empty()) {
        text += labelled("May lack", core::escape(core::join(certificate.allowed_missing, ", ")));
    }
    if (!request.assigned_at.empty()) {
        text += labelled("Assigned", request.assigned_at);
        text += labelled("Directory", or_dash(request.directory));
    }
    return text;
}

/// What the wizard's View Log page shows.
std::string log_text(std::span<const core::HistoryEntry> log) {
    std::string text = log.empty() ? "" : "  Log:\n";
    for (const auto& entry : log) {
        text += fmt::format("    {}  {}  {}{}\n", entry.at, core::escape(entry.actor), entry.action,
                            entry.message.empty() ? "" : "  " + core::escape(entry.message));
    }
    return text;
}

std::string describe(const core::CertRequest& request, const Style& style) {
    const auto number = request.number == 0 ? std::string{} : fmt::format(" {}", request.number);
    auto text =
        fmt::format("{}\n", style.bold(fmt::format("Certificate request{}, {}", number, core::name_of(request.state))));
    text += labelled("Subject", subject_text(request.subject));
    text += labelled("Friendly name", core::escape(request.friendly_name));
    text += labelled("Key", key_text(request));
    text += labelled("Template", or_dash(request.template_name));
    text += labelled("CSR file", or_dash(request.csr_file.value_or("")));
    text += labelled("Key file", request.key_file.empty() ? "on Windows" : core::escape(request.key_file));
    if (!request.host.empty()) {
        text += labelled("Host", core::escape(request.host));
    }
    text += labelled("Created", core::escape(request.created_at));
    if (request.renews) {
        text += labelled("Renews", fmt::format("certificate request {}", *request.renews));
    }
    if (request.certificate) {
        text += certificate_text(request);
    }
    if (request.retirement_reason) {
        text +=
            labelled("Retired", fmt::format("{}, {}", request.retired_at, core::name_of(*request.retirement_reason)));
    }
    return text + names_with_sources(request.names, style);
}

}  // namespace

std::string labelled(std::string_view label, std::string_view value) {
    return fmt::format("  {:<{}}{}\n", fmt::format("{}:", label), request_label_width, value);
}

std::string names_with_sources(std::span<const core::CertName> names, const Style& style) {
    auto text = fmt::format("  Names ({}):\n", names.size());
    std::size_t shown = 0;
    for (const auto& name : names) {
        if (shown++ == most_names_in_text) {
            text += fmt::format("    and {} more; -o json has all\n", names.size() - most_names_in_text);
            break;
        }
        text += fmt::format("    {:<10}{}  {}\n", core::name_of(name.type), core::escape(name.value),
                            style.dim(core::name_of(name.source)));
    }
    return text;
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

Json request_item(const core::CertRequest& request, Format format) {
    auto item = core::to_json(request);
    if (format == Format::csv) {  // a cell is flat
        auto values = Json::array();
        std::ranges::transform(request.names, std::back_inserter(values), &core::CertName::value);
        item["names"] = std::move(values);
        item["not_after"] = request.certificate ? Json(request.certificate->not_after) : Json{};
    }
    return item;
}

ListShape request_list_shape() {
    return {.kind = "cert-request-list", .items = "requests", .columns = request_columns, .csv_keys = request_csv_keys};
}

void print_request(const Display& display, const core::CertRequest& request, const core::Diagnostics& diagnostics,
                   std::span<const core::HistoryEntry> log) {
    switch (display.format) {
    case Format::table:
        display.print_text(describe(request, display.style) + log_text(log));
        break;
    case Format::json: {
        auto members = Json::object({{"request", core::to_json(request)}, {"diagnostics", core::to_json(diagnostics)}});
        if (!log.empty()) {
            members["history"] = Json::array();
            for (const auto& entry : log) {
                members["history"].push_back(core::to_json(entry));
            }
        }
        display.print_document("cert-request", members);
        break;
    }
    case Format::jsonl:
    case Format::csv: {
        const auto list = make_list_view(display.out, request_list_shape(), list_options(display));
        list->begin();
        list->item(request_item(request, display.format));
        list->end({});
        break;
    }
    }
}

void print_committed(const Display& display, const core::CertRequest& request, const core::Diagnostics& diagnostics) {
    if (display.shows_result()) {
        print_request(display, request, diagnostics);
    }
}

}  // namespace xmppfed::cli::view
