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
                 order_.csr_file);
    options.text({.name = "key-out",
                  .value_name = "FILE",
                  .meaning = "the new private key, PKCS#8 in PEM",
                  .default_text = "ACCESS-EDGE.key in the current directory",
                  .names = Names::file},
                 order_.new_key_file);
    options.text({.name = "key",
                  .value_name = "FILE",
                  .meaning = "use an existing private key instead of making one",
                  .names = Names::file},
                 order_.key_file);
    options.flag("force", order_.replaces_csr, "replace a CSR file that exists; a key is never replaced");
    options.rendering({.name = "format",
                       .value_name = "FORMAT",
                       .meaning = "what is made; all but csr are for a key made on Windows, and are printed unless "
                                  "--out is given",
                       .default_text = "csr"},
                      core::request_renderings(), order_.format);
    options.group("Renewal");
    options.record_number({.name = "renew",
                           .value_name = "NUMBER",
                           .meaning = "the same request again, against today's edge; files are named ACCESS-EDGE-N",
                           .names = Names::request},
                          order_.renews, request_record);
    options.flag("reuse-key", order_.reuses_key, "with the same key");
}

void CertRequestOptions::bind_key(OptionSet& options) {
    options.group("Name and Security Settings");
    options.text({.name = "friendly-name",
                  .value_name = "TEXT",
                  .meaning = "what the certificate is called in lists",
                  .default_text = "Edge external ACCESS-EDGE"},
                 order_.friendly_name);
    options.enumeration(
        {.name = "bits", .value_name = "N", .meaning = "an RSA key of that length", .default_text = "2048"}, bits_);
    options.enumeration({.name = "curve", .value_name = "CURVE", .meaning = "an EC key instead"}, curve_);
    options.enumeration(
        {.name = "hash", .value_name = "HASH", .meaning = "what the request is signed with", .default_text = "sha256"},
        order_.hash);
    options.boolean({.name = "exportable",
                     .value_name = "BOOLEAN",
                     .meaning = "whether the key may be exported with its certificate later",
                     .default_text = "true"},
                    order_.exportable);
    bind_passphrase(options, passphrase_, "encrypts the new key, or opens the existing one");
    options.group("Alternate Certificate Template");
    options.text({.name = "template",
                  .value_name = "NAME",
                  .meaning = "certificate template of a Microsoft CA",
                  .default_text = "none: the CA's WebServer"},
                 order_.template_name);
}

void CertRequestOptions::bind_subject(OptionSet& options) {
    options.group("Organization and Geographical Information");
    for (const auto& field : core::edge_fields()) {
        if (field.kind == core::FieldKind::text) {
            auto option = field_option(field, order_.subject);
            option.default_text = "the edge's";
            options.add(std::move(option));
        }
    }
    options.group("Subject Name and Subject Alternate Names");
    options.text({.name = "common-name",
                  .value_name = "NAME",
                  .meaning = "the subject's common name; a domain name is added to the names",
                  .default_text = "the Access Edge FQDN; left out when over 64 octets"},
                 order_.common_name);
}

