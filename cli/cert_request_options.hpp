#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/context.hpp"
#include "cli/request_files.hpp"
#include "cli/secret_input.hpp"
#include "core/cert_request.hpp"
#include "core/pki/csr.hpp"

namespace xmppfed::cli {

/// The lengths of a new RSA key.
enum class Bits { b2048, b3072, b4096 };

/// What a user said to `cert request`, page by page of the wizard.
class CertRequestOptions {
  public:
    void bind(OptionSet& options);

    /// Throws a usage error for options that exclude each other or have no sense.
    void refuse_contradictions(Format output) const;

    /// What is wanted beside the edge; reads the name file.
    [[nodiscard]] core::RequestWish wish() const;

    [[nodiscard]] RequestPaths paths(const World& world, const core::Edge& edge) const;

    /// The request as it will be recorded, apart from its number, time, subject, names and CSR; its key is the one
    /// wanted.
    [[nodiscard]] core::CertRequest described(const core::Edge& edge, const RequestPaths& paths) const;

    /// A new key, or the existing one, opened by the passphrase.
    [[nodiscard]] pki::KeyPair key_pair(const pki::Secret& passphrase) const;

    [[nodiscard]] pki::Secret passphrase() const { return read_passphrase(passphrase_); }
    [[nodiscard]] pki::Hash hash() const { return hash_.value_or(pki::Hash::sha256); }
    [[nodiscard]] bool client_auth() const { return !no_client_auth_; }
    [[nodiscard]] bool makes_key() const { return !key_; }
    [[nodiscard]] bool prints_csr() const { return out_ == "-"; }

  private:
    void bind_files(OptionSet& options);
    void bind_key(OptionSet& options);
    void bind_subject(OptionSet& options);
    void bind_names(OptionSet& options);
    [[nodiscard]] core::KeyKind wanted_key() const;

    std::optional<std::string> out_;
    std::optional<std::string> key_out_;
    std::optional<std::string> key_;
    bool force_ = false;
    std::optional<Bits> bits_;
    std::optional<core::Curve> curve_;
    std::optional<pki::Hash> hash_;
    std::optional<bool> exportable_;
    PassphraseSource passphrase_;
    std::vector<core::Assignment<core::Edge>> subject_;
    std::optional<std::string> common_name_;
    std::optional<std::string> friendly_name_;
    std::optional<std::string> template_;
    std::vector<std::string> sip_domains_;
    bool all_sip_domains_ = false;
    bool no_sip_domains_ = false;
    std::vector<std::string> sans_;
    std::optional<std::string> san_file_;
    bool srv_names_ = false;
    bool xmpp_addrs_ = false;
    bool no_client_auth_ = false;
};

}  // namespace xmppfed::cli

template <>
std::span<const xmppfed::core::EnumValue> xmppfed::core::values_of<xmppfed::cli::Bits>();
