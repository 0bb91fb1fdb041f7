#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/cert/windows_request.hpp"
#include "core/edge/dns_records.hpp"
#include "core/partner/allowlist_script.hpp"
#include "core/render/rendering.hpp"

/// What is made of partners, records and requests for other programs. Another text takes one row, and a function.
namespace xmppfed::core {

/// Of the partner book. Returns how many partners were left out because they are suspended.
using BookRendering = Rendering<std::size_t(const Gateway&, const PartnerSource&, Medium, const TextSink&)>;
[[nodiscard]] const RenderingTable<BookRendering>& book_renderings();

/// Of DNS records.
using RecordRendering = Rendering<std::string(const std::vector<SrvRecord>&)>;
[[nodiscard]] const RenderingTable<RecordRendering>& record_renderings();

/// Of a certificate request, for the tools that make its key.
struct RequestRendering : Rendering<std::string(const CertRequest&, const RequestDestination&)> {
    /// Whether it can ask for every common name, hash and length of an RSA key.
    bool asks_for_all = true;
};
[[nodiscard]] const RenderingTable<RequestRendering>& request_renderings();

}  // namespace xmppfed::core
