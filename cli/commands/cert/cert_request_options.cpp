#include "cli/commands/cert/cert_request_options.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "cli/line/field_option.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli {

namespace {

using core::Error;
using core::ErrorKind;

constexpr std::size_t longest_label = 253;  // of a friendly name or a template

constexpr std::array bit_values{core::EnumValue{"2048", {}}, core::EnumValue{"3072", {}}, core::EnumValue{"4096", {}}};

void refuse_both(bool first, std::string_view first_name, bool second, std::string_view second_name) {
    if (first && second) {
        throw Error{ErrorKind::usage, fmt::format("{} excludes {}", first_name, second_name)};
    }
}

void refuse_label(std::string_view option, const std::optional<std::string>& text) {
    if (text &&
        (text->empty() || core::length(*text) > longest_label || !core::is_utf8(*text) || !core::is_safe(*text))) {
        throw Error{ErrorKind::usage,
                    fmt::format("{} needs 1 to {} characters without control characters", option, longest_label)};
    }
}

/// Whether the octet of UTF-8 begins a character above U+FFFF. The extension that names a template is a BMPString, which
/// has none of those.
bool begins_beyond_bmp(char octet) {
    constexpr unsigned char first_of_four = 0xF0;
    return static_cast<unsigned char>(octet) >= first_of_four;
}

}  // namespace

void CertRequestOptions::bind_files(OptionSet& options) {
    options.group("Certificate Request File");
    options.text({.name = "out",
                  .value_name = "FILE",
                  .meaning = "the CSR, in PEM; - for standard output",
                  .default_text = "ACCESS-EDGE.csr in the current directory",
                  .names = Names::file},
                 out_);
    options.text({.name = "key-out",
                  .value_name = "FILE",
                  .meaning = "the new private key, PKCS#8 in PEM",
                  .default_text = "ACCESS-EDGE.key in the current directory",
                  .names = Names::file},
                 key_out_);
    options.text({.name = "key",
                  .value_name = "FILE",
                  .meaning = "use an existing private key instead of making one",
                  .names = Names::file},
                 key_);
    options.flag("force", force_, "replace a CSR file that exists; a key is never replaced");
    options.rendering({.name = "format",
                       .value_name = "FORMAT",
                       .meaning = "what is made; all but csr are for a key made on Windows, and are printed unless "
                                  "--out is given",
                       .default_text = "csr"},
                      core::request_renderings(), format_);
    options.group("Renewal");
    options.number({.name = "renew",
                    .value_name = "NUMBER",
                    .meaning = "the same request again, against today's edge; files are named ACCESS-EDGE-N",
                    .names = Names::request},
                   renew_);
    options.flag("reuse-key", reuse_key_, "with the same key");
}

void CertRequestOptions::bind_key(OptionSet& options) {
    options.group("Name and Security Settings");
    options.text({.name = "friendly-name",
                  .value_name = "TEXT",
                  .meaning = "what the certificate is called in lists",
                  .default_text = "Edge external ACCESS-EDGE"},
                 friendly_name_);
    options.enumeration(
        {.name = "bits", .value_name = "N", .meaning = "an RSA key of that length", .default_text = "2048"}, bits_);
    options.enumeration({.name = "curve", .value_name = "CURVE", .meaning = "an EC key instead"}, curve_);
    options.enumeration(
        {.name = "hash", .value_name = "HASH", .meaning = "what the request is signed with", .default_text = "sha256"},
        hash_);
    options.boolean({.name = "exportable",
                     .value_name = "BOOLEAN",
                     .meaning = "whether the key may be exported with its certificate later",
                     .default_text = "true"},
                    exportable_);
    bind_passphrase(options, passphrase_, "encrypts the new key, or opens the existing one");
    options.group("Alternate Certificate Template");
    options.text({.name = "template",
                  .value_name = "NAME",
                  .meaning = "certificate template of a Microsoft CA",
                  .default_text = "none: the CA's WebServer"},
                 template_);
}

void CertRequestOptions::bind_subject(OptionSet& options) {
    options.group("Organization and Geographical Information");
    for (const auto& field : core::edge_fields()) {
        if (field.kind == core::FieldKind::text) {
            auto option = field_option(field, subject_);
            option.default_text = "the edge's";
            options.add(std::move(option));
        }
    }
    options.group("Subject Name and Subject Alternate Names");
    options.text({.name = "common-name",
                  .value_name = "NAME",
                  .meaning = "the subject's common name; a domain name is added to the names",
                  .default_text = "the Access Edge FQDN; left out when over 64 octets"},
                 common_name_);
}

