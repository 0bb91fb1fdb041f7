#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/cert/request/request_files.hpp"
#include "core/cert/cert_request.hpp"
#include "core/pki/key.hpp"
#include "core/render/renderings.hpp"

namespace xmppfed::app {

/// What somebody wants of a certificate request. What is not said has its default, or is taken over from the request that
/// is made again.
struct RequestOrder {
    const core::RequestRendering* format = &core::request_renderings().rows.front();
    std::optional<std::int64_t> renews;  ///< the request that is made again
    bool reuses_key = false;             ///< of that request

    std::string directory;                    ///< absolute; where the paths below begin
    std::optional<std::string> csr_file;      ///< "-": it is handed over
    std::optional<std::string> new_key_file;  ///< of a key that is made
    std::optional<std::string> key_file;      ///< of a key that exists
    bool replaces_csr = false;                ///< a file that exists
    std::string default_suffix;               ///< of the names of files that nobody named, behind the Access Edge FQDN

    std::optional<core::KeyKind> new_key;
    std::optional<core::Hash> hash;
    std::optional<bool> exportable;
    std::function<pki::Secret()> passphrase = {};  ///< reads that of the key; none: nobody has said it

    /// Asks for that of an existing key file, if it is encrypted and somebody can be asked; else empty.
    std::function<pki::Secret(const std::string& key_file)> ask_passphrase = {};

    std::optional<std::string> friendly_name;
    std::optional<std::string> template_name;
    std::optional<std::string> common_name;
    std::optional<core::SipDomains> sip_domains;
    std::vector<std::string> chosen_sip_domains;
    std::vector<std::string> additional_names;
    bool srv_names = false;
    bool xmpp_addrs = false;
    bool client_auth = true;
    std::vector<core::Assignment<core::Edge>> subject;

    [[nodiscard]] bool on_windows() const { return format->make != nullptr; }
    [[nodiscard]] bool makes_key() const { return !key_file; }

    /// The request is written into no file.
    [[nodiscard]] bool hands_over() const { return csr_file == "-" || (on_windows() && !csr_file); }

    /// Empty without one.
    [[nodiscard]] pki::Secret read_passphrase() const;
};

/// What was not said is as it was in `request`, for today's edge; files get the number of the new request. Throws a usage
/// error for what Windows' tools cannot ask for.
void take_over(RequestOrder& order, const core::CertRequest& request, const core::Edge& edge, std::int64_t next_number);

/// The wish in an order, which may have thousands of additional names and is left without them; and a copy of it.
[[nodiscard]] core::RequestWish take_wish(RequestOrder& order);
[[nodiscard]] core::RequestWish wish_of(RequestOrder order);

/// Throws a usage error when the CSR and the key would be one file.
[[nodiscard]] RequestPaths paths_of(const RequestOrder& order, const core::Edge& edge);

/// The request as it will be recorded, apart from its number, time, subject, names and CSR; its key is the one wanted.
[[nodiscard]] core::CertRequest described(const RequestOrder& order, const core::Edge& edge, const RequestPaths& paths);

/// A new key, or the existing one, opened by the passphrase.
[[nodiscard]] pki::KeyPair key_pair(const RequestOrder& order, const pki::Secret& passphrase);

}  // namespace xmppfed::app
