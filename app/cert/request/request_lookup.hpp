#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/cert/cert_lifecycle.hpp"
#include "core/cert/cert_request.hpp"
#include "core/cert/certificate.hpp"
#include "core/pki/cert_file.hpp"
#include "store/store.hpp"

namespace xmppfed::app {

/// Throws not-found.
[[nodiscard]] core::CertRequest request_by_number(store::Reader& reader, std::int64_t number);

/// The number of the latest request whose key is in that file on the host `here`; none when there is no such file.
[[nodiscard]] std::optional<std::int64_t> recorded_with(store::Reader& reader, const std::string& key_file,
                                                        std::string_view here);

/// The request whose certificate is in use, retired or not. Throws not-found when there is none.
[[nodiscard]] core::CertRequest request_in_use(store::Reader& reader);

/// Enabled partners that only a certificate with client authentication can reach: SASL over TLS is their only method.
[[nodiscard]] std::vector<std::string> dependents(store::Reader& reader);

/// What the rules find today: on what a pending request asks for, and on the certificate of one that has it.
[[nodiscard]] core::Diagnostics diagnostics_on(const core::CertRequest& request, store::Reader& reader,
                                               std::chrono::sys_seconds now);

/// The certificates and requests in a file that a user named.
[[nodiscard]] pki::CertFile cert_file(const std::string& what, const std::string& path);

/// The certificate that was imported for a request. Throws failed when the store has something else there.
[[nodiscard]] core::Certificate certificate_of(const core::CertRequest& request);

/// The texts of an imported certificate and of its chain, in PEM. They are written anew from what is parsed here, for
/// whoever may write the store may write anything into it: nothing else gets into a file. Throws as `certificate_of`.
struct RecordedTexts {
    std::string certificate;
    std::string chain;

    [[nodiscard]] std::string fullchain() const { return certificate + chain; }
};
[[nodiscard]] RecordedTexts recorded_texts(const core::CertRequest& request);

/// The same with what the store has on record about it, judged as of `now`.
[[nodiscard]] core::Delivery delivery_of(const core::CertRequest& request, std::chrono::sys_seconds now);

/// The CA certificates on record of a request, of those that it renews, and of the one in use: whoever imports the next
/// certificate of the same CA need not give them again.
[[nodiscard]] std::vector<core::Certificate> recorded_chains(const core::CertRequest& request,
                                                             const std::vector<core::CertRequest>& all);

/// The certificate of a file that is meant for a server, and what leads up from it; none when the file has only requests.
[[nodiscard]] std::optional<core::Delivery> delivery_in(const pki::CertFile& file, std::chrono::sys_seconds now);

}  // namespace xmppfed::app
