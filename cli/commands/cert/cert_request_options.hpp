#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/cert/request_files.hpp"
#include "cli/context.hpp"
#include "cli/terminal/secret_input.hpp"
#include "core/cert/cert_request.hpp"
#include "core/pki/csr.hpp"
#include "core/render/renderings.hpp"

namespace xmppfed::cli {

/// The lengths of a new RSA key.
enum class Bits { b2048, b3072, b4096 };

/// What a user said to `cert request`, page by page of the wizard.
class CertRequestOptions {
  public:
    void bind(OptionSet& options);

    /// Throws a usage error for options that exclude each other or have no sense.
    void refuse_contradictions(Format output) const;

    /// The request that is made again for today's edge, and its own number: what the user did not say is as it was
    /// there. Throws a usage error for what Windows' tools cannot ask for.
    void take_over(const core::CertRequest& request, const core::Edge& edge, std::int64_t next_number);

    [[nodiscard]] std::optional<std::int64_t> renews() const { return renew_; }

    /// What is wanted beside the edge; reads the name file.
    [[nodiscard]] core::RequestWish wish() const;

    [[nodiscard]] app::RequestPaths paths(const World& world, const core::Edge& edge) const;

    /// The request as it will be recorded, apart from its number, time, subject, names and CSR; its key is the one
    /// wanted.
    [[nodiscard]] core::CertRequest described(const core::Edge& edge, const app::RequestPaths& paths) const;

    /// A new key, or the existing one, opened by the passphrase.
    [[nodiscard]] pki::KeyPair key_pair(const pki::Secret& passphrase) const;

    [[nodiscard]] pki::Secret passphrase() const { return read_passphrase(passphrase_); }
    [[nodiscard]] bool has_passphrase() const { return passphrase_.given(); }
    [[nodiscard]] const core::RequestRendering& format() const { return *format_; }
    [[nodiscard]] bool on_windows() const { return format().make != nullptr; }
    [[nodiscard]] bool makes_key() const { return !key_; }
    [[nodiscard]] bool reuses_key() const { return reuse_key_; }

    /// The request goes to standard output.
    [[nodiscard]] bool prints_csr() const { return out_ == "-" || (on_windows() && !out_); }

  private:
    void bind_files(OptionSet& options);
    void bind_key(OptionSet& options);
    void bind_subject(OptionSet& options);
    void bind_names(OptionSet& options);
    void refuse_key_contradictions() const;
    void refuse_windows_contradictions() const;
    void take_over_key(const core::KeyKind& key);
    void fit_for_windows(const core::CertRequest& request);
    [[nodiscard]] core::RequestBasis basis() const;
    [[nodiscard]] core::KeyKind wanted_key() const;

    std::optional<std::string> out_;
    std::optional<std::string> key_out_;
    std::optional<std::string> key_;
    bool force_ = false;
    const core::RequestRendering* format_ = &core::request_renderings().rows.front();
    std::optional<std::int64_t> renew_;
    bool reuse_key_ = false;
    std::string default_suffix_;  ///< of the names of files, behind the Access Edge FQDN
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