void CertRequestOptions::bind_names(OptionSet& options) {
    options.list({.name = "sip-domain",
                  .value_name = "DOMAIN",
                  .meaning = "adds sip.DOMAIN for this SIP domain of the edge (repeatable)",
                  .default_text = "all of them",
                  .names = Names::sip_domain},
                 sip_domains_);
    options.flag("all-sip-domains", all_sip_domains_, "adds sip.DOMAIN for each SIP domain: the default");
    options.flag("no-sip-domains", no_sip_domains_, "adds none");
    options.add({.name = "san",
                 .value_name = "NAME",
                 .meaning = "an additional DNS name, or a wildcard such as *.contoso.com (repeatable)",
                 .repeat = Repeat::collects,
                 .take = [this](const auto& values) { sans_ = values; }});
    options.text(
        {.name = "san-file", .value_name = "FILE", .meaning = "additional names, one a line", .names = Names::file},
        san_file_);
    options.flag("srv-names", srv_names_, "an SRV-ID for each XMPP domain (RFC 4985); for a private CA");
    options.flag("xmpp-addrs", xmpp_addrs_,
                 "an XmppAddr for each XMPP domain (RFC 6120); for a private CA; ejabberd 23.01 fails on a peer's "
                 "certificate with one");
    options.flag("no-client-auth", no_client_auth_, "leave client authentication out, which SASL EXTERNAL needs");
}

void CertRequestOptions::bind(OptionSet& options) {
    bind_files(options);
    bind_key(options);
    bind_subject(options);
    bind_names(options);
}

void CertRequestOptions::refuse_key_contradictions() const {
    refuse_both(key_.has_value(), "--key", key_out_.has_value(), "--key-out");
    refuse_both(key_.has_value(), "--key", bits_.has_value(), "--bits");
    refuse_both(key_.has_value(), "--key", curve_.has_value(), "--curve");
    refuse_both(bits_.has_value(), "--bits", curve_.has_value(), "--curve");
    if (!reuse_key_) {
        return;
    }
    if (!renew_) {
        throw Error{ErrorKind::usage, "--reuse-key needs --renew"}.hint("name a key file with --key");
    }
    for (const auto& [name, given] : {std::pair{"--key", key_.has_value()},
                                      {"--key-out", key_out_.has_value()},
                                      {"--bits", bits_.has_value()},
                                      {"--curve", curve_.has_value()}}) {
        refuse_both(true, "--reuse-key", given, name);
    }
}

/// What a key that is made on Windows, and the tools there, cannot have.
void CertRequestOptions::refuse_windows_contradictions() const {
    if (!on_windows()) {
        return;
    }
    const auto name = fmt::format("--format {}", format().value.name);
    for (const auto& [option, given] : {std::pair{"--key", key_.has_value()},
                                        {"--key-out", key_out_.has_value()},
                                        {"--key-passphrase-file", passphrase_.file.has_value()},
                                        {"--key-passphrase-fd", passphrase_.descriptor.has_value()},
                                        {"--reuse-key", reuse_key_},
                                        {"--force", force_},
                                        {"--srv-names", srv_names_},
                                        {"--xmpp-addrs", xmpp_addrs_}}) {
        refuse_both(true, name, given, option);
    }
    if (!format().asks_for_all) {
        refuse_both(true, name, hash_.has_value(), "--hash");
        refuse_both(true, name, common_name_.has_value(), "--common-name");
        refuse_both(true, name, bits_ == Bits::b3072, "--bits 3072");
    }
}

void CertRequestOptions::refuse_contradictions(Format output) const {
    if (prints_csr() && output != Format::table) {
        throw Error{ErrorKind::usage,
                    out_ ? "--out - prints the CSR alone, so it excludes --output"
                         : fmt::format("--format {} prints that alone, so it excludes --output", format().value.name)}
            .hint(out_ ? "the JSON document has the CSR; name a file with --out" : "name a file with --out");
    }
    refuse_key_contradictions();
    refuse_windows_contradictions();
    refuse_both(!sip_domains_.empty(), "--sip-domain", all_sip_domains_, "--all-sip-domains");
    refuse_both(!sip_domains_.empty(), "--sip-domain", no_sip_domains_, "--no-sip-domains");
    refuse_both(all_sip_domains_, "--all-sip-domains", no_sip_domains_, "--no-sip-domains");
    for (const auto& [option, path] : {std::pair{"--out", out_}, {"--key-out", key_out_}, {"--key", key_}}) {
        if (path && path->empty()) {
            throw Error{ErrorKind::usage, fmt::format("{} is empty", option)}.hint("name a file");
        }
    }
    if (key_out_ == "-" || key_ == "-") {
        throw Error{ErrorKind::usage, "a private key is not written to standard output, nor read from standard input"}
            .hint("name a file with --key-out or --key");
    }
    refuse_label("--friendly-name", friendly_name_);
    refuse_label("--template", template_);
    if (template_ && !on_windows() && std::ranges::any_of(*template_, begins_beyond_bmp)) {
        throw Error{ErrorKind::usage, "--template has a character above U+FFFF, which no template's name can have"}
            .hint("give the template's name, not its display name");
    }
}

}  // namespace xmppfed::cli

template <>
std::span<const xmppfed::core::EnumValue> xmppfed::core::values_of<xmppfed::cli::Bits>() {
    return cli::bit_values;
}