void CertRequestOptions::bind_names(OptionSet& options) {
    options.list({.name = "sip-domain",
                  .value_name = "DOMAIN",
                  .meaning = "adds sip.DOMAIN for this SIP domain of the edge (repeatable)",
                  .default_text = "all of them",
                  .names = Names::sip_domain},
                 order_.chosen_sip_domains);
    options.flag("all-sip-domains", all_sip_domains_, "adds sip.DOMAIN for each SIP domain: the default");
    options.flag("no-sip-domains", no_sip_domains_, "adds none");
    options.add({.name = "san",
                 .value_name = "NAME",
                 .meaning = "an additional DNS name, or a wildcard such as *.contoso.com (repeatable)",
                 .repeat = Repeat::collects,
                 .take = [this](const auto& values) { order_.additional_names = values; }});
    options.text(
        {.name = "san-file", .value_name = "FILE", .meaning = "additional names, one a line", .names = Names::file},
        san_file_);
    options.flag("srv-names", order_.srv_names, "an SRV-ID for each XMPP domain (RFC 4985); for a private CA");
    options.flag("xmpp-addrs", order_.xmpp_addrs,
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
    refuse_both(order_.key_file.has_value(), "--key", order_.new_key_file.has_value(), "--key-out");
    refuse_both(order_.key_file.has_value(), "--key", bits_.has_value(), "--bits");
    refuse_both(order_.key_file.has_value(), "--key", curve_.has_value(), "--curve");
    refuse_both(bits_.has_value(), "--bits", curve_.has_value(), "--curve");
    if (!order_.reuses_key) {
        return;
    }
    if (!order_.renews) {
        throw Error{ErrorKind::usage, "--reuse-key needs --renew"}.hint("name a key file with --key");
    }
    for (const auto& [name, given] : {std::pair{"--key", order_.key_file.has_value()},
                                      {"--key-out", order_.new_key_file.has_value()},
                                      {"--bits", bits_.has_value()},
                                      {"--curve", curve_.has_value()}}) {
        refuse_both(true, "--reuse-key", given, name);
    }
}

/// What a key that is made on Windows, and the tools there, cannot have.
void CertRequestOptions::refuse_windows_contradictions() const {
    if (!order_.on_windows()) {
        return;
    }
    const auto name = fmt::format("--format {}", order_.format->value.name);
    for (const auto& [option, given] : {std::pair{"--key", order_.key_file.has_value()},
                                        {"--key-out", order_.new_key_file.has_value()},
                                        {"--key-passphrase-file", passphrase_.file.has_value()},
                                        {"--key-passphrase-fd", passphrase_.descriptor.has_value()},
                                        {"--reuse-key", order_.reuses_key},
                                        {"--force", order_.replaces_csr},
                                        {"--srv-names", order_.srv_names},
                                        {"--xmpp-addrs", order_.xmpp_addrs}}) {
        refuse_both(true, name, given, option);
    }
    if (!order_.format->asks_for_all) {
        refuse_both(true, name, order_.hash.has_value(), "--hash");
        refuse_both(true, name, order_.common_name.has_value(), "--common-name");
        refuse_both(true, name, bits_ == Bits::b3072, "--bits 3072");
    }
}

void CertRequestOptions::refuse_file_contradictions(Format output) const {
    const auto& named = order_.csr_file;
    if (order_.hands_over() && output != Format::table) {
        const auto prints = fmt::format("--format {} prints that alone", order_.format->value.name);
        throw Error{ErrorKind::usage,
                    fmt::format("{}, so it excludes --output", named ? "--out - prints the CSR alone" : prints)}
            .hint(named ? "the JSON document has the CSR; name a file with --out" : "name a file with --out");
    }
    for (const auto& [option, path] :
         {std::pair{"--out", named}, {"--key-out", order_.new_key_file}, {"--key", order_.key_file}}) {
        if (path && path->empty()) {
            throw Error{ErrorKind::usage, fmt::format("{} is empty", option)}.hint("name a file");
        }
    }
    if (order_.new_key_file == "-" || order_.key_file == "-") {
        throw Error{ErrorKind::usage, "a private key is not written to standard output, nor read from standard input"}
            .hint("name a file with --key-out or --key");
    }
}

void CertRequestOptions::refuse_contradictions(Format output) const {
    refuse_file_contradictions(output);
    refuse_key_contradictions();
    refuse_windows_contradictions();
    refuse_both(!order_.chosen_sip_domains.empty(), "--sip-domain", all_sip_domains_, "--all-sip-domains");
    refuse_both(!order_.chosen_sip_domains.empty(), "--sip-domain", no_sip_domains_, "--no-sip-domains");
    refuse_both(all_sip_domains_, "--all-sip-domains", no_sip_domains_, "--no-sip-domains");
    refuse_label("--friendly-name", order_.friendly_name);
    const auto& name = order_.template_name;
    refuse_label("--template", name);
    if (name && !order_.on_windows() && std::ranges::any_of(*name, begins_beyond_bmp)) {
        throw Error{ErrorKind::usage, "--template has a character above U+FFFF, which no template's name can have"}
            .hint("give the template's name, not its display name");
    }
}

}  // namespace xmppfed::cli

template <>
std::span<const xmppfed::core::EnumValue> xmppfed::core::values_of<xmppfed::cli::Bits>() {
    return cli::bit_values;
}
