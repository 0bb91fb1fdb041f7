#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/cert/windows_request.hpp"
#include "core/edge/dns_records.hpp"
#include "core/partner/allowlist_script.hpp"
#include "core/render/exactness.hpp"
#include "core/render/rendering.hpp"
#include "core/report/report.hpp"

/// What is made of partners, records and requests for other programs, and for servers. Another text takes one row, and a function.
namespace xmppfed::core {

/// Of the partner book. Returns how many partners were left out because they are suspended.
using BookRendering = Rendering<std::size_t(const Gateway&, const PartnerSource&, Medium, const TextSink&)>;
[[nodiscard]] const RenderingTable<BookRendering>& book_renderings();

/// Of the federation, for people.
using PageRendering = Rendering<void(const ReportFacts&, const ReportLists&, const TextSink&)>;
[[nodiscard]] const RenderingTable<PageRendering>& page_renderings();

/// Of DNS records.
using RecordRendering = Rendering<std::string(const std::vector<SrvRecord>&)>;
[[nodiscard]] const RenderingTable<RecordRendering>& record_renderings();

/// Of a certificate request, for the tools that make its key.
struct RequestRendering : Rendering<std::string(const CertRequest&, const RequestDestination&)> {
    /// Whether it can ask for every common name, hash and length of an RSA key.
    bool asks_for_all = true;
};
[[nodiscard]] const RenderingTable<RequestRendering>& request_renderings();

/// Of the book, for a server that enforces it: the main file, when it is in `folder`.
struct ServerRendering : Rendering<std::string(const ServerBook&, std::string_view folder)> {
    std::string_view main_file;
    bool has_module = false;  ///< the policy and the module that enforces it stand beside it
    std::vector<FieldExactness> (*exactness)(const ServerBook& book) = nullptr;
};

/// A kind of server: the ways to render for it, and the versions that it is rendered for, the first the oldest.
struct ServerKind {
    std::string_view name;  ///< of the command, and in JSON
    std::string_view label;
    RenderingTable<ServerRendering> modes;
    std::span<const EnumValue> versions;
};
[[nodiscard]] const ServerKind& prosody_server();
[[nodiscard]] const ServerKind& ejabberd_server();

}  // namespace xmppfed::core
