#include "cli/cert_request_options.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "cli/field_option.hpp"
#include "cli/store_path.hpp"
#include "core/text.hpp"
#include "store/file.hpp"

namespace xmppfed::cli {

namespace {

using core::Error;
using core::ErrorKind;

constexpr std::size_t longest_san_file = std::size_t{16} * 1024 * 1024;
constexpr std::size_t longest_key_file = std::size_t{1024} * 1024;
constexpr std::size_t longest_label = 253;  // of a friendly name or a template

constexpr std::array bit_values{core::EnumValue{"2048", {}}, core::EnumValue{"3072", {}}, core::EnumValue{"4096", {}}};
constexpr std::array bit_numbers{2048, 3072, 4096};

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

/// The lines that are not empty, with either line ending.
void append_lines(std::vector<std::string>& lines, std::string_view text) {
    lines.reserve(lines.size() + static_cast<std::size_t>(std::ranges::count(text, '\n')) + 1);
    while (!text.empty()) {
        auto line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        if (!line.empty()) {
            lines.emplace_back(line);
        }
    }
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
    bind_passphrase(options, passphrase_);
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
                  .default_text = "all of them"},
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
    options.flag("xmpp-addrs", xmpp_addrs_, "an XmppAddr for each XMPP domain (RFC 6120); for a private CA");
    options.flag("no-client-auth", no_client_auth_, "leave client authentication out, which SASL EXTERNAL needs");
}

void CertRequestOptions::bind(OptionSet& options) {
    bind_files(options);
    bind_key(options);
    bind_subject(options);
    bind_names(options);
}

void CertRequestOptions::refuse_contradictions(Format output) const {
    if (prints_csr() && output != Format::table) {
        throw Error{ErrorKind::usage, "--out - prints the CSR alone, so it excludes --output"}.hint(
            "the JSON document has the CSR; name a file with --out");
    }
    refuse_both(key_.has_value(), "--key", key_out_.has_value(), "--key-out");
    refuse_both(key_.has_value(), "--key", bits_.has_value(), "--bits");
    refuse_both(key_.has_value(), "--key", curve_.has_value(), "--curve");
    refuse_both(bits_.has_value(), "--bits", curve_.has_value(), "--curve");
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
}

core::RequestWish CertRequestOptions::wish() const {
    core::RequestWish wish;
    wish.common_name = common_name_;
    wish.sip_domains = no_sip_domains_        ? core::SipDomains::none
                       : sip_domains_.empty() ? core::SipDomains::all
                                              : core::SipDomains::chosen;
    wish.chosen_sip_domains = sip_domains_;
    wish.additional_names = sans_;
    if (san_file_) {
        append_lines(wish.additional_names, store::read_file("the name file", *san_file_, longest_san_file));
    }
    wish.srv_names = srv_names_;
    wish.xmpp_addrs = xmpp_addrs_;
    wish.client_auth = !no_client_auth_;
    wish.subject = subject_;
    wish.template_name = template_.value_or("");
    return wish;
}

RequestPaths CertRequestOptions::paths(const World& world, const core::Edge& edge) const {
    RequestPaths paths;
    paths.key_is_new = !key_;
    paths.key = absolute_path(world, key_ ? *key_ : key_out_.value_or(edge.access_edge + ".key"));
    if (out_ != "-") {
        paths.csr = absolute_path(world, out_.value_or(edge.access_edge + ".csr"));
    }
    paths.existing_csr = force_ ? store::Existing::replace : store::Existing::refuse;
    if (paths.csr == paths.key) {
        throw Error{ErrorKind::usage, fmt::format("the CSR and the key would both be {}", core::quote(paths.key))}.hint(
            "name two files with --out and --key-out");
    }
    return paths;
}

core::KeyKind CertRequestOptions::wanted_key() const {
    core::KeyKind kind;
    if (curve_) {
        kind.algorithm = core::KeyAlgorithm::ec;
        kind.curve = *curve_;
    } else if (bits_) {
        kind.bits = bit_numbers.at(static_cast<std::size_t>(*bits_));
    }
    return kind;
}

pki::KeyPair CertRequestOptions::key_pair(const pki::Secret& passphrase) const {
    if (!key_) {
        return pki::KeyPair::generate(wanted_key());
    }
    const pki::Secret pem{store::read_file("the key file", *key_, longest_key_file)};
    return pki::KeyPair::from_pem(pem.text(), passphrase);
}

core::CertRequest CertRequestOptions::described(const core::Edge& edge, const RequestPaths& paths) const {
    core::CertRequest request;
    request.key = wanted_key();
    request.csr_file = paths.csr;
    request.key_file = paths.key;
    request.friendly_name = friendly_name_.value_or("Edge external " + edge.access_edge);
    request.template_name = template_.value_or("");
    request.exportable = exportable_.value_or(true);
    return request;
}

}  // namespace xmppfed::cli

template <>
std::span<const xmppfed::core::EnumValue> xmppfed::core::values_of<xmppfed::cli::Bits>() {
    return cli::bit_values;
}
