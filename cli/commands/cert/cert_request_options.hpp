#pragma once

#include <optional>
#include <string>

#include "app/cert/request/request_order.hpp"
#include "cli/context.hpp"
#include "cli/terminal/editing/secret_input.hpp"

namespace xmppfed::cli {

/// The lengths of a new RSA key.
enum class Bits { b2048, b3072, b4096 };

/// What a user said to `cert request`, page by page of the wizard.
class CertRequestOptions {
  public:
    void bind(OptionSet& options);

    /// Throws a usage error for options that exclude each other or have no sense.
    void refuse_contradictions(Format output) const;

    /// What they come to; reads the name file.
    [[nodiscard]] app::RequestOrder order(const World& world) const;

  private:
    void bind_files(OptionSet& options);
    void bind_key(OptionSet& options);
    void bind_subject(OptionSet& options);
    void bind_names(OptionSet& options);
    void refuse_key_contradictions() const;
    void refuse_windows_contradictions() const;
    void refuse_file_contradictions(Format output) const;
    [[nodiscard]] std::optional<core::KeyKind> new_key() const;
    [[nodiscard]] std::optional<core::SipDomains> sip_domains() const;

    app::RequestOrder order_;  ///< as far as an option is one of its members
    std::optional<Bits> bits_;
    std::optional<core::Curve> curve_;
    PassphraseSource passphrase_;
    bool all_sip_domains_ = false;
    bool no_sip_domains_ = false;
    std::optional<std::string> san_file_;
    bool no_client_auth_ = false;
};

}  // namespace xmppfed::cli

template <>
std::span<const xmppfed::core::EnumValue> xmppfed::core::values_of<xmppfed::cli::Bits>();
